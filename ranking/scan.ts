import type { Question } from '../domain/question.ts'
import { PHASES, type Point, STUDY_TYPES } from '../domain/trial.ts'
import { doubles, ints } from './columns.ts'
import { type Corpus, maskOf, NO_POINT, OPEN } from './corpus.ts'
import type { Measure } from './distance.ts'
import { dayNumber, freshness } from './freshness.ts'
import { nearness, type Shares, shares } from './points.ts'
import { AGAINST, NOT_A_CANDIDATE, type Tally, TO_CHECK } from './shelf.ts'
import { type Code, valuesByCode } from './verdict.ts'
import type { Weights } from './weights.ts'

export const TIER_A = 0
export const TIER_B = 1
export const TIER_C = 2

/** `nearest` when the trial has no site to show. */
export const NO_SITE = -1

/** Everything that was found, before it is ordered: one row per trial. */
export interface Scan {
  length: number
  slot: Int32Array
  tier: Int32Array
  score: Float64Array
  /** Kilometres to the site shown; Infinity when there is none, or its place or the person's is not known. */
  km: Float64Array
  /** The day the status shown was confirmed. */
  day: Int32Array
  /** Position of the site shown among the card's open sites followed by those of unknown status; `NO_SITE`. */
  site: Int32Array
  tiers: [number, number, number]
  /** Trials left out of a radius because no place of theirs is known. */
  unlocated: number
  tallies: readonly Tally[]
  shares: Shares
  parts: (row: number) => { clinical: number | null; distance: number | null; freshness: number }
  verdictOfCondition: (slot: number) => Code | null
  textAsked: boolean
}

export interface ScanContext {
  today: string
  point: Point | null
  textScores: ReadonlyMap<string, number> | null
}

