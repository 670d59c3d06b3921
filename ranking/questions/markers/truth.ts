import { ruleEachOtherOut } from '../../../domain/vocabulary/biomarkers/relations.ts'
import { biomarkerByCode } from '../../../domain/vocabulary/biomarkers.ts'
import { lineage } from './lineages.ts'
import { measureSatisfies, wordSatisfies } from './measure.ts'
import { type Said, usualAlteration } from './told.ts'

/** Kleene's three values, so that AND is the minimum and OR the maximum. */
export const NO = -1
export const OPEN = 0
export const YES = 1
export type Truth = typeof NO | typeof OPEN | typeof YES

/** What is known of a statement, and which of the answers bear on it (by their position). */
export interface Known {
  truth: Truth
  by: readonly number[]
}

/** Families whose members the vocabulary lists, and hormone receptors, which are either of two. */
const FAMILIES: Record<string, readonly string[]> = { HR: ['ER', 'PR'] }
const NONE: readonly string[] = []

/** The members of a family; none of anything else. */
export const genesIn = (family: string): readonly string[] =>
  FAMILIES[family] ?? biomarkerByCode(family)?.members ?? NONE

/** The genes told, and the members of those that are families. */
export function genesOfTold(told: readonly Said[]): ReadonlySet<string> {
  return new Set(told.flatMap(({ gene }) => [gene, ...genesIn(gene)]))
}

/**
 * Whether what was told of these genes may bear on a statement about a gene at all: it is one of them, or a family with
 * one.
 */
export const mayBearOn = (gene: string, told: ReadonlySet<string>): boolean =>
  told.has(gene) || genesIn(gene).some((member) => member !== gene && mayBearOn(member, told))

/** Whether what the person told makes a statement about a marker true. */
export function knownOf(statement: Said, told: readonly Said[]): Known {
  const positive = presence(statement, told)
  return statement.present ? positive : { truth: -positive.truth as Truth, by: positive.by }
}

/**
 * Truth of "this is present", leaving the statement's own sign aside. Asked hundreds of times per question: no
 * closures.
 */
function presence(statement: Said, told: readonly Said[]): Known {
  const [yes, no, open]: [number[], number[], number[]] = [[], [], []]
  for (let at = 0; at < told.length; at++) {
    const truth = bearing(statement, told[at] as Said)
    if (truth !== null) (truth === YES ? yes : truth === NO ? no : open).push(at)
  }
  const family = genesIn(statement.gene)
  if (family.length > 1) {
    // A family is altered when one member is, and is not when no member is.
    let truth: Truth = NO
    const by: number[] = []
    for (const gene of family) {
      const member = presence({ ...statement, gene }, told)
      if (member.truth > truth) truth = member.truth
      by.push(...member.by)
    }
    ;(truth === YES ? yes : truth === NO ? no : open).push(...by)
  }
  if (yes.length > 0 && no.length === 0) return { truth: YES, by: yes }
  if (no.length > 0 && yes.length === 0) return { truth: NO, by: no }
  return { truth: OPEN, by: [...yes, ...no, ...open] }
}

/** What one answer says of "this is present"; null when it is about another marker. */
function bearing(statement: Said, told: Said): Truth | null {
  if (told.gene !== statement.gene) {
    if (!genesIn(told.gene).includes(statement.gene)) return null
    // Receptors called positive are oestrogen receptors with rare exceptions (ER-negative, PR-positive: ASCO/CAP 2020).
    if (told.gene === 'HR' && statement.gene === 'ER' && told.present)
      return measured(statement, told, present('ER', statement.alteration, told.alteration))
    // A whole family without the alteration leaves no member with it; with it, it may be any of them.
    return told.present ? OPEN : absent(statement.gene, statement.alteration, told.alteration)
  }
  if (!told.present) return absent(statement.gene, statement.alteration, told.alteration)
  return measured(statement, told, present(statement.gene, statement.alteration, told.alteration))
}

