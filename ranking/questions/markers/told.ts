import type { BiomarkerAnswer } from '../../../domain/question.ts'
import type { BiomarkerTerm } from '../../../domain/vocabulary/biomarkers/biomarker-term.ts'
import { alterationIsWithin, canonicalAlteration } from '../../../domain/vocabulary/biomarkers/relations.ts'
import { BIOMARKERS, geneByAlias } from '../../../domain/vocabulary/biomarkers.ts'

/**
 * Something said of a marker, in one form: negative, wild type, proficient and stable become the absence of something.
 */
export interface Said {
  gene: string
  /** Null: any alteration of the gene. */
  alteration: string | null
  present: boolean
  /** A measured value or a threshold, as written. */
  measure: string | null
}

/** Absences by name, and what is absent. */
const ABSENCES: Record<string, string> = {
  negative: 'positive',
  wild_type: 'mutation',
  proficient: 'deficient',
  stable: 'high',
  unmethylated: 'methylation',
}

/** Mismatch repair and microsatellites are two tests of one thing: deficient is unstable. */
const SAME_AS: Record<string, { gene: string; alterations: Record<string, string> }> = {
  MMR: { gene: 'MSI', alterations: { deficient: 'high' } },
}

/** What is commonly tested for in a marker, for those of which people just say "positive" or "present". */
const USUAL = [
  'fusion',
  'mutation',
  'positive',
  'high',
  'deficient',
  'amplification',
  'deletion',
  'loss',
  'methylation',
]

/** Words for "the protein is there". */
const PRESENCE = ['positive', 'expression', 'overexpression']

function usualOf({ code, alterations = [] }: BiomarkerTerm): string {
  for (const name of alterations) {
    if (USUAL.includes(name)) return name
    if (PRESENCE.includes(name)) return 'positive'
    if (alterationIsWithin(code, name, 'mutation')) return 'mutation'
  }
  return 'mutation'
}

const usual = new Map(BIOMARKERS.map((marker) => [marker.code, usualOf(marker)]))

/**
 * What "positive" or "altered" means of a marker when no more is said: a fusion of ALK, a mutation of KRAS, HER2
 * protein.
 */
export const usualAlteration = (gene: string): string => usual.get(gene) ?? 'mutation'

/** Whether a marker is a protein looked for by staining, rather than a change of a gene. */
const isExpressed = (gene: string): boolean => PRESENCE.includes(usualAlteration(gene))

/** Bring a statement about a marker to the one form. */
export function canonical(
  gene: string,
  alteration: string | null,
  state: 'present' | 'absent',
  measure: string | null,
): Said {
  const named = alteration === null ? null : canonicalAlteration(alteration)
  const absence = named === null ? undefined : ABSENCES[named]
  const of = usualForPresence(gene, absence ?? named)
  const present = (state === 'present') === (absence === undefined)
  const same = SAME_AS[gene]
  if (!same) return { gene, alteration: of, present, measure }
  return { gene: same.gene, alteration: of === null ? null : (same.alterations[of] ?? of), present, measure }
}

/** "ALK-positive" is a fusion: the marker is not looked for by staining. */
function usualForPresence(gene: string, name: string | null): string | null {
  return name !== null && PRESENCE.includes(name) && !isExpressed(gene) ? usualAlteration(gene) : name
}

/** One answer of the person, by the marker's own code; a marker the vocabulary does not have keeps its name. */
export function toldOf({ gene, alteration, state, value }: BiomarkerAnswer): Said {
  return canonical(geneByAlias(gene)?.code ?? gene.toUpperCase(), alteration ?? null, state, value ?? null)
}
