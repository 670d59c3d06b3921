import type { Answer, Result } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import type { Point } from '../domain/trial.ts'
import { untoldLimits } from './cautions.ts'
import type { Corpus } from './corpus.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { facetsOf } from './facets.ts'
import { dayNumber } from './freshness.ts'
import { firstInOrder } from './order.ts'
import { type PartnerContact, resultOf, type Told, tell } from './result.ts'
import { scanTrials } from './scan.ts'
import { answerWarnings } from './warnings.ts'
import { rankingVersion, WEIGHTS, type Weights } from './weights.ts'

const DEFAULT_SIZE = 20

export interface RankContext {
  /** ISO date: the day on which ages of statuses are counted. */
  today: string
  /** Where the person is; null when no place was given. */
  point: Point | null
  /** How well `point` stands for the place told. */
  placePrecision?: 'city' | 'area'
  /** Trial id → relevance 0..1 of the free text; null when no text was asked, or the index could not be reached. */
  textScores: ReadonlyMap<string, number> | null
  /** Names the state of the data: a cursor is good for one. */
  dataVersion: string
  lang: Language
  /** How to reach the sponsor through the service, when it is a partner. */
  partnerContact?: PartnerContact
}

/** An answer whose results have another form than the contract's objects. */
export interface AnswerIn<Form> extends Omit<Answer, 'tookMs' | 'results'> {
  results: Form[]
}

/**
 * Answer a question over all trials of the corpus. Pure: the same corpus, question and context give the same answer.
 * Throws CursorError for a cursor of another question or data version.
 */
export function rank(
  corpus: Corpus,
  question: Question,
  context: RankContext,
  weights: Weights = WEIGHTS,
): AnswerIn<Result> {
  return rankIn(resultOf, corpus, question, context, weights)
}

/** The same answer, each result in the form that `form` gives it. */
export function rankIn<Form>(
  form: (told: Told) => Form,
  corpus: Corpus,
  question: Question,
  context: RankContext,
  weights: Weights = WEIGHTS,
): AnswerIn<Form> {
  const version = rankingVersion(weights)
  const versions = `${version}/${context.dataVersion}`
  const from = readCursor(question, versions)
  const size = question.size ?? DEFAULT_SIZE
  const scan = scanTrials(corpus, question, context, weights)
  const page = firstInOrder(corpus, scan, from + size, context.today, weights).slice(from)
  const [A, B, C] = scan.tiers
  const { point, lang, partnerContact } = context
  const asker = {
    question,
    day: dayNumber(context.today),
    placeGiven: point !== null,
    untold: untoldLimits(question),
    lang,
    partnerContact,
  }
  return {
    total: scan.length,
    tiers: { A, B, C },
    results: page.map((placed, at) => form(tell(corpus, scan, placed, from + at + 1, asker))),
    facets: facetsOf(corpus, scan),
    nextCursor: from + size < scan.length ? writeCursor(from + size, question, versions) : null,
    rankingVersion: version,
    dataVersion: context.dataVersion,
    warnings: answerWarnings(question, context, scan),
  }
}
