import { ALTERATIONS, type AlterationTerm } from './biomarkers/alterations.ts'
import { ANTIGENS } from './biomarkers/antigens.ts'
import type { BiomarkerTerm } from './biomarkers/biomarker-term.ts'
import { BLOOD_MARKERS } from './biomarkers/blood.ts'
import { COMMON_MARKERS } from './biomarkers/common.ts'
import { DRIVERS } from './biomarkers/drivers.ts'
import { FAMILIES } from './biomarkers/families.ts'
import { OTHER_GENES } from './biomarkers/other-genes.ts'
import { canonicalAlteration } from './biomarkers/relations.ts'
import { normaliseVariant } from './biomarkers/variants.ts'
import { createLexicon, type LexiconEntry } from './lexicon.ts'
import { surfacesOf } from './term.ts'

/** Every biomarker of the vocabulary. */
export const BIOMARKERS: readonly BiomarkerTerm[] = [
  ...COMMON_MARKERS,
  ...DRIVERS,
  ...FAMILIES,
  ...BLOOD_MARKERS,
  ...ANTIGENS,
  ...OTHER_GENES,
]

const byCode = new Map(BIOMARKERS.map((marker) => [marker.code, marker]))

/** The biomarker of a code (HGNC symbol, HR, MSI…), or null. */
export function biomarkerByCode(code: string): BiomarkerTerm | null {
  return byCode.get(code) ?? null
}

/** What the words for a marker say: the marker, and when the words say it, what of it ("dMMR", "EML4-ALK"). */
export interface MarkerSense {
  code: string
  alteration: string | null
  state: 'present' | 'absent'
  /** The words commonly mean something else too (PR: partial response). */
  unsure: boolean
}

/** Every way of writing every biomarker, for `createLexicon`. */
export const BIOMARKER_ENTRIES: readonly LexiconEntry<MarkerSense>[] = BIOMARKERS.flatMap((marker) => [
  ...surfacesOf(marker).map(({ surface, caseSensitive, unsure }) => ({
    surface,
    caseSensitive,
    value: { code: marker.code, alteration: alterationOfName(marker), state: 'present' as const, unsure },
  })),
  ...(marker.phrases ?? []).flatMap(({ alteration, state = 'present', names = [], short = [] }) => {
    const value = { code: marker.code, alteration, state, unsure: false }
    return [
      ...names.map((surface) => ({ surface, caseSensitive: false, value })),
      ...short.map((surface) => ({ surface, caseSensitive: true, value })),
    ]
  }),
])

/** The name of a chromosome abnormality says that it is there: del(17p). */
function alterationOfName({ kind, alterations }: BiomarkerTerm): string | null {
  return kind === 'cytogenetic' && alterations.length === 1 ? (alterations[0] ?? null) : null
}

const inCase = createLexicon(BIOMARKER_ENTRIES)
const inAnyCase = createLexicon(BIOMARKER_ENTRIES.map(({ surface, value }) => ({ surface, value })))

/**
 * The marker that a code, name or alias stands for: as written if that is one, else whatever its case; null if none.
 */
export function geneByAlias(alias: string): BiomarkerTerm | null {
  return byCode.get(alias) ?? byCode.get((inCase.lookUp(alias) ?? inAnyCase.lookUp(alias))?.code ?? '') ?? null
}

/** The genes of a family (NTRK: NTRK1, NTRK2, NTRK3); any other code itself. */
export function membersOf(code: string): readonly string[] {
  return byCode.get(code)?.members ?? [code]
}

const families = BIOMARKERS.filter(({ members }) => members !== undefined)

/** The families a gene belongs to (KRAS: RAS), none for most. */
export function familyOf(code: string): readonly string[] {
  return families.filter(({ members }) => members?.includes(code)).map((family) => family.code)
}

const alterationByCode = new Map(ALTERATIONS.map((alteration) => [alteration.code, alteration]))

/** What may be said of a marker, by its name in criteria; null for variants (L858R) and unknown names. */
export function alterationTerm(name: string): AlterationTerm | null {
  return alterationByCode.get(name) ?? null
}

const alterationNames = createLexicon(
  ALTERATIONS.flatMap(({ code, fr, en, names = [], short = [] }) =>
    [fr, en, ...names, ...short].map((surface) => ({ surface, value: code })),
  ),
)
const EXON = /^ex(?:on)?[ -]?(\d{1,2})(?:[ _-]?(mutation|deletion|insertion|skipping|del|ins))?s?$/i
const EXON_CHANGES: Record<string, string> = { del: 'deletion', ins: 'insertion' }

/**
 * What somebody types of a marker, in the one way we write it: a code, a name in either language, a variant ("p.L858R")
 * or an exon. An exon alone ("exon 20") is any change of that exon, its insertions among them. Null for what is none.
 */
export function readAlteration(text: string): string | null {
  const canonical = canonicalAlteration(text.trim())
  if (alterationByCode.has(canonical) || normaliseVariant(canonical) !== null) return canonical
  const [, exon, change = 'mutation'] = EXON.exec(text.trim()) ?? []
  if (exon !== undefined) return `exon${Number(exon)}_${EXON_CHANGES[change.toLowerCase()] ?? change.toLowerCase()}`
  const code = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return alterationByCode.has(code) ? code : alterationNames.lookUp(text)
}
