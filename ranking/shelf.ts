import type { Criterion } from '../domain/criterion.ts'
import type { Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { type Bag, createBag, ints } from './columns.ts'
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
  /** Trial slot → number of its facts. */
  factsOf: Int32Array
  /** Facts → worst verdict, Σ weights, Σ weights × values. Call `judge` where `worst` is 0. */
  worst: Uint8Array
  weight: Float64Array
  value: Float64Array
  judge(facts: number): void
  /** The judgements of one trial, column by column, with the criteria they point into. */
  explain(slot: number, card: Card): { judgements: readonly Judgement[]; statements: readonly Criterion[] }
  /** The line for a statement about what was not told; see `Inquiry.untold`. */
  untold: Inquiry<never>['untold']
}

/**
 * The facts of one topic for all trials. Trials with facts that nothing can tell apart share them, so a question is put
 * to a few hundred sets of facts instead of to every trial.
 */
export interface Shelf {
  put(slot: number, card: Card): void
  remove(slot: number): void
  inquire(question: Question, weights: Weights): Tally | null
  /** Trials by their facts: what the candidate list of a cancer is made of. */
  bags(): readonly Bag[]
}

export function createShelf<Facts, Compiled>(topic: Topic<Facts, Compiled>): Shelf {
  const numbers = new Map<string, number>()
  const distinct: Facts[] = []
  const compiled: Compiled[] = []
  const bags: Bag[] = []
  const factsOf = ints(-1)
  const positionOf = ints(-1)

  function numberOf(facts: Facts): number {
    const identity = topic.identity(facts)
    const known = numbers.get(identity)
    if (known !== undefined) return known
    const number = distinct.push(facts) - 1
    numbers.set(identity, number)
    bags.push(createBag())
    if (topic.compile) compiled.push(topic.compile(facts))
    return number
  }

  return {
    put(slot, card) {
      const number = numberOf(topic.facts(card))
      for (const list of [factsOf, positionOf]) list.reserve(slot + 1)
      factsOf.data[slot] = number
      positionOf.data[slot] = (bags[number] as Bag).add(slot)
    },
    remove(slot) {
      const position = positionOf.data[slot] as number
      const moved = (bags[factsOf.data[slot] as number] as Bag).removeAt(position)
      if (moved >= 0) positionOf.data[moved] = position
      factsOf.data[slot] = -1
    },
    bags: () => bags,
    inquire(question, weights) {
      const inquiry = topic.inquire(question, weights)
      if (inquiry === null) return null
      const values = valuesByCode(weights)
      const worst = new Uint8Array(distinct.length)
      const weight = new Float64Array(distinct.length)
      const value = new Float64Array(distinct.length)
      const judged: (readonly Judgement[] | undefined)[] = []
      const sums: Sums = { worst: NOT_RESTRICTED, weight: 0, value: 0 }
      return {
        columns: inquiry.columns,
        untold: inquiry.untold,
        factsOf: factsOf.data,
        worst,
        weight,
        value,
        judge(number) {
          if (inquiry.sum) inquiry.sum(compiled[number] as Compiled, sums)
          else {
            const judgements = inquiry.judge(distinct[number] as Facts)
            judged[number] = judgements
            addUp(judgements, inquiry.columns, values, sums)
          }
          worst[number] = levelOf(sums)
          weight[number] = sums.weight
          value[number] = sums.value
        },
        explain(slot, card) {
          const number = factsOf.data[slot] as number
          const judgements = judged[number] ?? inquiry.judge(distinct[number] as Facts)
          judged[number] = judgements
          if (judgements.every(({ at }) => at.length === 0)) return { judgements, statements: [] }
          // Equal facts are judged alike, but each trial is quoted in its own words.
          return { judgements, statements: topic.statements(topic.facts(card)) }
        },
      }
    },
  }
}

/** Add judgements up into `sums`. */
export function addUp(
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
