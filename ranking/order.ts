import { type Corpus, FIELDS, FIRST_SITE, LATEST_DAY } from './corpus.ts'
import { dayNumber, freshnessByDay } from './freshness.ts'
import { findSite, type NearSite, NO_SITE, worthAtMost } from './nearest.ts'
import type { Parts } from './points.ts'
import { type Scan, TIER_A, TIER_C } from './scan.ts'
import type { Weights } from './weights.ts'

/** A trial in its place, with everything that decides the order. */
export interface Placed {
  slot: number
  tier: number
  score: number
  parts: Parts
  /** Kilometres to the site shown; Infinity when there is none, or its place or the person's is not known. */
  km: number
  /** The day the status shown was confirmed; `NO_DAY` when not known. */
  day: number
  /** Position of the site shown among the card's sites; `NO_SITE`. */
  site: number
}

/**
 * The first `count` trials in order: tier, then score, then distance, then the more recent confirmation, then the id. Exact,
 * without measuring all: a trial that would not come among the first with its sites next door is passed over. ISO date `today`.
 */
export function firstInOrder(corpus: Corpus, scan: Scan, count: number, today: string, weights: Weights): Placed[] {
  const place = placer(corpus, scan, today, weights)
  const found: Placed[] = []
  for (let tier = TIER_A; tier <= TIER_C && found.length < count; tier++)
    found.push(...firstOfTier(corpus, scan, tier, count - found.length, place))
  return found
}

type Placer = ReturnType<typeof placer>

function firstOfTier(corpus: Corpus, scan: Scan, tier: number, count: number, place: Placer): Placed[] {
  const heap: Placed[] = []
  for (let row = 0; row < scan.length; row++) {
    if (scan.tier[row] !== tier) continue
    if (heap.length < count) {
      heap.push(place.measured(row))
      rise(heap, corpus)
      continue
    }
    const last = heap[0] as Placed
    if (place.scoreAtMost(row) < last.score) continue
    const placed = place.measured(row)
    if (!isBefore(placed, last, corpus)) continue
    heap[0] = placed
    sink(heap, corpus)
  }
  return heap.sort((a, b) => (isBefore(a, b, corpus) ? -1 : 1))
}

function placer(
  corpus: Corpus,
  { slot: slots, tier, clinical, measure, asked, shares }: Scan,
  today: string,
  weights: Weights,
) {
  const freshOf = freshnessByDay(dayNumber(today), weights)
  const fields = corpus.fields.data
  const near: NearSite = { km: Infinity, site: NO_SITE, worth: 0 }
  const scoreOf = (row: number, worth: number, fresh: number): number =>
    (clinical[row] as number) * shares.clinical + worth * shares.distance + fresh * shares.freshness
  return {
    scoreAtMost(row: number): number {
      const slot = slots[row] as number
      return scoreOf(row, worthAtMost(corpus, slot, measure), freshOf(fields[slot * FIELDS + LATEST_DAY] as number))
    },
    measured(row: number): Placed {
      const slot = slots[row] as number
      findSite(corpus, slot, measure, near)
      const { km, site, worth } = near
      const own = slot * FIELDS
      const day = (
        site === NO_SITE ? fields[own + LATEST_DAY] : corpus.sites.day.data[(fields[own + FIRST_SITE] as number) + site]
      ) as number
      const fresh = freshOf(day)
      const parts = {
        clinical: asked.clinical ? (clinical[row] as number) : null,
        distance: asked.distance ? worth : null,
        freshness: fresh,
      }
      return { slot, tier: tier[row] as number, score: scoreOf(row, worth, fresh), parts, km, day, site }
    },
  }
}

/** Whether one trial comes before another of its tier. */
function isBefore(a: Placed, b: Placed, { cards }: Corpus): boolean {
  if (a.score !== b.score) return a.score > b.score
  if (a.km !== b.km) return a.km < b.km
  if (a.day !== b.day) return a.day > b.day
  return (cards[a.slot]?.id ?? '') < (cards[b.slot]?.id ?? '')
}

/** A heap with the last in order on top: put the newest member in its place. */
function rise(heap: Placed[], corpus: Corpus): void {
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!isBefore(heap[parent] as Placed, heap[child] as Placed, corpus)) return
    swap(heap, parent, child)
    child = parent
  }
}

/** Put the top in its place. */
function sink(heap: Placed[], corpus: Corpus): void {
  let parent = 0
  for (;;) {
    let last = parent
    for (let child = 2 * parent + 1; child <= 2 * parent + 2 && child < heap.length; child++)
      if (isBefore(heap[last] as Placed, heap[child] as Placed, corpus)) last = child
    if (last === parent) return
    swap(heap, parent, last)
    parent = last
  }
}

function swap(heap: Placed[], a: number, b: number): void {
  const kept = heap[a] as Placed
  heap[a] = heap[b] as Placed
  heap[b] = kept
}
