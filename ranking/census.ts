import { PHASES } from '../domain/trial.ts'
import { type Column, ints } from './columns.ts'
import { NO_DEPARTEMENT, type SitePool } from './site-pool.ts'

/**
 * How many trials there are with each set of phases, by its bits, and with a site to go to in each département, by
 * number.
 */
export interface Census {
  byPhases: Int32Array
  byDepartement: Column<Int32Array>
}

export const createCensus = (): Census => ({
  byPhases: new Int32Array(1 << PHASES.length),
  byDepartement: ints(),
})

/** Count a trial with these phases and sites. `by` is 1, or -1 for one that is taken out. */
export function countTrial(
  { byPhases, byDepartement }: Census,
  { departement }: SitePool,
  phases: number,
  firstSite: number,
  siteCount: number,
  by: number,
): void {
  byPhases[phases] = (byPhases[phases] as number) + by
  const [counts, numbers] = [byDepartement.data, departement.data]
  for (let at = firstSite; at < firstSite + siteCount; at++) {
    const number = numbers[at] as number
    if (number === NO_DEPARTEMENT) return
    counts[number] = (counts[number] as number) + by
  }
}
