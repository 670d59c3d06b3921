import type { Criterion, CriterionKind, CriterionOf } from '../domain/criterion.ts'
import type { Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { type Code, isSure, type Judgement } from './verdict.ts'
import type { Weights } from './weights.ts'
import type { Words } from './words.ts'

/** One line of the verdict: the question as the contract writes it, and how much it counts. */
export interface Column {
  question: string
  weight: number
  /** What the line is about, as it begins a sentence on it: `âge (64 ans)`. */
  name: Words
  /** The line stands for what the trial asks and the person did not tell, one statement at a time. */
  untold?: true
}

/** What the scan needs of all judgements of a topic: the worst code, Σ weights, Σ weights × values. */
export interface Sums {
  worst: Code
  weight: number
  value: number
}

/**
 * A topic of a question, ready to be put to trials. `judge` says what is shown of one trial. `codes` and `sum` say the
 * same to the scan, which meets hundreds of sets of facts per question: they go by the number of the facts, read what
 * `keep` wrote down, and do not allocate.
 */
export interface Inquiry<Facts> {
  columns: readonly Column[]
  /** One judgement per column, in their order. Depends on the facts only, so that equal facts are judged once. */
  judge(facts: Facts): readonly Judgement[]
  /**
   * Number of the facts → the code of the only column, or of none where the topic says who is a candidate and no more.
   */
  codes?: Uint8Array | undefined
  /** The sums of all columns; without it and `codes` they are added up from `judge`. */
  sum?: ((facts: number, sums: Sums) => void) | undefined
  /** For lines about what was not told: the line for one statement, in place of the column's. */
  untold?: (statement: Criterion) => Pick<Column, 'question' | 'name'>
}

/**
 * One topic: what it reads of a trial, and how it asks. `identity` is equal for facts that get equal judgements
 * whatever is asked: the words they were read from do not count.
 */
export interface Topic<Facts> {
  facts(card: Card): Facts
  identity(facts: Facts): string
  /** Write facts down that were not met before, for `codes` and `sum`. Their numbers come in order, from 0. */
  keep?(facts: Facts, number: number): void
  /** The criteria of a trial that `Judgement.at` points into. */
  statements(card: Card): readonly Criterion[]
  /** Null when the question does not touch the topic. */
  inquire(question: Question, weights: Weights): Inquiry<Facts> | null
}

/** The criteria of some kinds, in the order of the record. */
export function criteriaOf<K extends CriterionKind>(
  { criteria, kinds }: Card,
  ...wanted: readonly K[]
): CriterionOf<K>[] {
  const found: CriterionOf<K>[] = []
  for (let at = 0; at < kinds.length; at++)
    if (wanted.includes(kinds[at] as K)) found.push(criteria[at] as CriterionOf<K>)
  return found
}

/** A topic whose facts are the criteria of one kind and nothing else, read as they are. */
export function criteriaTopic<K extends CriterionKind>(kind: K) {
  const read = (card: Card): CriterionOf<K>[] => criteriaOf(card, kind)
  return { facts: read, statements: read, identity: identityOf }
}

/** Criteria are the same facts when everything decisive in them is. */
export const identityOf = (criteria: readonly Criterion[]): string => JSON.stringify(criteria.map(decisive))

/** What of a criterion bears on a verdict. */
export function decisive(criterion: Criterion): object {
  const { quote: _, section: _s, start: _a, end: _e, rule: _r, confidence, cohort, ...rest } = criterion
  return { ...rest, sure: isSure({ confidence, cohort }), whole: cohort === null }
}
