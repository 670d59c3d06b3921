import type { Question } from '../domain/question.ts'
import { PHASES, type Point, STUDY_TYPES } from '../domain/trial.ts'
import { type Corpus, maskOf, OPEN } from './corpus.ts'
import { dayNumber, freshnessByDay } from './freshness.ts'
import { findSite, type NearSite, NO_SITE } from './nearest.ts'
import { type Shares, shares } from './points.ts'
import { AGAINST, NOT_A_CANDIDATE, type Tally, TO_CHECK } from './shelf.ts'
import { type Code, UNKNOWN, valuesByCode } from './verdict.ts'
import type { Weights } from './weights.ts'

export const TIER_A = 0
export const TIER_B = 1
export const TIER_C = 2

/** Everything that was found, before it is ordered: one row per trial. */
export interface Scan {
  length: number
  slot: Int32Array
  tier: Uint8Array
  score: Float64Array
  /** Kilometres to the site shown; Infinity when there is none, or its place or the person's is not known. */
  km: Float64Array
  /** The day the status shown was confirmed. */
  day: Int32Array
  /** Position of the site shown among the card's open sites followed by those of unknown status; `NO_SITE`. */
  site: Int32Array
  /** The parts of the score, each in 0..1. */
  clinical: Float64Array
  near: Float64Array
  fresh: Float64Array
  tiers: [number, number, number]
  /** Trials left out of a radius because no place of theirs is known. */
  unlocated: number
  tallies: readonly Tally[]
  asked: { clinical: boolean; distance: boolean }
  shares: Shares
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
  const cancers = corpus.shelves.cancer.inquire(question, weights)
  const others = corpus.shelves.others.flatMap((shelf) => shelf.inquire(question, weights) ?? [])
  const tallies = cancers === null ? others : [cancers, ...others]
  const conditions = question.condition === undefined ? null : corpus.conditions.find(question.condition)
  const texts = question.text === undefined ? null : textBySlot(corpus, context.textScores)
  const asked = {
    clinical: tallies.some(({ columns }) => columns.length > 0) || conditions !== null || texts !== null,
    distance: context.point !== null,
  }
  const share = shares(asked, weights)
  const values = valuesByCode(weights)
  const { condition: conditionWeight, text: textWeight } = weights.questions

  const measure = context.point === null ? null : corpus.points.measureFrom(context.point, weights)
  const freshOf = freshnessByDay(dayNumber(context.today), weights)
  const radius = measure === null ? Infinity : (question.radiusKm ?? Infinity)
  const openOnly = question.openOnly ?? true
  const phases = question.phases?.length ? maskOf(PHASES, question.phases) : 0
  const types = question.studyTypes?.length ? maskOf(STUDY_TYPES, question.studyTypes) : 0
  const withContradicted = question.include?.includes('contradicted') ?? false

  const openness = corpus.openness.data
  const ofPhase = corpus.phases.data
  const ofType = corpus.studyType.data
  const updatedDay = corpus.updatedDay.data
  const siteDay = corpus.pool.day.data
  const firstSite = corpus.firstSite.data
  const rows = rowsFor(countOf(corpus, cancers, conditions, texts))
  const site: NearSite = { km: Infinity, site: NO_SITE, worth: 0 }
  const tiers: [number, number, number] = [0, 0, 0]
  let length = 0
  let unlocated = 0

  const consider = (slot: number): void => {
    const open = openness[slot] as number
    if (open === 0 || (openOnly && open !== OPEN)) return
    if (phases !== 0 && ((ofPhase[slot] as number) & phases) === 0) return
    if (types !== 0 && ((ofType[slot] as number) & types) === 0) return
    let worst = 0
    let weight = 0
    let value = 0
    if (conditions !== null) {
      const code = conditions.get(slot)
      if (code === undefined) return
      if (code === UNKNOWN) worst = TO_CHECK
      weight = conditionWeight
      value = conditionWeight * (values[code] as number)
    }
    if (texts !== null) {
      const text = texts.get(slot)
      if (text === undefined) return
      weight += textWeight
      value += textWeight * text
    }
    for (let at = 0; at < tallies.length; at++) {
      const tally = tallies[at] as Tally
      const facts = tally.factsOf[slot] as number
      if (tally.worst[facts] === 0) tally.judge(facts)
      const own = tally.worst[facts] as number
      if (own > worst) {
        worst = own
        if (worst === NOT_A_CANDIDATE) return
      }
      weight += tally.weight[facts] as number
      value += tally.value[facts] as number
    }

    findSite(corpus, slot, measure, site)
    if (site.km > radius) {
      if (site.km === Infinity) unlocated++
      return
    }
    const level = worst === AGAINST ? TIER_C : worst === TO_CHECK ? TIER_B : TIER_A
    tiers[level]++
    if (level === TIER_C && !withContradicted) return

    const day = (site.site === NO_SITE ? updatedDay[slot] : siteDay[(firstSite[slot] as number) + site.site]) as number
    const clinical = weight === 0 ? 0 : value / weight
    const fresh = freshOf(day)
    rows.slot[length] = slot
    rows.tier[length] = level
    rows.day[length] = day
    rows.site[length] = site.site
    rows.km[length] = site.km
    rows.clinical[length] = clinical
    rows.near[length] = site.worth
    rows.fresh[length] = fresh
    rows.score[length] = clinical * share.clinical + site.worth * share.distance + fresh * share.freshness
    length++
  }

  const first = texts ?? conditions
  if (first !== null) for (const slot of first.keys()) consider(slot)
  else if (cancers !== null) considerCandidates(corpus, cancers, consider)
  else for (let slot = 0; slot < corpus.slots; slot++) consider(slot)

  return {
    ...rows,
    length,
    tiers,
    unlocated,
    tallies,
    asked,
    shares: share,
    verdictOfCondition: (slot) => conditions?.get(slot) ?? null,
    textAsked: texts !== null,
  }
}

/** The trials of a cancer: those whose distinct statements on cancers were judged, once each, to be about it. */
function considerCandidates(corpus: Corpus, cancers: Tally, consider: (slot: number) => void): void {
  corpus.shelves.cancer.bags().forEach(({ members, size }, facts) => {
    if (size === 0) return
    if (cancers.worst[facts] === 0) cancers.judge(facts)
    if (cancers.worst[facts] === NOT_A_CANDIDATE) return
    for (let at = 0; at < size; at++) consider(members[at] as number)
  })
}

/** How many rows there can be at most. */
function countOf(
  corpus: Corpus,
  cancers: Tally | null,
  conditions: ReadonlyMap<number, Code> | null,
  texts: ReadonlyMap<number, number> | null,
): number {
  const first = texts ?? conditions
  if (first !== null) return first.size
  if (cancers === null) return corpus.slots
  let count = 0
  corpus.shelves.cancer.bags().forEach(({ size }, facts) => {
    if (size > 0 && cancers.worst[facts] === 0) cancers.judge(facts)
    if (cancers.worst[facts] !== NOT_A_CANDIDATE) count += size
  })
  return count
}

function rowsFor(count: number) {
  return {
    slot: new Int32Array(count),
    tier: new Uint8Array(count),
    day: new Int32Array(count),
    site: new Int32Array(count),
    score: new Float64Array(count),
    km: new Float64Array(count),
    clinical: new Float64Array(count),
    near: new Float64Array(count),
    fresh: new Float64Array(count),
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
