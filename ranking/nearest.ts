import { type Corpus, FIELDS, FIRST_SITE, SITE_COUNT, SITES_OPEN } from './corpus.ts'
import type { Measure } from './distance.ts'
import { NO_POINT } from './site-pool.ts'

/** `site` when a trial has no site to show. */
export const NO_SITE = -1

/** The site to show of a trial; one object is written over and over while scanning. */
export interface NearSite {
  /** Infinity when there is no site, or its place or the person's is not known. */
  km: number
  /** Position among the card's sites; `NO_SITE`. */
  site: number
  /** What the distance is worth, 0..1. */
  worth: number
}

/**
 * The site to show, written into `near`: the nearest open site; without a known place, the open site confirmed last;
 * without an open site, the same among those of unknown status, at part of their worth. Closed sites are not in the corpus.
 */
export function findSite(corpus: Corpus, slot: number, measure: Measure | null, near: NearSite): void {
  const fields = corpus.fields.data
  const first = fields[slot * FIELDS + FIRST_SITE] as number
  const count = fields[slot * FIELDS + SITE_COUNT] as number
  near.km = Infinity
  near.site = count === 0 ? NO_SITE : 0
  near.worth = 0
  if (measure === null) return
  const points = corpus.sites.point.data
  let least = Infinity
  for (let at = 0; at < count; at++) {
    const point = points[first + at] as number
    if (point === NO_POINT) continue
    const chord = measure.chordSquared(point)
    if (chord < least) {
      least = chord
      near.site = at
    }
  }
  if (least === Infinity) return
  near.km = measure.kilometres(least)
  near.worth = measure.worth(near.km) * worthAtMost(corpus, slot, measure)
}

/** What the distance to a trial is worth at the very most: its sites may be next door, but their status not known. */
export function worthAtMost(corpus: Corpus, slot: number, measure: Measure | null): number {
  const fields = corpus.fields.data
  if (measure === null || fields[slot * FIELDS + SITE_COUNT] === 0) return 0
  return fields[slot * FIELDS + SITES_OPEN] === 1 ? 1 : measure.unknownStatusFactor
}
