import { type Corpus, FIELDS, FIRST_SITE, SITE_COUNT } from './corpus.ts'
import type { Measure } from './distance.ts'

/** `site` when a trial has no site to show. */
export const NO_SITE = -1

/** The site to show of a trial; one object is written over and over while scanning. */
export interface NearSite {
  /**
   * Square of the chord to it, see distance.ts; Infinity when there is no site, or its place or the person's is not
   * known.
   */
  chordSquared: number
  /** Position among the card's sites; `NO_SITE`. */
  site: number
}

/**
 * The site to show, written into `near`: the nearest open site; without a known place, the open site confirmed last;
 * without an open site, the same among those of unknown status. Closed sites are not in the corpus.
 */
export function findSite(corpus: Corpus, slot: number, measure: Measure | null, near: NearSite): void {
  const fields = corpus.fields.data
  const first = fields[slot * FIELDS + FIRST_SITE] as number
  const count = fields[slot * FIELDS + SITE_COUNT] as number
  let nearest = count === 0 ? NO_SITE : 0
  let least = Infinity
  const vectors = corpus.sites.vector.data
  for (let at = 0; at < count && measure !== null; at++) {
    const own = 3 * (first + at)
    const dx = (vectors[own] as number) - measure.x
    const dy = (vectors[own + 1] as number) - measure.y
    const dz = (vectors[own + 2] as number) - measure.z
    const squared = dx * dx + dy * dy + dz * dz
    if (squared < least) {
      least = squared
      nearest = at
    }
  }
  near.chordSquared = least
  near.site = nearest
}
