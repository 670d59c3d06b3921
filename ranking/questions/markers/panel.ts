import type { CriterionOf } from '../../../domain/criterion.ts'
import { createLists, ints, shorts } from '../../columns.ts'
import type { Sums } from '../../topic.ts'
import { CONTRADICTED, type Code, isSure, MET, NOT_RESTRICTED, UNKNOWN } from '../../verdict.ts'
import { rememberLineage } from './lineages.ts'
import { BINDS, createReaches, OF_OTHERS } from './reach.ts'
import { canonical, type Said, usualAlteration } from './told.ts'
import { genesIn, genesOfTold, knownOf, mayBearOn, NO, OPEN, YES } from './truth.ts'

type Marker = CriterionOf<'biomarker'>

/**
 * The markers of all trials side by side, as numbers of distinct statements: a question looks at each statement once,
 * however many trials make it. A doubtful statement is written as `-1 - number`.
 */
export interface Panels {
  keep(criteria: readonly Marker[]): void
  /** Ready to judge trials by what was told, of a person with the cancer of this number (-1: not told). */
  against(told: readonly Said[], cancer: number, weights: PanelWeights): (facts: number, sums: Sums) => void
}

/** `answers` in the order of what was told. */
interface PanelWeights {
  answers: readonly number[]
  requiredUntold: number
  excludedUntold: number
  /** Worth of each code; see `valuesByCode`. */
  values: readonly number[]
}

/** Answers per mask; two masks hold the 50 answers that a question may have (domain/question.ts). */
const BITS = 30

export function createPanels(): Panels {
  const statements = createStatements()
  const groups = createLists()
  const members = createLists()
  const excluded = createLists()
  const someLists = createLists()
  /** By trial: every statement it makes, whatever it is for. */
  const allLists = createLists()
  const all = ints()
  const reaches = createReaches()
  /** By excluded statement. */
  const reachOfExcluded = shorts()
  const required = ints()
  const ofSome = ints()
  const ruledOut = ints()

  return {
    keep(criteria) {
      const numbers = [...new Set(criteria.map(statements.numberOf))]
      const firstOfAll = allLists.next(numbers.length)
      all.reserve(firstOfAll + numbers.length)
      all.data.set(numbers, firstOfAll)
      const own = groupsOf(criteria)
      groups.next(own.length)
      for (const group of own) {
        const first = members.next(group.length)
        required.reserve(first + group.length)
        required.data.set(group.map(statements.signed), first)
      }
      const some = criteria.filter(({ polarity, group }) => polarity === 'required' && group === null)
      const firstOfSome = someLists.next(some.length)
      ofSome.reserve(firstOfSome + some.length)
      ofSome.data.set(some.map(statements.signed), firstOfSome)
      const out = criteria.filter(({ polarity }) => polarity === 'excluded')
      const first = excluded.next(out.length)
      for (const column of [ruledOut, reachOfExcluded]) column.reserve(first + out.length)
      ruledOut.data.set(out.map(statements.signed), first)
      reachOfExcluded.data.set(out.map(reaches.numberOf), first)
    },

    against(told, cancer, weights) {
      const panel: Panel = {
        ...statements.against(told),
        weights,
        groups: groups.starts.data,
        members: members.starts.data,
        excluded: excluded.starts.data,
        required: required.data,
        ruledOut: ruledOut.data,
        someLists: someLists.starts.data,
        allLists: allLists.starts.data,
        all: all.data,
        ofSome: ofSome.data,
        reachOfExcluded: reachOfExcluded.data,
        reaches: reaches.against(cancer),
      }
      return (facts, sums) => judge(panel, facts, sums)
    },
  }
}

function groupsOf(criteria: readonly Marker[]): Marker[][] {
  const groups = new Map<number, Marker[]>()
  for (const marker of criteria) {
    if (marker.polarity !== 'required' || marker.group === null) continue
    const group = groups.get(marker.group)
    if (group) group.push(marker)
    else groups.set(marker.group, [marker])
  }
  return [...groups.values()]
}

/**
 * What was told against distinct statements: their truth (`NOT_LOOKED` until looked at) and the answers that bear on them.
 * Good until the next question.
 */
interface Looked {
  truth: Int16Array
  low: Int32Array
  high: Int32Array
  look(number: number): void
}

const NOT_LOOKED = 2

function createStatements() {
  const numbers = new Map<string, number>()
  const statements: Said[] = []
  const truths = shorts()
  const [lows, highs] = [ints(), ints()]

  function numberOf({ gene, alteration, state, threshold }: Marker): number {
    const said = canonical(gene, alteration, state, threshold)
    const key = JSON.stringify(said)
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = statements.push(said) - 1
    for (const one of [said.gene, ...genesIn(said.gene)])
      for (const name of [said.alteration ?? usualAlteration(one), usualAlteration(one)]) rememberLineage(one, name)
    numbers.set(key, number)
    for (const column of [truths, lows, highs]) column.reserve(number + 1)
    return number
  }

  return {
    numberOf,
    signed: (marker: Marker): number => (isSure(marker) ? numberOf(marker) : -1 - numberOf(marker)),
    against(told: readonly Said[]): Looked {
      const genes = genesOfTold(told)
      const truth = truths.data.fill(NOT_LOOKED, 0, statements.length)
      const low = lows.data.fill(0, 0, statements.length)
      const high = highs.data.fill(0, 0, statements.length)
      function look(number: number): void {
        const statement = statements[number] as Said
        truth[number] = OPEN
        if (!mayBearOn(statement.gene, genes)) return
        const found = knownOf(statement, told)
        truth[number] = found.truth
        for (const answer of found.by) {
          if (answer < BITS) low[number] = (low[number] as number) | (1 << answer)
          else high[number] = (high[number] as number) | (1 << (answer - BITS))
        }
      }
      return { truth, low, high, look }
    },
  }
}

