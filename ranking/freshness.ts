import type { Site, Trial } from '../domain/trial.ts'
import type { Weights } from './weights.ts'

const DAY_MS = 86_400_000
/** Ages kept in a table, in days. */
const LONGEST_AGE = 2000

/** No date is known. */
export const NO_DAY = -1

/** ISO date → days since 1970-01-01; null → `NO_DAY`. */
export function dayNumber(date: string | null): number {
  return date === null ? NO_DAY : Math.max(0, Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MS))
}

/**
 * The day a site's status was last confirmed: the partner's or the registry's date for that site, else the last update
 * of the record.
 */
export function confirmedOn(
  site: Pick<Site, 'statusDate'> | null,
  trial: Pick<Trial, 'lastUpdateDate'>,
): string | null {
  return site?.statusDate ?? trial.lastUpdateDate
}

/** 2^(−age / halving days), in 0..1; 0 when no date is known; a date still to come counts as today. */
export function freshness(day: number, today: number, { freshness: { halvingDays } }: Weights): number {
  return day === NO_DAY ? 0 : 2 ** (-Math.max(0, today - day) / halvingDays)
}

/** `freshness` as of one day, looked up by age. */
export function freshnessByDay(today: number, weights: Weights): (day: number) => number {
  const known = agesFor(weights.freshness.halvingDays)
  return (day) => {
    if (day === NO_DAY) return 0
    const age = Math.max(0, today - day)
    return age < LONGEST_AGE ? (known[age] as number) : freshness(day, today, weights)
  }
}

const tables = new Map<number, Float64Array>()

/** The worth of every age in days below `LONGEST_AGE`, made once for each halving time. */
function agesFor(halvingDays: number): Float64Array {
  const known = tables.get(halvingDays)
  if (known !== undefined) return known
  const table = Float64Array.from({ length: LONGEST_AGE }, (_, age) => 2 ** (-age / halvingDays))
  tables.set(halvingDays, table)
  return table
}
