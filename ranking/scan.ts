import type { Question } from '../domain/question.ts'
import { PHASES, type Point, STUDY_TYPES } from '../domain/trial.ts'
import { type Corpus, FACTS, FIELDS, maskOf, OPEN } from './corpus.ts'
import { kilometresOfChord, type Measure, measureFrom } from './distance.ts'
import { findSite, type NearSite, NO_SITE } from './nearest.ts'
import { type Shares, shares } from './points.ts'
import { AGAINST, NOT_A_CANDIDATE, type Tally, TO_CHECK } from './shelf.ts'
import { type AskedTopic, CANCERS } from './topics.ts'
import { type Code, UNKNOWN, valuesByCode } from './verdict.ts'
import type { Weights } from './weights.ts'

export const TIER_A = 0
export const TIER_B = 1
export const TIER_C = 2

/** Every trial that is listed, one row each, judged and not yet ordered. Good until the next question of the same corpus. */
export interface Scan {
  length: number
  slot: Int32Array
  tier: Uint8Array
  /** The clinical part of the score, 0..1. */
  clinical: Float64Array
  /** How many trials are in each tier; the contradicted are counted also when they are not listed. */
  tiers: [number, number, number]
  /** Trials left out of a radius because no place of theirs is known. */
  unlocated: number
  /** What was asked, in the order in which verdicts are shown. */
  topics: readonly AskedTopic[]
  measure: Measure | null
  asked: { clinical: boolean; distance: boolean }
  shares: Shares
  verdictOfCondition: (slot: number) => Code | null
  textAsked: boolean
}

export interface ScanContext {
  point: Point | null
  textScores: ReadonlyMap<string, number> | null
}

/** Judge every candidate by what was asked: no cut, no order. Sites are looked at only where a radius asks for it. */
export function scanTrials(corpus: Corpus, question: Question, context: ScanContext, weights: Weights): Scan {
  // Cancers come first: only they rule a trial out as a candidate, and that comes before any contradiction.
  const topics = corpus.shelves.inquire(question, weights)
  const cancers = topics[0]?.shelf === CANCERS ? topics[0].tally : null
  const conditions = question.condition === undefined ? null : corpus.conditions.find(question.condition)
  const texts = question.text === undefined ? null : textBySlot(corpus, context.textScores)
  const asked = {
    clinical: topics.some(({ tally }) => tally.columns.length > 0) || conditions !== null || texts !== null,
    distance: context.point !== null,
  }
  const values = valuesByCode(weights)
  const { condition: conditionWeight, text: textWeight } = weights.questions

  const measure = context.point === null ? null : measureFrom(context.point, weights)
  const radius = measure === null ? Infinity : (question.radiusKm ?? Infinity)
  const openOnly = question.openOnly ?? true
  const phases = question.phases?.length ? maskOf(PHASES, question.phases) : 0
  const types = question.studyTypes?.length ? maskOf(STUDY_TYPES, question.studyTypes) : 0
  const withContradicted = question.include?.includes('contradicted') ?? false

  const fields = corpus.fields.data
  const [openness, ofPhases, ofType] = [corpus.openness.data, corpus.phases.data, corpus.studyType.data]
  corpus.rows.reserve(countOf(corpus, cancers, conditions, texts))
  const rows = { slot: corpus.rows.slot.data, tier: corpus.rows.tier.data, clinical: corpus.rows.clinical.data }
  const site: NearSite = { chordSquared: Infinity, site: NO_SITE }
  const tiers: [number, number, number] = [0, 0, 0]
  let length = 0
  let unlocated = 0

  function consider(slot: number): void {
    const own = slot * FIELDS
    const open = openness[slot] as number
    if (open === 0 || (openOnly && open !== OPEN)) return
    if (phases !== 0 && ((ofPhases[slot] as number) & phases) === 0) return
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
    for (let at = 0; at < topics.length; at++) {
      const { shelf, tally } = topics[at] as AskedTopic
      const facts = fields[own + FACTS + shelf] as number
      if (tally.level[facts] === 0) tally.judge(facts)
      const level = tally.level[facts] as number
      if (level > worst) {
        worst = level
        if (level === NOT_A_CANDIDATE) return
        // One contradiction is enough where the trial is only counted.
        if (level === AGAINST && !withContradicted) break
      }
      weight += tally.weight[facts] as number
      value += tally.value[facts] as number
    }
    if (radius < Infinity) {
      findSite(corpus, slot, measure, site)
      const km = kilometresOfChord(site.chordSquared)
      if (km > radius) {
        if (site.chordSquared === Infinity) unlocated++
        return
      }
    }
    const tier = worst === AGAINST ? TIER_C : worst === TO_CHECK ? TIER_B : TIER_A
    tiers[tier]++
    if (tier === TIER_C && !withContradicted) return
    rows.slot[length] = slot
    rows.tier[length] = tier
    rows.clinical[length] = weight === 0 ? 0 : value / weight
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
    topics,
    measure,
    asked,
    shares: shares(asked, weights),
    verdictOfCondition: (slot) => conditions?.get(slot) ?? null,
    textAsked: texts !== null,
  }
}

/** The trials of a cancer: those whose distinct statements on cancers were judged, once each, to be about it. */
function considerCandidates({ shelves: { candidates } }: Corpus, { level }: Tally, consider: (slot: number) => void) {
  for (let facts = 0; facts < candidates.length; facts++) {
    if (level[facts] === NOT_A_CANDIDATE) continue
    const { members, size } = candidates[facts] as (typeof candidates)[number]
    for (let at = 0; at < size; at++) consider(members[at] as number)
  }
}

/** How many rows there can be at most. Judges every statement on cancers. */
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
  const { candidates } = corpus.shelves
  for (let facts = 0; facts < candidates.length; facts++) {
    cancers.judge(facts)
    if (cancers.level[facts] !== NOT_A_CANDIDATE) count += (candidates[facts] as (typeof candidates)[number]).size
  }
  return count
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