interface Panel extends Looked {
  weights: PanelWeights
  groups: Int32Array
  members: Int32Array
  excluded: Int32Array
  required: Int32Array
  ruledOut: Int32Array
  someLists: Int32Array
  allLists: Int32Array
  all: Int32Array
  ofSome: Int32Array
  reachOfExcluded: Int16Array
  reaches: Int16Array
}

/** Masks of the answers that the trial meets, leaves open and contradicts: reused from call to call. */
const masks = { metLow: 0, metHigh: 0, openLow: 0, openHigh: 0, againstLow: 0, againstHigh: 0 }

function truthOf(signed: number, panel: Panel): number {
  const number = signed < 0 ? -1 - signed : signed
  if (panel.truth[number] === NOT_LOOKED) panel.look(number)
  return signed < 0 ? OPEN : (panel.truth[number] as number)
}

function truthOfGroup(group: number, panel: Panel): number {
  const { members, required } = panel
  let truth: number = YES
  const end = members[group + 1] as number
  for (let at = members[group] as number; at < end; at++)
    truth = Math.min(truth, truthOf(required[at] as number, panel))
  return truth
}

function judge(panel: Panel, facts: number, sums: Sums): void {
  masks.metLow = masks.metHigh = masks.openLow = masks.openHigh = masks.againstLow = masks.againstHigh = 0
  if (!isTouched(panel, facts)) {
    // Nothing told bears on the trial: all it asks was not told.
    const asks = has(panel.groups, facts) || has(panel.someLists, facts)
    addUp(sums, panel.weights, asks, rulesOut(panel, facts))
    return
  }
  const groupsUntold = judgeRequired(panel, panel.groups[facts] as number, panel.groups[facts + 1] as number)
  const someUntold = judgeOfSome(panel, panel.someLists[facts] as number, panel.someLists[facts + 1] as number)
  const excludedUntold = judgeExcluded(panel, panel.excluded[facts] as number, panel.excluded[facts + 1] as number)
  addUp(sums, panel.weights, groupsUntold || someUntold, excludedUntold)
}

const has = (starts: Int32Array, list: number): boolean => starts[list] !== starts[list + 1]

/** Whether the trial excludes a marker in people with the cancer told. */
function rulesOut({ excluded, reaches, reachOfExcluded }: Panel, facts: number): boolean {
  const end = excluded[facts + 1] as number
  for (let at = excluded[facts] as number; at < end; at++)
    if (reaches[reachOfExcluded[at] as number] !== OF_OTHERS) return true
  return false
}

/** Whether an answer bears on a statement of the trial. Most often none does. */
function isTouched(panel: Panel, facts: number): boolean {
  const { allLists, all, truth, low, high } = panel
  const end = allLists[facts + 1] as number
  for (let at = allLists[facts] as number; at < end; at++) {
    const number = all[at] as number
    if (truth[number] === NOT_LOOKED) panel.look(number)
    if (low[number] !== 0 || high[number] !== 0) return true
  }
  return false
}

/** Mark what the groups say to each answer; returns whether something that decides was not told. */
function judgeRequired(panel: Panel, firstGroup: number, endGroup: number): boolean {
  const { members, required } = panel
  let best: number = firstGroup === endGroup ? YES : NO
  for (let group = firstGroup; group < endGroup; group++) best = Math.max(best, truthOfGroup(group, panel))
  let untold = false
  for (let group = firstGroup; group < endGroup; group++) {
    const own = truthOfGroup(group, panel)
    if (best === YES && own !== YES) continue
    // A group that failed while another may still hold decides nothing.
    if (own === NO && best !== NO) continue
    const end = members[group + 1] as number
    for (let at = members[group] as number; at < end; at++) {
      const signed = required[at] as number
      const one = truthOf(signed, panel)
      if (own !== NO) mark(signed, one === YES ? MET : UNKNOWN, panel)
      else if (one === NO) mark(signed, CONTRADICTED, panel)
      if (best === OPEN && own === OPEN && one === OPEN && isUntold(signed, panel)) untold = true
    }
  }
  return untold
}

/** Mark what only some people must have; returns whether one was not told. */
function judgeOfSome(panel: Panel, first: number, end: number): boolean {
  let untold = false
  for (let at = first; at < end; at++) {
    const signed = panel.ofSome[at] as number
    const one = truthOf(signed, panel)
    mark(signed, one === YES ? MET : UNKNOWN, panel)
    if (one === OPEN && isUntold(signed, panel)) untold = true
  }
  return untold
}

/** Mark what the excluded markers say to each answer; returns whether one was not told. */
function judgeExcluded(panel: Panel, first: number, end: number): boolean {
  let untold = false
  for (let at = first; at < end; at++) {
    const signed = panel.ruledOut[at] as number
    const reach = panel.reaches[panel.reachOfExcluded[at] as number]
    if (reach === OF_OTHERS) continue
    const one = truthOf(signed, panel)
    if (one === NO) mark(signed, MET, panel)
    else mark(signed, one === YES && reach === BINDS ? CONTRADICTED : UNKNOWN, panel)
    if (one === OPEN && isUntold(signed, panel)) untold = true
  }
  return untold
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
