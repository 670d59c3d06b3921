import type { Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { bytes, doubles } from './columns.ts'
import { type Line, linesFrom } from './lines.ts'
import type { Column, Inquiry, Sums, Topic } from './topic.ts'
import { type Judgement, NOT_RESTRICTED, NOTHING_ASKED, valuesByCode } from './verdict.ts'
import type { Weights } from './weights.ts'

/**
 * A topic put to every distinct set of facts: what the scan reads. What is known beforehand is looked up by the
 * verdict; the rest is judged at most once for each set, while the trials are scanned.
 */
export interface Tally {
  columns: readonly Column[]
  /** Number of the facts → worst verdict. Call `judge` where it is 0. */
  worst: Uint8Array
  judge(facts: number): void
  /** Σ weights and Σ weights × values: by verdict where `byVerdict`, else by number of the facts. */
  byVerdict: boolean
  weight: Float64Array
  value: Float64Array
  /** What is said of one trial, with its own words. */
  explain(facts: number, card: Card): readonly Line[]
}

/**
 * The facts of one topic for all trials. Trials with facts that nothing can tell apart share them, so a question is put
 * to a few hundred sets of facts instead of to every trial. Facts stay when the last trial with them goes.
 */
export interface Shelf {
  /** The number of a trial's facts. */
  numberOf(card: Card): number
  /** Begin a question. What another question found is forgotten: one at a time. */
  inquire(question: Question, weights: Weights): Tally | null
}

export function createShelf<Facts>(topic: Topic<Facts>): Shelf {
  const numbers = new Map<string, number>()
  const distinct: Facts[] = []
  const worstOnes = bytes()
  const weightSums = doubles()
  const valueSums = doubles()
  const weightByVerdict = new Float64Array(VERDICTS)
  const valueByVerdict = new Float64Array(VERDICTS)

  /** Judge sets of facts one by one, as they are met. */
  function judging(inquiry: Inquiry<Facts>, weights: Weights) {
    const worst = worstOnes.data.fill(0, 0, distinct.length)
    const [weight, value] = [weightSums.data, valueSums.data]
    const values = valuesByCode(weights)
    const sums: Sums = { worst: NOT_RESTRICTED, weight: 0, value: 0 }
    const sum =
      inquiry.sum ?? ((facts) => addUp(inquiry.judge(distinct[facts] as Facts), inquiry.columns, values, sums))
    return {
      byVerdict: false,
      worst,
      weight,
      value,
      judge(facts: number) {
        sum(facts, sums)
        worst[facts] = sums.worst
        weight[facts] = sums.weight
        value[facts] = sums.value
      },
    }
  }

  /** Look verdicts up that were worked out beforehand. */
  function lookingUp(codes: Uint8Array, own: number, weights: Weights) {
    const values = valuesByCode(weights)
    for (let code = 0; code < VERDICTS; code++) {
      weightByVerdict[code] = own
      valueByVerdict[code] = own * (values[code] as number)
    }
    return { byVerdict: true, worst: codes, weight: weightByVerdict, value: valueByVerdict, judge() {} }
  }

  return {
    numberOf(card) {
      const facts = topic.facts(card)
      const identity = topic.identity(facts)
      const known = numbers.get(identity)
      if (known !== undefined) return known
      const number = distinct.push(facts) - 1
      numbers.set(identity, number)
      topic.keep?.(facts, number)
      for (const column of [worstOnes, weightSums, valueSums]) column.reserve(number + 1)
      return number
    },
    inquire(question, weights) {
      const inquiry = topic.inquire(question, weights)
      if (inquiry === null) return null
      const { columns, codes } = inquiry
      const judged = new Map<number, readonly Judgement[]>()
      const unquoted = new Map<number, readonly Line[]>()
      return {
        columns,
        ...(codes ? lookingUp(codes, columns[0]?.weight ?? 0, weights) : judging(inquiry, weights)),
        explain(facts, card) {
          const before = unquoted.get(facts)
          if (before !== undefined) return before
          const judgements = judged.get(facts) ?? inquiry.judge(distinct[facts] as Facts)
          // Equal facts are judged alike, but each trial is quoted in its own words.
          const quoted = judgements.some(({ at }) => at.length > 0)
          const lines = linesFrom(inquiry, judgements, quoted ? topic.statements(card) : [])
          if (quoted) judged.set(facts, judgements)
          else unquoted.set(facts, lines)
          return lines
        },
      }
    },
  }
}

/** How many codes there are, 0 among them. */
const VERDICTS = 8

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
