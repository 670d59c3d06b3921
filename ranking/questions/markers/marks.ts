import type { Sums } from '../../topic.ts'
import { CONTRADICTED, type Code, MET, NOT_RESTRICTED, UNKNOWN } from '../../verdict.ts'

/** Answers per mask; two masks hold the 50 answers that a question may have (domain/question.ts). */
export const BITS = 30

/** `answers` in the order of what was told. */
export interface PanelWeights {
  answers: readonly number[]
  requiredUntold: number
  excludedUntold: number
  /** Worth of each code; see `valuesByCode`. */
  values: readonly number[]
}

/** By statement: masks of the answers that bear on it. */
export interface Answers {
  low: Int32Array
  high: Int32Array
}

/** Masks of the answers that the trial meets, leaves open and contradicts: reused from trial to trial. */
const masks = { metLow: 0, metHigh: 0, openLow: 0, openHigh: 0, againstLow: 0, againstHigh: 0 }

/** Begin a trial. */
export function clearMarks(): void {
  masks.metLow = masks.metHigh = masks.openLow = masks.openHigh = masks.againstLow = masks.againstHigh = 0
}

/** Mark the answers that bear on a statement with what a trial says to them. */
export function mark(number: number, code: number, { low, high }: Answers): void {
  const [first, second] = [low[number] as number, high[number] as number]
  if (code === MET) {
    masks.metLow |= first
    masks.metHigh |= second
  } else if (code === UNKNOWN) {
    masks.openLow |= first
    masks.openHigh |= second
  } else {
    masks.againstLow |= first
    masks.againstHigh |= second
  }
}

/** The sums of a trial: its marks, and what was not told. */
export function addUp(sums: Sums, weights: PanelWeights, requiredUntold: boolean, excludedUntold: boolean): void {
  sums.worst = NOT_RESTRICTED
  sums.weight = 0
  sums.value = 0
  const { answers, values } = weights
  for (let answer = 0; answer < answers.length; answer++) {
    const low = answer < BITS
    const bit = 1 << (low ? answer : answer - BITS)
    let code: Code = NOT_RESTRICTED
    if (((low ? masks.againstLow : masks.againstHigh) & bit) !== 0) code = CONTRADICTED
    else if (((low ? masks.openLow : masks.openHigh) & bit) !== 0) code = UNKNOWN
    else if (((low ? masks.metLow : masks.metHigh) & bit) !== 0) code = MET
    if (code > sums.worst) sums.worst = code
    sums.weight += answers[answer] as number
    sums.value += (answers[answer] as number) * (values[code] as number)
  }
  if (requiredUntold) addUnknown(sums, weights.requiredUntold, values)
  if (excludedUntold) addUnknown(sums, weights.excludedUntold, values)
}

function addUnknown(sums: Sums, weight: number, values: readonly number[]): void {
  if (sums.worst < UNKNOWN) sums.worst = UNKNOWN
  sums.weight += weight
  sums.value += weight * (values[UNKNOWN] as number)
}
