import { type Corpus, NO_POINT } from './corpus.ts'
import type { Measure } from './distance.ts'

/** `site` when a trial has no site to show. */
export const NO_SITE = -1

/** The site to show of a trial; one object is written over and over while scanning. */
export interface NearSite {
  km: number
  /** Position among the card's open sites followed by those of unknown status. */
  site: number
  /** What the distance is worth, 0..1. */
  worth: number
}

/**
 * The site to show, written into `near`: the nearest open site; without a known place, the open site confirmed last;
 * without an open site, the same among those of unknown status, at part of their worth. Closed sites are not in the corpus.
 */
export function findSite(corpus: Corpus, slot: number, measure: Measure | null, near: NearSite): void {
  const first = corpus.firstSite.data[slot] as number
  const open = corpus.openSites.data[slot] as number
  const count = open > 0 ? open : (corpus.unknownSites.data[slot] as number)
  near.km = Infinity
  near.site = count === 0 ? NO_SITE : 0
  near.worth = 0
  if (measure === null) return
  const points = corpus.pool.point.data
  let nearest = NO_POINT
  for (let at = 0; at < count; at++) {
    const point = points[first + at] as number
    if (point === NO_POINT) continue
    const km = measure.kilometres(point)
    if (km < near.km) {
      near.km = km
      near.site = at
      nearest = point
    }
  }
  if (nearest === NO_POINT) return
  near.worth = measure.worth(nearest) * (open > 0 ? 1 : measure.unknownStatusFactor)
}
