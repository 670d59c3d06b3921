import type { CriterionOf } from '../../../domain/criterion.ts'
import { createLists, ints, shorts } from '../../columns.ts'
import type { Sums } from '../../topic.ts'
import { judge, type Panel } from './judge-panel.ts'
import type { PanelWeights } from './marks.ts'
import { createReaches } from './reach.ts'
import { createStatements } from './statements.ts'
import type { Said } from './told.ts'

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

/** The markers of no trial yet. */
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
