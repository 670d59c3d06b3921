import type { CriterionOf } from '../../../domain/criterion.ts'
import type { Sums } from '../../topic.ts'
import { CONTRADICTED, type Code, isSure, MET, NOT_RESTRICTED, UNKNOWN } from '../../verdict.ts'
import { canonical, type Said } from './told.ts'
import { knownOf, NO, OPEN, YES } from './truth.ts'

type Marker = CriterionOf<'biomarker'>

/** The markers of one trial as numbers of statements. A doubtful statement is written as `-1 - number`. */
export interface CompiledMarkers {
  /** Required groups one after the other: statements, with `ends` one past the last of each group. */
  required: Int32Array
  ends: Int32Array
  /** Whether each group has a statement of one cohort only. */
  ofCohort: Uint8Array
  excluded: Int32Array
  excludedOfCohort: Uint8Array
}

/** Distinct statements about markers, numbered: a question looks at each once, however many trials make it. */
export interface Statements {
  compile(criteria: readonly Marker[]): CompiledMarkers
  /** Ready to judge trials by what was told. `weights` in the order of the answers, then of what was not told. */
  against(told: readonly Said[], weights: PanelWeights): (markers: CompiledMarkers, sums: Sums) => void
}

interface PanelWeights {
  answers: readonly number[]
  requiredUntold: number
  excludedUntold: number
  /** Worth of each code; see `valuesByCode`. */
  values: readonly number[]
}

/** Answers per mask; two masks hold the 50 answers that a question may have (domain/question.ts). */
const BITS = 30

export function createStatements(): Statements {
  const numbers = new Map<string, number>()
  const statements: Said[] = []

  function numberOf({ gene, alteration, state, threshold }: Marker): number {
    const said = canonical(gene, alteration, state, threshold)
    const key = JSON.stringify(said)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, statements.length)
    return statements.push(said) - 1
  }
  const signed = (marker: Marker): number => (isSure(marker) ? numberOf(marker) : -1 - numberOf(marker))

  return {
    compile(criteria) {
      const groups = new Map<number, Marker[]>()
      for (const marker of criteria) {
        if (marker.polarity !== 'required') continue
        const group = groups.get(marker.group ?? 0)
        if (group) group.push(marker)
        else groups.set(marker.group ?? 0, [marker])
      }
      const required = [...groups.values()]
      const excluded = criteria.filter(({ polarity }) => polarity === 'excluded')
      let end = 0
      return {
        required: Int32Array.from(required.flat(), signed),
        ends: Int32Array.from(required, (group) => (end += group.length)),
        ofCohort: Uint8Array.from(required, (group) => Number(group.some(({ cohort }) => cohort !== null))),
        excluded: Int32Array.from(excluded, signed),
        excludedOfCohort: Uint8Array.from(excluded, ({ cohort }) => Number(cohort !== null)),
      }
    },

    against(told, weights) {
      const truth = new Int8Array(statements.length).fill(2)
      const low = new Int32Array(statements.length)
      const high = new Int32Array(statements.length)
      const look = (number: number): void => {
        const found = knownOf(statements[number] as Said, told)
        truth[number] = found.truth
        for (const answer of found.by) {
          if (answer < BITS) low[number] = (low[number] as number) | (1 << answer)
          else high[number] = (high[number] as number) | (1 << (answer - BITS))
        }
      }
      return (markers, sums) => judge(markers, sums, { truth, low, high, look, weights })
    },
  }
}

interface Panel {
  truth: Int8Array
  low: Int32Array
  high: Int32Array
  look(number: number): void
  weights: PanelWeights
}

/** Masks of the answers that the trial meets, leaves open and contradicts: reused from call to call. */
const masks = { metLow: 0, metHigh: 0, openLow: 0, openHigh: 0, againstLow: 0, againstHigh: 0 }

function truthOf(signed: number, { truth, look }: Panel): number {
  const number = signed < 0 ? -1 - signed : signed
  if (truth[number] === 2) look(number)
  return signed < 0 ? OPEN : (truth[number] as number)
}

function judge(markers: CompiledMarkers, sums: Sums, panel: Panel): void {
  const { required, ends, ofCohort, excluded, excludedOfCohort } = markers
  masks.metLow = masks.metHigh = masks.openLow = masks.openHigh = masks.againstLow = masks.againstHigh = 0
  let best: number = ends.length === 0 ? YES : NO
  let cohortsOnly = true
  for (let group = 0, at = 0; group < ends.length; group++) {
    let own: number = YES
    for (; at < (ends[group] as number); at++) own = Math.min(own, truthOf(required[at] as number, panel))
    if (own > best) best = own
    if (ofCohort[group] === 0) cohortsOnly = false
  }
  const anyAlive = best !== NO
  const outcome = best === NO && cohortsOnly ? OPEN : best
  let requiredUntold = false
  for (let group = 0, from = 0; group < ends.length; from = ends[group] as number, group++) {
    let own: number = YES
    for (let at = from; at < (ends[group] as number); at++) own = Math.min(own, truthOf(required[at] as number, panel))
    const alive = own !== NO
    if (outcome === YES && own !== YES) continue
    if (!alive && anyAlive) continue
    for (let at = from; at < (ends[group] as number); at++) {
      const signed = required[at] as number
      const one = truthOf(signed, panel)
      if (alive) mark(signed, one === YES ? MET : UNKNOWN, panel)
      else if (one === NO) mark(signed, outcome === NO ? CONTRADICTED : UNKNOWN, panel)
      if (outcome === OPEN && own === OPEN && one === OPEN && isUntold(signed, panel)) requiredUntold = true
    }
  }
  let excludedUntold = false
  for (let at = 0; at < excluded.length; at++) {
    const signed = excluded[at] as number
    const one = truthOf(signed, panel)
    if (one === NO) mark(signed, MET, panel)
    else mark(signed, one === YES && excludedOfCohort[at] === 0 ? CONTRADICTED : UNKNOWN, panel)
    if (one === OPEN && isUntold(signed, panel)) excludedUntold = true
  }
  addUp(sums, panel.weights, requiredUntold, excludedUntold)
}

function mark(signed: number, code: number, { low, high }: Panel): void {
  const number = signed < 0 ? -1 - signed : signed
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

function isUntold(signed: number, { low, high }: Panel): boolean {
  const number = signed < 0 ? -1 - signed : signed
  return low[number] === 0 && high[number] === 0
}

function addUp(sums: Sums, weights: PanelWeights, requiredUntold: boolean, excludedUntold: boolean): void {
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
