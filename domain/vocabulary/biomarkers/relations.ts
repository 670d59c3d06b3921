import { ALTERATIONS } from './alterations.ts'
import { exonOfCodon } from './exons.ts'
import { codonOfVariant, normaliseVariant, positionOfVariant } from './variants.ts'

const WITHIN = new Map(ALTERATIONS.map(({ code, within = [] }) => [code, within]))
const EXCLUDES = new Map(ALTERATIONS.map(({ code, excludes = [] }) => [code, excludes]))

/** Words for "the protein is there", used interchangeably; the threshold tells them apart. */
const PRESENCE = ['positive', 'expression', 'overexpression']

/** Variants known to activate the gene (sensitising, for EGFR), by gene. */
const ACTIVATING: Record<string, readonly string[]> = {
  EGFR: ['L858R', 'G719', 'S768I', 'L861Q', 'exon19_deletion'],
  BRAF: ['V600'],
  KRAS: ['G12', 'G13', 'Q61'],
  NRAS: ['G12', 'G13', 'Q61'],
  HRAS: ['G12', 'G13', 'Q61'],
  ESR1: ['Y537', 'D538G', 'E380Q', 'L536'],
  PIK3CA: ['H1047', 'E542', 'E545'],
  AKT1: ['E17K'],
  ERBB2: ['exon20_insertion'],
  FLT3: ['ITD', 'TKD'],
}
/** Variants that make a tumour resist a treatment, by gene. */
const RESISTANCE: Record<string, readonly string[]> = {
  EGFR: ['T790M', 'C797'],
  ALK: ['G1202R', 'L1196M'],
  ROS1: ['G2032R'],
  ABL1: ['T315I'],
  BTK: ['C481'],
  KIT: ['D816'],
  AR: ['L702H', 'T878A', 'H875Y'],
}
/** What holds of one marker only. */
const PARTICULAR: Record<string, Record<string, readonly string[]>> = {
  // HER2-positive is IHC 3+ or amplified; low and ultralow are kinds of HER2-negative (ASCO/CAP 2023).
  ERBB2: { amplification: ['positive'], low: ['negative'], ultralow: ['negative'] },
  // One to ten per cent of stained nuclei is low and still positive (ASCO/CAP 2020); PD-L1 low is 1 to 49 %.
  ER: { low: ['positive'] },
  PR: { low: ['positive'] },
  HR: { low: ['positive'] },
  CD274: { low: ['positive'] },
  FLT3: { D835: ['TKD'], I836: ['TKD'] },
  MSI: { low: ['stable'] },
}

/** Direct parents of what is said of a gene. */
function parentsOf(gene: string, name: string): readonly string[] {
  const parents = [...(WITHIN.get(name) ?? []), ...(PARTICULAR[gene]?.[name] ?? [])]
  if (PRESENCE.includes(name)) parents.push(...PRESENCE)
  if (ACTIVATING[gene]?.includes(name)) parents.push('activating_mutation')
  if (RESISTANCE[gene]?.includes(name)) parents.push('resistance_mutation')
  const exon = /^exon(\d{1,2})_(mutation|deletion|insertion|skipping)$/.exec(name)
  if (exon) parents.push(exon[2] === 'mutation' ? 'mutation' : `exon${exon[1]}_mutation`)
  else if (!WITHIN.has(name)) parents.push(...parentsOfVariant(gene, name))
  return parents
}

function parentsOfVariant(gene: string, name: string): string[] {
  const variant = normaliseVariant(name)
  const codon = codonOfVariant(variant ?? '')
  if (variant === null || codon === null) return []
  const parents = ['mutation']
  const position = positionOfVariant(variant)
  if (position !== null) parents.push(position)
  const exon = exonOfCodon(gene, codon)
  if (exon === null) return parents
  parents.push(`exon${exon}_mutation`)
  if (exon === 19 && /del/.test(variant)) parents.push('exon19_deletion')
  if (exon === 20 && /\dins|dup|delins/.test(variant)) parents.push('exon20_insertion')
  return parents
}

/** What is said of a gene, with all that follows from it. */
export interface Lineage {
  /** In the one way we write it. */
  name: string
  /** Everything that holds when it does, itself included. */
  ancestors: ReadonlySet<string>
  /** What cannot hold beside it. */
  ruledOut: readonly string[]
}

/**
 * Everything that holds of a gene when `name` does: L858R of EGFR is in exon 21, activating, a mutation, an alteration.
 * Variants may be written in any usual way.
 */
export function lineageOf(gene: string, name: string): Lineage {
  const own = canonicalAlteration(name)
  const ancestors = new Set([own])
  for (const known of ancestors) for (const parent of parentsOf(gene, known)) ancestors.add(parent)
  return { name: own, ancestors, ruledOut: [...ancestors].flatMap((known) => EXCLUDES.get(known) ?? []) }
}

/** Whether two things said of one gene cannot both hold: mutation and wild type, positive and negative. */
export function ruleEachOtherOut(one: Lineage, other: Lineage): boolean {
  return (
    one.ruledOut.some((name) => other.ancestors.has(name)) || other.ruledOut.some((name) => one.ancestors.has(name))
  )
}

/** Whether `child` said of a gene is a case of `parent`: V600E of V600, exon 19 deletion of mutation. */
export function alterationIsWithin(gene: string, child: string, parent: string): boolean {
  return lineageOf(gene, child).ancestors.has(canonicalAlteration(parent))
}

/** The one way we write what is said of a gene: a name of `alterations.ts` or a variant; G719X is G719. */
export function canonicalAlteration(name: string): string {
  if (WITHIN.has(name)) return name
  const variant = normaliseVariant(name)
  return variant === null ? name : variant.replace(/X$/, '')
}
