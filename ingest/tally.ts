import type { RunCounts } from '../db/runs.ts'

export type Outcome = 'created' | 'updated' | 'unchanged' | 'quarantined'

/** Of two words on one record in one run the stronger counts: a sweep that starts again meets its own writes. */
const WEIGHT: Record<Outcome, number> = { unchanged: 0, updated: 1, created: 2, quarantined: 3 }

/** What became of each record of a run. */
export interface Tally {
  note(registryId: string, outcome: Outcome): void
  has(registryId: string): boolean
  add(counts: Partial<Pick<RunCounts, 'missing' | 'departed' | 'trialsChanged'>>): void
  counts(): RunCounts
}

/** Counts from nothing. */
export function createTally(): Tally {
  const outcomes = new Map<string, Outcome>()
  const others = { missing: 0, departed: 0, trialsChanged: 0 }
  return {
    note(registryId, outcome) {
      const before = outcomes.get(registryId)
      if (before === undefined || WEIGHT[outcome] > WEIGHT[before]) outcomes.set(registryId, outcome)
    },
    has: (registryId) => outcomes.has(registryId),
    add({ missing = 0, departed = 0, trialsChanged = 0 }) {
      others.missing += missing
      others.departed += departed
      others.trialsChanged += trialsChanged
    },
    counts() {
      const counts = { created: 0, updated: 0, unchanged: 0, quarantined: 0 }
      for (const outcome of outcomes.values()) counts[outcome] += 1
      return { fetched: outcomes.size, ...counts, ...others }
    },
  }
}