/** Judge every candidate: no cut, no order. */
export function scanTrials(corpus: Corpus, question: Question, context: ScanContext, weights: Weights): Scan {
  const tallies = Object.values(corpus.shelves).flatMap((shelf) => shelf.inquire(question, weights) ?? [])
  const conditions = question.condition === undefined ? null : corpus.conditions.find(question.condition)
  const texts = question.text === undefined ? null : textBySlot(corpus, context.textScores)
  const values = valuesByCode(weights)
  const { condition: conditionWeight, text: textWeight } = weights.questions

  const today = dayNumber(context.today)
  const measure = context.point === null ? null : corpus.points.measureFrom(context.point)
  const radius = measure === null || question.radiusKm === undefined ? Infinity : question.radiusKm
  const openOnly = question.openOnly ?? true
  const phases = question.phases?.length ? maskOf(PHASES, question.phases) : 0
  const types = question.studyTypes?.length ? maskOf(STUDY_TYPES, question.studyTypes) : 0
  const withContradicted = question.include?.includes('contradicted') ?? false
  const asked = {
    clinical: tallies.some(({ columns }) => columns.length > 0) || conditions !== null || texts !== null,
    distance: measure !== null,
  }
  const share = shares(asked, weights)

  const [slots, tier, day, site] = [ints(), ints(), ints(), ints()]
  const [score, km, clinical, distance, fresh] = [doubles(), doubles(), doubles(), doubles(), doubles()]
  const tiers: [number, number, number] = [0, 0, 0]
  const near = { km: Infinity, site: NO_SITE, worth: 0 }
  let length = 0
  let unlocated = 0

  const consider = (slot: number): void => {
    const openness = corpus.openness.data[slot] as number
    if (openness === 0 || (openOnly && openness !== OPEN)) return
    if (phases !== 0 && ((corpus.phases.data[slot] as number) & phases) === 0) return
    if (types !== 0 && ((corpus.studyType.data[slot] as number) & types) === 0) return
    const condition = conditions === null ? 0 : (conditions.get(slot) ?? 0)
    if (conditions !== null && condition === 0) return
    const text = texts === null ? 0 : texts.get(slot)
    if (text === undefined) return

    let worst = condition === 4 ? TO_CHECK : 0
    let weight = conditions === null ? 0 : conditionWeight
    let value = conditions === null ? 0 : conditionWeight * (values[condition] as number)
    if (texts !== null) {
      weight += textWeight
      value += textWeight * text
    }
    for (const tally of tallies) {
      const facts = tally.factsOf[slot] as number
      if (tally.worst[facts] === 0) tally.judge(facts)
      const own = tally.worst[facts] as number
      if (own > worst) worst = own
      weight += tally.weight[facts] as number
      value += tally.value[facts] as number
    }
    if (worst === NOT_A_CANDIDATE) return

    findSite(corpus, slot, measure, near, weights)
    if (near.km > radius) {
      if (near.km === Infinity) unlocated++
      return
    }
    const level = worst === AGAINST ? TIER_C : worst === TO_CHECK ? TIER_B : TIER_A
    tiers[level]++
    if (level === TIER_C && !withContradicted) return

    for (const list of [slots, tier, day, site, score, km, clinical, distance, fresh]) list.reserve(length + 1)
    const confirmed =
      near.site === NO_SITE
        ? (corpus.updatedDay.data[slot] as number)
        : (corpus.pool.day.data[(corpus.firstSite.data[slot] as number) + near.site] as number)
    const c = weight === 0 ? 0 : value / weight
    const f = freshness(confirmed, today, weights)
    slots.data[length] = slot
    tier.data[length] = level
    day.data[length] = confirmed
    site.data[length] = near.site
    km.data[length] = near.km
    clinical.data[length] = c
    distance.data[length] = near.worth
    fresh.data[length] = f
    score.data[length] = c * share.clinical + near.worth * share.distance + f * share.freshness
    length++
  }

  const first = texts ?? conditions
  if (first !== null) for (const slot of first.keys()) consider(slot)
  else for (let slot = 0; slot < corpus.slots; slot++) consider(slot)

  return {
    length,
    slot: slots.data,
    tier: tier.data,
    score: score.data,
    km: km.data,
    day: day.data,
    site: site.data,
    tiers,
    unlocated,
    tallies,
    shares: share,
    parts: (row) => ({
      clinical: asked.clinical ? (clinical.data[row] as number) : null,
      distance: asked.distance ? (distance.data[row] as number) : null,
      freshness: fresh.data[row] as number,
    }),
    verdictOfCondition: (slot) => conditions?.get(slot) ?? null,
    textAsked: texts !== null,
  }
}

/** Text scores by slot, for the trials that the corpus holds. */
function textBySlot(corpus: Corpus, scores: ReadonlyMap<string, number> | null): Map<number, number> | null {
  if (scores === null) return null
  const found = new Map<number, number>()
  for (const [id, score] of scores) {
    const slot = corpus.slotOf.get(id)
    if (slot !== undefined) found.set(slot, Math.min(1, Math.max(0, score)))
  }
  return found
}

/**
 * The site to show, written into `near`: the nearest open site; without a known place, the open site confirmed last;
 * without an open site, the same among those of unknown status, at part of their worth.
 */
function findSite(
  corpus: Corpus,
  slot: number,
  measure: Measure | null,
  near: { km: number; site: number; worth: number },
  weights: Weights,
): void {
  const first = corpus.firstSite.data[slot] as number
  const open = corpus.openSites.data[slot] as number
  const unknown = corpus.unknownSites.data[slot] as number
  const [from, to] = open > 0 ? [0, open] : [0, unknown]
  near.km = Infinity
  near.site = to === 0 ? NO_SITE : from
  near.worth = 0
  if (measure === null) return
  for (let at = from; at < to; at++) {
    const point = corpus.pool.point.data[first + at] as number
    if (point === NO_POINT) continue
    const km = measure(point)
    if (km < near.km) {
      near.km = km
      near.site = at
    }
  }
  if (near.km === Infinity) return
  near.worth = nearness(near.km, weights) * (open > 0 ? 1 : weights.distance.unknownStatusFactor)
}
