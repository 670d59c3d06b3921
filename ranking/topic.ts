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

/** A topic of a question, ready to be put to trials. */
export interface Inquiry<Facts, Compiled = unknown> {
  columns: readonly Column[]
  /** One judgement per column, in their order. Depends on the facts only, so that equal facts are judged once. */
  judge(facts: Facts): readonly Judgement[]
  /** The sums of what `judge` gives, straight from the compiled facts; without it they are added up from `judge`. */
  sum?: (compiled: Compiled, sums: Sums) => void
  /** For lines about what was not told: the line for one statement, in place of the column's. */
  untold?: (statement: Criterion) => Pick<Column, 'question' | 'name'>
}

/**
 * One topic: what it reads of a trial, and how it asks. `identity` is equal for facts that get equal judgements
 * whatever is asked: the words they were read from do not count.
 */
export interface Topic<Facts, Compiled = unknown> {
  facts(card: Card): Facts
  identity(facts: Facts): string
  /** The facts in a form that `Inquiry.sum` reads without allocating. */
  compile?: (facts: Facts) => Compiled
  /** The criteria that `Judgement.at` points into. */
  statements(facts: Facts): readonly Criterion[]
  /** Null when the question does not touch the topic. */
  inquire(question: Question, weights: Weights): Inquiry<Facts, Compiled> | null
}

/** The criteria of some kinds, in the order of the record. */
export function criteriaOf<K extends CriterionKind>(
  { criteria }: Pick<Card, 'criteria'>,
  ...kinds: K[]
): CriterionOf<K>[] {
  const found: CriterionOf<K>[] = []
  for (const criterion of criteria) if (kinds.includes(criterion.kind as K)) found.push(criterion as CriterionOf<K>)
  return found
}

/** Facts that are a list of criteria and nothing else. */
export const listTopic = {
  identity: (facts: readonly Criterion[]): string => JSON.stringify(facts.map(decisive)),
  statements: <C extends Criterion>(facts: readonly C[]): readonly C[] => facts,
}

/** What of a criterion bears on a verdict. */
export function decisive(criterion: Criterion): object {
  const { quote: _, section: _s, start: _a, end: _e, rule: _r, confidence, cohort, ...rest } = criterion
  return { ...rest, sure: isSure({ confidence, cohort }), whole: cohort === null }
}
