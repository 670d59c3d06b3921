import type { Sums } from '../../topic.ts'
import { CONTRADICTED, MET, UNKNOWN } from '../../verdict.ts'
import { addUp, clearMarks, mark, type PanelWeights } from './marks.ts'
import { BINDS, OF_OTHERS } from './reach.ts'
import { type Looked, NOT_LOOKED } from './statements.ts'
import { NO, OPEN, YES } from './truth.ts'

/** The markers of all trials against one question. */
export interface Panel extends Looked {
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

/** A doubtful statement is written as `-1 - number`. */
const numberOf = (signed: number): number => (signed < 0 ? -1 - signed : signed)

function truthOf(signed: number, panel: Panel): number {
  const number = numberOf(signed)
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

/** The sums of the trials with these facts. Does not allocate. */
export function judge(panel: Panel, facts: number, sums: Sums): void {
  clearMarks()
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
      if (own !== NO) mark(numberOf(signed), one === YES ? MET : UNKNOWN, panel)
      else if (one === NO) mark(numberOf(signed), CONTRADICTED, panel)
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
    mark(numberOf(signed), one === YES ? MET : UNKNOWN, panel)
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
    if (one === NO) mark(numberOf(signed), MET, panel)
    else mark(numberOf(signed), one === YES && reach === BINDS ? CONTRADICTED : UNKNOWN, panel)
    if (one === OPEN && isUntold(signed, panel)) untold = true
  }
  return untold
}

function isUntold(signed: number, { low, high }: Panel): boolean {
  const number = numberOf(signed)
  return low[number] === 0 && high[number] === 0
}
