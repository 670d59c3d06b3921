import { biomarkerByCode } from '../../../domain/vocabulary/biomarkers.ts'
import type { Found } from '../../../domain/vocabulary/lexicon.ts'
import type { MarkerName } from './names.ts'

/** Variants that name their gene: nobody means another one by them (COSMIC; OncoKB). */
const VARIANTS: Record<string, readonly string[]> = {
  EGFR: ['L858R', 'T790M', 'C797S', 'G719X', 'L861Q', 'S768I', '[Ee]x(?:on)?[ -]?19[ -]?[Dd]el\\w*', '[Dd]el[ -]?19'],
  BRAF: ['V600[EK]'],
  KRAS: ['G12C'],
  JAK2: ['V617F'],
  KIT: ['D816V'],
  PDGFRA: ['D842V'],
  MYD88: ['L265P'],
}
const KNOWN = Object.entries(VARIANTS).map(([gene, variants]) => ({
  gene,
  expression: new RegExp(`(?<![A-Za-z0-9])(?:p\\.)?(?:${variants.join('|')})(?![A-Za-z0-9])`),
}))
/** Looked for first: most sentences name no variant. */
const HINT = /[A-Z]\d\d|19/
const ANY_KNOWN = new RegExp(KNOWN.map(({ expression }) => expression.source).join('|'))

/** "Patient with a T790M mutation": in a sentence without any gene, the one of its variant, put before it. */
export function withGeneOfVariant(plain: string, found: Found<MarkerName>[] | null): Found<MarkerName>[] | null {
  if (!HINT.test(plain) || found?.some(({ value }) => value.genes.some(isGene)) || !ANY_KNOWN.test(plain)) return found
  const placed = KNOWN.flatMap(({ gene, expression }) => {
    const start = expression.exec(plain)?.index
    if (start === undefined) return []
    return [{ value: { genes: [gene], alteration: null, unsure: false, known: true }, start, end: start, surface: '' }]
  })
  return [...(found ?? []), ...placed].sort((a, b) => a.start - b.start)
}

/** What has variants: a gene, or one that no list of ours holds. */
function isGene(code: string): boolean {
  const kind = biomarkerByCode(code)?.kind
  return kind === undefined || kind === 'gene' || kind === 'family'
}
