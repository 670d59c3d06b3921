import type { Card } from './card.ts'
import { doubles, ints, shorts } from './columns.ts'
import { NOWHERE, unitVector } from './distance.ts'
import { confirmedOn, dayNumber } from './freshness.ts'

/** Ends the départements of a trial that has fewer of them than sites. */
export const NO_DEPARTEMENT = -1

/** Sites that may be shown, trial after trial. */
export interface SitePool {
  /** Each site's point as a unit vector, three numbers per site; `NOWHERE` without coordinates. */
  vector: ReturnType<typeof doubles>
  /** The day each site's status was confirmed. */
  day: ReturnType<typeof ints>
  /** The distinct départements of a trial's sites, by number, from where its sites begin. */
  departement: ReturnType<typeof shorts>
  /** Names of the départements by number, and the numbers in alphabetical order of the names. */
  names: string[]
  order: number[]
  /** Add the sites of a trial; returns where they begin. */
  add(card: Card): number
  /** So many sites were removed; true when so much is wasted that the pool should be written afresh. */
  drop(count: number): boolean
  clear(): void
}

export function createSitePool(): SitePool {
  const numbers = new Map<string, number>()
  let used = 0
  let wasted = 0

  function departementNumber(name: string): number {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const number = pool.names.push(name) - 1
    numbers.set(name, number)
    pool.order.push(number)
    pool.order.sort((a, b) => ((pool.names[a] as string) < (pool.names[b] as string) ? -1 : 1))
    return number
  }

  const pool: SitePool = {
    vector: doubles(),
    day: ints(),
    departement: shorts(),
    names: [],
    order: [],
    add(card) {
      const first = used
      used += card.sites.length
      pool.vector.reserve(3 * used)
      for (const column of [pool.day, pool.departement]) column.reserve(used)
      card.sites.forEach((site, at) => {
        pool.vector.data.set(site.point === null ? NOWHERE : unitVector(site.point), 3 * (first + at))
        pool.day.data[first + at] = dayNumber(confirmedOn(site, card))
      })
      const names = new Set(card.sites.flatMap(({ departement }) => departement ?? []))
      pool.departement.data.fill(NO_DEPARTEMENT, first, used)
      pool.departement.data.set([...names].map(departementNumber), first)
      return first
    },
    drop(count) {
      wasted += count
      return wasted > 1000 && wasted > used / 2
    },
    clear() {
      used = 0
      wasted = 0
    },
  }
  return pool
}
