import type { Criterion } from '../domain/criterion.ts'
import type { Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { bytes, doubles } from './columns.ts'
import type { Column, Inquiry, Sums, Topic } from './topic.ts'
import {
  CONTRADICTED,
  ELSEWHERE,
  type Judgement,
  NOT_RESTRICTED,
  NOTHING_ASKED,
  UNKNOWN,
  valuesByCode,
} from './verdict.ts'
import type { Weights } from './weights.ts'

/** The worst verdict of a topic, as the scan reads it. 0: not judged yet. */
export const FINE = 1
export const TO_CHECK = 2
export const AGAINST = 3
export const NOT_A_CANDIDATE = 4

/** A topic put to every distinct set of facts, at most once each, while the trials are scanned. */
export interface Tally {
  columns: readonly Column[]
  /** Number of the facts → worst verdict, Σ weights, Σ weights × values. Call `judge` where `level` is 0. */
  level: Uint8Array
  weight: Float64Array
  value: Float64Array
  judge(facts: number): void
  /** The judgements of one trial, column by column, with its criteria that they point into. */
  explain(facts: number, card: Card): { judgements: readonly Judgement[]; statements: readonly Criterion[] }
  /** The line for a statement about what was not told; see `Inquiry.untold`. */
  untold: Inquiry<never>['untold']
}

/**
 * The facts of one topic for all trials. Trials with facts that nothing can tell apart share them, so a question is put
 * to a few hundred sets of facts instead of to every trial. Facts stay when the last trial with them goes.
 */
export interface Shelf {
  /** How many sets of facts there are. */
  size(): number
  /** The number of a trial's facts. */
  numberOf(card: Card): number
  /** Begin a question. What another question found is forgotten: one at a time. */
  inquire(question: Question, weights: Weights): Tally | null
}

export function createShelf<Facts>(topic: Topic<Facts>): Shelf {
  const numbers = new Map<string, number>()
  const distinct: Facts[] = []
  const levels = bytes()
  const weightSums = doubles()
  const valueSums = doubles()

  return {
    size: () => distinct.length,
    numberOf(card) {
      const facts = topic.facts(card)
      const identity = topic.identity(facts)
      const known = numbers.get(identity)
      if (known !== undefined) return known
      const number = distinct.push(facts) - 1
      numbers.set(identity, number)
      topic.keep?.(facts, number)
      for (const column of [levels, weightSums, valueSums]) column.reserve(number + 1)
      return number
    },
    inquire(question, weights) {
      const inquiry = topic.inquire(question, weights)
      if (inquiry === null) return null
      const level = levels.data.fill(0, 0, distinct.length)
      const [weight, value] = [weightSums.data, valueSums.data]
      const add = adder(inquiry, distinct, weights)
      const sums: Sums = { worst: NOT_RESTRICTED, weight: 0, value: 0 }
      const judged = new Map<number, readonly Judgement[]>()
      return {
        columns: inquiry.columns,
        untold: inquiry.untold,
        level,
        weight,
        value,
        judge(facts) {
          add(facts, sums)
          level[facts] = levelOf(sums)
          weight[facts] = sums.weight
          value[facts] = sums.value
        },
        explain(facts, card) {
          const judgements = judged.get(facts) ?? inquiry.judge(distinct[facts] as Facts)
          judged.set(facts, judgements)
          // Equal facts are judged alike, but each trial is quoted in its own words.
          const quoted = judgements.some(({ at }) => at.length > 0)
          return { judgements, statements: quoted ? topic.statements(card) : [] }
        },
      }
    },
  }
}

/** How the sums of a set of facts are made: the shortest way the topic offers. */
function adder<Facts>(
  { columns, code, sum, judge }: Inquiry<Facts>,
  distinct: readonly Facts[],
  weights: Weights,
): (facts: number, sums: Sums) => void {
  if (sum) return sum
  const values = valuesByCode(weights)
  if (!code) return (facts, sums) => addUp(judge(distinct[facts] as Facts), columns, values, sums)
  const own = columns[0]?.weight ?? 0
  return (facts, sums) => {
    sums.worst = code(facts)
    sums.weight = own
    sums.value = own * (values[sums.worst] as number)
  }
}

/** Add judgements up into `sums`. */
function addUp(
  judgements: readonly Judgement[],
  columns: readonly Column[],
  values: readonly number[],
  sums: Sums,
): void {
  sums.worst = NOT_RESTRICTED
  sums.weight = 0
  sums.value = 0
  for (let at = 0; at < judgements.length; at++) {
    const { code } = judgements[at] as Judgement
    if (code === NOTHING_ASKED) continue
    if (code > sums.worst) sums.worst = code
    const own = columns[at]?.weight ?? 0
    sums.weight += own
    sums.value += own * (values[code] as number)
  }
}

function levelOf({ worst }: Sums): number {
  if (worst === ELSEWHERE) return NOT_A_CANDIDATE
  return worst === CONTRADICTED ? AGAINST : worst === UNKNOWN ? TO_CHECK : FINE
}
