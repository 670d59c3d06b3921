import type { Question } from '../domain/question.ts'
import { PHASES, type Point, STUDY_TYPES } from '../domain/trial.ts'
import { listCandidates } from './candidates.ts'
import { type Corpus, maskOf } from './corpus.ts'
import { type Measure, measureFrom } from './distance.ts'
import { type Counts, judgeCandidates, type Standard } from './judge.ts'
import { type Shares, shares } from './points.ts'
import { type AskedTopic, CANCERS } from './topics.ts'
import { type Code, valuesByCode } from './verdict.ts'
import type { Weights } from './weights.ts'

/**
 * Every trial that is listed, one row each, judged and not yet ordered. Good until the next question of the same
 * corpus.
 */
export interface Scan extends Counts {
  length: number
  slot: Int32Array
  tier: Uint8Array
  /** The clinical part of the score, 0..1. */
  clinical: Float64Array
  /** What was asked, in the order in which verdicts are shown. */
  topics: readonly AskedTopic[]
  measure: Measure | null
  asked: { clinical: boolean; distance: boolean }
  shares: Shares
  verdictOfCondition: (slot: number) => Code | null
  textAsked: boolean
  /** Every open trial is listed, and no other. */
  listsAllOpen: boolean
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
    conditionWeight: weights.questions.condition,
    textWeight: weights.questions.text,
    values: valuesByCode(weights),
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
    listsAllOpen: standard.openOnly && length === corpus.open.trials,
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
