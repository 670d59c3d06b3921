import { type Corpus, FIELDS, FIRST_SITE, OF_UNKNOWN_STATUS, OPEN_SITES } from './corpus.ts'
import { kilometresOfChord, type Measure } from './distance.ts'
import { dayNumber, freshnessByDay } from './freshness.ts'
import { TIER_A, TIER_C } from './judge.ts'
import { findSite, type NearSite, NO_SITE } from './nearest.ts'
import type { Parts, Shares } from './points.ts'
import type { Scan } from './scan.ts'
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
 * The first `count` trials in order: tier, then score, then distance, then the more recent confirmation, then the id.
 * Exact, without measuring all: a trial that would not come among the first with its sites next door is passed over.
 * ISO date `today`.
 */
export function firstInOrder(corpus: Corpus, scan: Scan, count: number, today: string, weights: Weights): Placed[] {
  const ruler = rulerOf(scan, today, weights)
  const found: Placed[] = []
  for (let tier = TIER_A; tier <= TIER_C && found.length < count; tier++) {
    const heap: Placed[] = []
    if (scan.tiers[tier] !== 0) keepFirst(heap, count - found.length, tier, corpus, scan, ruler)
    found.push(...heap.sort((a, b) => (isBefore(a, b, corpus) ? -1 : 1)))
  }
  return found
}

/**
 * Put the first `count` of a tier into the heap. The loop runs over all rows: it is a function of its own, with nothing
 * after it, because a compiler that replaces a running loop knows nothing yet of what comes after.
 */
function keepFirst(heap: Placed[], count: number, tier: number, corpus: Corpus, scan: Scan, ruler: Ruler): void {
  const { length, slot: slots, tier: tiers, clinical } = scan
  const { best, freshOf, share } = ruler
  const [shown, latestDay] = [corpus.shown.data, corpus.latestDay.data]
  let least = -Infinity
  let next = createPlaced(tier)
  for (let row = 0; row < length; row++) {
    if (tiers[row] !== tier) continue
    const slot = slots[row] as number
    const atMost = best[shown[slot] as number] as number
    const fresh = freshOf(latestDay[slot] as number)
    if ((clinical[row] as number) * share.clinical + atMost * share.distance + fresh * share.freshness < least) continue
    if (!measure(slot, clinical[row] as number, least, next, corpus, ruler)) continue
    next = keep(heap, count, next, corpus) ?? createPlaced(tier)
    if (heap.length === count) least = (heap[0] as Placed).score
  }
}

/**
 * Put a trial into the heap; returns what is not in it (thousands may be measured for a page of twenty), null while
 * there is room.
 */
function keep(heap: Placed[], count: number, placed: Placed, corpus: Corpus): Placed | null {
  if (heap.length < count) {
    heap.push(placed)
    rise(heap, corpus)
    return null
  }
  const last = heap[0] as Placed
  if (!isBefore(placed, last, corpus)) return placed
  heap[0] = placed
  sink(heap, corpus)
  return last
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

/** What a question measures trials by. */
interface Ruler {
  place: Measure | null
  asked: Scan['asked']
  share: Shares
  freshOf(day: number): number
  /**
   * What the distance to a trial is worth at the very most, by what is known of its sites: they may be next door, but
   * their status not known.
   */
  best: Float64Array
  /** Written over for every trial. */
  near: NearSite
}

function rulerOf({ measure: place, asked, shares: share }: Scan, today: string, weights: Weights): Ruler {
  const best = new Float64Array(3)
  if (place !== null) {
    best[OF_UNKNOWN_STATUS] = place.unknownStatusFactor
    best[OPEN_SITES] = 1
  }
  const near = { chordSquared: Infinity, site: NO_SITE }
  return { place, asked, share, freshOf: freshnessByDay(dayNumber(today), weights), best, near }
}

/**
 * Write a trial into `placed`. False, as soon as that is certain, where its score is less than `least`: what is in
 * `placed` then is worth nothing.
 */
function measure(
  slot: number,
  clinical: number,
  least: number,
  placed: Placed,
  corpus: Corpus,
  { place, asked, share, freshOf, best, near }: Ruler,
): boolean {
  findSite(corpus, slot, place, near)
  const { site, chordSquared } = near
  const first = corpus.fields.data[slot * FIELDS + FIRST_SITE] as number
  const day = (site === NO_SITE ? corpus.latestDay.data[slot] : corpus.sites.day.data[first + site]) as number
  const fresh = freshOf(day)
  const factor = best[corpus.shown.data[slot] as number] as number
  const located = place !== null && chordSquared < Infinity
  const atMost = located ? place.worthAtMost(chordSquared) * factor : 0
  if (clinical * share.clinical + atMost * share.distance + fresh * share.freshness < least) return false
  const km = located ? kilometresOfChord(chordSquared) : Infinity
  const worth = located ? place.worth(km) * factor : 0
  const { parts } = placed
  placed.slot = slot
  placed.score = clinical * share.clinical + worth * share.distance + fresh * share.freshness
  parts.clinical = asked.clinical ? clinical : null
  parts.distance = asked.distance ? worth : null
  parts.freshness = fresh
  placed.km = km
  placed.day = day
  placed.site = site
  return placed.score >= least
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