/** The person has `told` (null: an alteration, the usual one); is `asked` there? */
function present(gene: string, asked: string | null, told: string | null): Truth {
  const own = told ?? usualAlteration(gene)
  if (asked === null || asked === own || asked === 'alteration') return YES
  if (own === 'low' && asked === 'positive' && LOW_IS_POSITIVE.has(gene)) return OPEN
  const [ofOwn, ofAsked] = [lineage(gene, own), lineage(gene, asked)]
  if (ruleEachOtherOut(ofOwn, ofAsked)) return NO
  if (ofOwn.ancestors.has(ofAsked.name)) return YES
  if (own === 'fusion' && asked === 'mutation' && MUTATED_BY_FUSION.has(gene)) return YES
  return rivals(gene, own, asked) ? NO : OPEN
}

/**
 * Receptors found in 1 to 10 % of cells are "low positive" (ASCO/CAP 2020, J Clin Oncol 38:1346): many trials take them
 * for positive, some for negative.
 */
const LOW_IS_POSITIVE: ReadonlySet<string> = new Set(['ER', 'PR', 'HR'])

/**
 * Kinases that are looked for as fusions: "EGFR or ALK mutation" of a lung cancer means the rearrangement (ESMO 2023,
 * Ann Oncol 34:339). Not RET or FGFR, of which mutations and fusions are both targets.
 */
const MUTATED_BY_FUSION: ReadonlySet<string> = new Set(['ALK', 'ROS1', 'NTRK1', 'NTRK2', 'NTRK3'])

/**
 * The person does not have `told` (null: no alteration of the gene at all); is `asked` there? A protein that was not
 * found by staining may still be there at the low level that some trials ask for.
 */
function absent(gene: string, asked: string | null, told: string | null): Truth {
  if (told === null) return asked !== null && LOW_LEVELS.includes(asked) ? OPEN : NO
  if (asked === null) return OPEN
  return asked === told || lineage(gene, asked).ancestors.has(lineage(gene, told).name) ? NO : OPEN
}

const LOW_LEVELS = ['low', 'ultralow']

/** A threshold decides where a value was told; a bare "positive" satisfies only what every positive satisfies. */
function measured(statement: Said, told: Said, truth: Truth): Truth {
  if (told.measure !== null && statement.measure !== null && truth !== NO) {
    const satisfied = measureSatisfies(told.measure, statement.measure)
    return satisfied === null ? OPEN : satisfied ? YES : NO
  }
  if (statement.measure === null || truth !== YES) return truth
  return wordSatisfies(told.alteration ?? 'positive', statement.measure) === true ? YES : OPEN
}

/**
 * Hotspot variants of which a tumour has one: a report that names one rules the others out. Secondary mutations
 * (EGFR T790M, ALK G1202R, ESR1, KIT) come on top of the first and are never rivals.
 */
const ONE_OF: Record<string, readonly RegExp[]> = {
  EGFR: [/^(exon19_deletion|E746_|L747_)/, /^L858R$/, /^(exon20_insertion|[A-Z]\d+_[A-Z]\d+ins)/],
  KRAS: [/^G12A$/, /^G12C$/, /^G12D$/, /^G12R$/, /^G12S$/, /^G12V$/, /^G13/, /^Q61/],
  NRAS: [/^G12/, /^G13/, /^Q61/],
  BRAF: [/^V600E$/, /^V600K$/],
  IDH1: [/^R132C$/, /^R132G$/, /^R132H$/, /^R132L$/, /^R132S$/],
  IDH2: [/^R140/, /^R172/],
}

function rivals(gene: string, one: string, other: string): boolean {
  const groups = ONE_OF[gene] ?? []
  const groupOf = (name: string) => groups.findIndex((group) => group.test(name))
  const [ofOne, ofOther] = [groupOf(one), groupOf(other)]
  return ofOne >= 0 && ofOther >= 0 && ofOne !== ofOther
}
