import type { Question } from '../domain/question.ts'
import { PHASES, type Point, STUDY_TYPES } from '../domain/trial.ts'
import { listCandidates } from './candidates.ts'
import { type Corpus, FACTS, FIELDS, maskOf, OPEN } from './corpus.ts'
import { kilometresOfChord, type Measure, measureFrom } from './distance.ts'
import { findSite, type NearSite, NO_SITE } from './nearest.ts'
import { type Shares, shares } from './points.ts'
import { type AskedTopic, CANCERS } from './topics.ts'
import { CONTRADICTED, type Code, ELSEWHERE, NOT_RESTRICTED, UNKNOWN, valuesByCode } from './verdict.ts'
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
  const topics = corpus.shelves.inquire(question, weights)
  const conditions = question.condition === undefined ? null : corpus.conditions.find(question.condition)
  const texts = question.text === undefined ? null : textBySlot(corpus, context.textScores)
  const asked = {
    clinical: topics.some(({ tally }) => tally.columns.length > 0) || conditions !== null || texts !== null,
    distance: context.point !== null,
  }
  const measure = context.point === null ? null : measureFrom(context.point, weights)
  const candidates = listCandidates(corpus, {
    cancers: topics[0]?.shelf === CANCERS ? topics[0].tally : null,
    conditions: conditions?.slots ?? null,
    texts: texts && [...texts.keys()],
  })
  const counts: Counts = { tiers: [0, 0, 0], unlocated: 0 }
  const standard: Standard = {
    openOnly: question.openOnly ?? true,
    phases: question.phases?.length ? maskOf(PHASES, question.phases) : 0,
    types: question.studyTypes?.length ? maskOf(STUDY_TYPES, question.studyTypes) : 0,
    topics,
    conditions: conditions?.code ?? null,
    texts,
    measure,
    radius: measure === null ? Infinity : (question.radiusKm ?? Infinity),
    withContradicted: question.include?.includes('contradicted') ?? false,
    weights,
  }
  const length = judgeCandidates(corpus, candidates, standard, counts)
  return {
    slot: corpus.rows.slot.data,
    tier: corpus.rows.tier.data,
    clinical: corpus.rows.clinical.data,
    length,
    ...counts,
    topics,
    measure,
    asked,
    shares: shares(asked, weights),
    verdictOfCondition: (slot) => ((conditions?.code[slot] ?? 0) || null) as Code | null,
    textAsked: texts !== null,
  }
}

/** What every candidate is judged by. */
interface Standard {
  openOnly: boolean
  /** Bits of those wanted; 0 for any. */
  phases: number
  types: number
  topics: readonly AskedTopic[]
  /** By slot: verdicts on the condition, 0 where it is not named, and relevance of the text. */
  conditions: Uint8Array | null
  texts: ReadonlyMap<number, number> | null
  measure: Measure | null
  radius: number
  withContradicted: boolean
  weights: Weights
}

/** What is counted beside the rows; see `Scan`. */
type Counts = Pick<Scan, 'tiers' | 'unlocated'>

/**
 * Judge the candidates listed in the rows, and write those that are listed over them: rows are never ahead of the
 * candidates that are read. Returns how many there are. The loop is a function of its own; see `keepFirst` in order.ts.
 */
function judgeCandidates(corpus: Corpus, candidates: number, standard: Standard, counts: Counts): number {
  const { openOnly, phases, types, topics, conditions, texts, measure, radius, withContradicted, weights } = standard
  const { condition: conditionWeight, text: textWeight } = weights.questions
  const values = valuesByCode(weights)
  const quickest = quickestFirst(topics)
  const fields = corpus.fields.data
  const [openness, ofPhases, ofType] = [corpus.openness.data, corpus.phases.data, corpus.studyType.data]
  const [slots, tiers, clinical] = [corpus.rows.slot.data, corpus.rows.tier.data, corpus.rows.clinical.data]
  const site: NearSite = { chordSquared: Infinity, site: NO_SITE }
  let length = 0

  for (let at = 0; at < candidates; at++) {
    const slot = slots[at] as number
    const open = openness[slot] as number
    if (open === 0 || (openOnly && open !== OPEN)) continue
    if (phases !== 0 && ((ofPhases[slot] as number) & phases) === 0) continue
    if (types !== 0 && ((ofType[slot] as number) & types) === 0) continue
    const condition = conditions === null ? NOT_RESTRICTED : (conditions[slot] as number)
    if (condition === 0) continue
    const facts = slot * FIELDS + FACTS
    const worst = worstOf(quickest, fields, facts, condition, withContradicted)
    if (worst === ELSEWHERE) continue
    if (radius < Infinity) {
      findSite(corpus, slot, measure, site)
      if (kilometresOfChord(site.chordSquared) > radius) {
        if (site.chordSquared === Infinity) counts.unlocated++
        continue
      }
    }
    const tier = worst === CONTRADICTED ? TIER_C : worst === UNKNOWN ? TIER_B : TIER_A
    counts.tiers[tier]++
    if (worst === CONTRADICTED && !withContradicted) continue

    let weight = 0
    let value = 0
    if (conditions !== null) {
      weight = conditionWeight
      value = conditionWeight * (values[condition] as number)
    }
    if (texts !== null) {
      weight += textWeight
      value += textWeight * (texts.get(slot) as number)
    }
    for (let topic = 0; topic < topics.length; topic++) {
      const { shelf, tally } = topics[topic] as AskedTopic
      const own = fields[facts + shelf] as number
      const sum = tally.byVerdict ? (tally.worst[own] as number) : own
      weight += tally.weight[sum] as number
      value += tally.value[sum] as number
    }
    slots[length] = slot
    tiers[length] = tier
    clinical[length] = weight === 0 ? 0 : value / weight
    length++
  }
  return length
}

/**
 * Topics whose verdicts are known beforehand come before those to be judged, cancers before all: only they rule a trial out
 * as a candidate, and that comes before any contradiction.
 */
function quickestFirst(topics: readonly AskedTopic[]): AskedTopic[] {
  return [...topics].sort((a, b) => Number(b.tally.byVerdict) - Number(a.tally.byVerdict))
}

/** The worst verdict on the facts from `facts` on. One contradiction is enough where the trial is only counted. */
function worstOf(
  topics: readonly AskedTopic[],
  fields: Int32Array,
  facts: number,
  soFar: number,
  withContradicted: boolean,
): number {
  let worst = soFar
  for (let at = 0; at < topics.length; at++) {
    const { shelf, tally } = topics[at] as AskedTopic
    const own = fields[facts + shelf] as number
    if (tally.worst[own] === 0) tally.judge(own)
    const code = tally.worst[own] as number
    if (code > worst) worst = code
    if (worst >= CONTRADICTED && (worst === ELSEWHERE || !withContradicted)) break
  }
  return worst
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
