/** Counts for one kind: `credit` may be fractional where half a point is given. */
export interface Tally {
  foundRight: number
  found: number
  expectedRight: number
  expected: number
  misses: string[]
}

export const createTally = (): Tally => ({ foundRight: 0, found: 0, expectedRight: 0, expected: 0, misses: [] })

export interface Scores {
  precision: number
  recall: number
  f1: number
}

/** Precision over what was found, recall over what was expected; 1 where there is nothing to find and nothing found. */
export function scoresOf({ foundRight, found, expectedRight, expected }: Tally): Scores {
  const precision = found === 0 ? (expected === 0 ? 1 : 0) : foundRight / found
  const recall = expected === 0 ? 1 : expectedRight / expected
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** Scores two sets by a credit function (1 same, 0.5 near, 0 other), each item against its best partner. */
export function tallySets<T>(
  tally: Tally,
  found: readonly T[],
  expected: readonly T[],
  credit: (found: T, expected: T) => number,
  describe: (item: T) => string,
  label: string,
) {
  for (const item of found) {
    const best = expected.reduce((most, other) => Math.max(most, credit(item, other)), 0)
    tally.found++
    tally.foundRight += best
    if (best < 1) tally.misses.push(`${label}: ${best > 0 ? 'near' : 'found, not labelled'} ${describe(item)}`)
  }
  for (const item of expected) {
    const best = found.reduce((most, other) => Math.max(most, credit(other, item)), 0)
    tally.expected++
    tally.expectedRight += best
    if (best < 1) tally.misses.push(`${label}: ${best > 0 ? 'near' : 'labelled, not found'} ${describe(item)}`)
  }
}

/** Scores one value that may be missing on either side. */
export function tallyValue<T>(tally: Tally, found: T | null, expected: T | null, label: string) {
  if (found !== null) tally.found++
  if (expected !== null) tally.expected++
  if (found !== null && found === expected) {
    tally.foundRight++
    tally.expectedRight++
  } else if (found !== null || expected !== null) tally.misses.push(`${label}: found ${found}, labelled ${expected}`)
}
