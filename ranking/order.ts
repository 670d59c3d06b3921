import { type Corpus, FIELDS, FIRST_SITE, OF_UNKNOWN_STATUS, OPEN_SITES } from './corpus.ts'
import { kilometresOfChord } from './distance.ts'
import { dayNumber, freshnessByDay } from './freshness.ts'
import { findSite, type NearSite, NO_SITE } from './nearest.ts'
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

type Place = ReturnType<typeof placer>

function firstOfTier(corpus: Corpus, scan: Scan, tier: number, count: number, place: Place): Placed[] {
  const heap: Placed[] = []
  let next = createPlaced(tier)
  for (let row = 0; row < scan.length; row++) {
    if (scan.tier[row] !== tier) continue
    if (heap.length < count) {
      place(row, -Infinity, next)
      heap.push(next)
      next = createPlaced(tier)
      rise(heap, corpus)
      continue
    }
    const last = heap[0] as Placed
    if (!place(row, last.score, next) || !isBefore(next, last, corpus)) continue
    heap[0] = next
    // What fell out is written over by the next: thousands may be measured for a page of twenty.
    next = last
    sink(heap, corpus)
  }
  return heap.sort((a, b) => (isBefore(a, b, corpus) ? -1 : 1))
}

const createPlaced = (tier: number): Placed => ({
  slot: 0,
  tier,
  score: 0,
  parts: { clinical: 0, distance: 0, freshness: 0 },
  km: 0,
  day: 0,
  site: NO_SITE,
})

/**
 * Writes the trial of a row into `placed`. False, as soon as that is certain, where its score is less than `least`: what
 * is in `placed` then is worth nothing.
 */
function placer(
  corpus: Corpus,
  { slot: slots, clinical, measure, asked, shares }: Scan,
  today: string,
  weights: Weights,
) {
  const freshOf = freshnessByDay(dayNumber(today), weights)
  const [fields, shown, latestDay] = [corpus.fields.data, corpus.shown.data, corpus.latestDay.data]
  const siteDays = corpus.sites.day.data
  const near: NearSite = { chordSquared: Infinity, site: NO_SITE }
  // What the distance to a trial is worth at the very most: its sites may be next door, but their status not known.
  const best = new Float64Array(3)
  if (measure !== null) {
    best[OF_UNKNOWN_STATUS] = measure.unknownStatusFactor
    best[OPEN_SITES] = 1
  }
  const score = (row: number, worth: number, fresh: number): number =>
    (clinical[row] as number) * shares.clinical + worth * shares.distance + fresh * shares.freshness

  return (row: number, least: number, placed: Placed): boolean => {
    const slot = slots[row] as number
    const factor = best[shown[slot] as number] as number
    const latest = latestDay[slot] as number
    const freshest = freshOf(latest)
    if (score(row, factor, freshest) < least) return false
    findSite(corpus, slot, measure, near)
    const { site, chordSquared } = near
    const located = measure !== null && chordSquared < Infinity
    if (located && score(row, measure.worthAtMost(chordSquared) * factor, freshest) < least) return false
    const first = fields[slot * FIELDS + FIRST_SITE] as number
    const day = site === NO_SITE ? latest : (siteDays[first + site] as number)
    const fresh = freshOf(day)
    const km = located ? kilometresOfChord(chordSquared) : Infinity
    const worth = located ? measure.worth(km) * factor : 0
    placed.slot = slot
    placed.score = score(row, worth, fresh)
    placed.parts.clinical = asked.clinical ? (clinical[row] as number) : null
    placed.parts.distance = asked.distance ? worth : null
    placed.parts.freshness = fresh
    placed.km = km
    placed.day = day
    placed.site = site
    return placed.score >= least
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
