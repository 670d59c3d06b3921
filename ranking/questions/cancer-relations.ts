import { CANCERS, type CancerRelation, relateCancer } from '../../domain/vocabulary/cancers.ts'

/** From apart to closest, so that `>= WITHIN_FAMILY` is "the one or a kind of it". */
export const APART = 1
export const BROADER = 2
export const WITHIN_FAMILY = 3
export const WITHIN = 4

const CODES: Record<CancerRelation, number> = {
  apart: APART,
  broader: BROADER,
  within_family: WITHIN_FAMILY,
  within: WITHIN,
}

const numbers = new Map(CANCERS.map(({ code }, number) => [code, number]))
/** Pairs of the vocabulary, worked out when first met: facts about cancers, the same for everybody. */
const known = new Uint8Array(CANCERS.length * CANCERS.length)

/** The number of a cancer; -1 for a code the vocabulary does not have, which is apart from everything. */
export const numberOfCancer = (code: string): number => numbers.get(code) ?? -1

/** How the cancer of one number relates to a trial that takes the other. */
export function relationTo(asked: number, taken: number): number {
  if (asked < 0 || taken < 0) return APART
  const pair = asked * CANCERS.length + taken
  const before = known[pair] as number
  if (before !== 0) return before
  const relation = CODES[relateCancer(CANCERS[asked]?.code ?? '', [CANCERS[taken]?.code ?? ''])]
  known[pair] = relation
  return relation
}

/** Whether somebody says only that there is a cancer: the contract's word, or the vocabulary's code for all of them. */
export const isAnyCancer = (code: string): boolean => code === 'ANY' || code === 'ANY_CANCER'

const members = CANCERS.map((cancer) => (cancer.members ?? []).map(numberOfCancer))

/** The cancers that make one up (colorectal: colon and rectum), by number; empty for most. */
export const membersOfCancer = (number: number): readonly number[] => members[number] ?? []
