import type { Answer } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import { PHASES, type Point } from '../domain/trial.ts'
import type { Corpus } from './corpus.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type PartnerContact, resultOf } from './result.ts'
import { type Scan, scanTrials } from './scan.ts'
import { firstInOrder } from './select.ts'
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

/**
 * Answer a question over all trials of the corpus. Pure: the same corpus, question and context give the same answer.
 * Throws CursorError for a cursor of another question or data version.
 */
export function rank(
  corpus: Corpus,
  question: Question,
  context: RankContext,
  weights: Weights = WEIGHTS,
): Omit<Answer, 'tookMs'> {
  const version = rankingVersion(weights)
  const versions = `${version}/${context.dataVersion}`
  const from = readCursor(question, versions)
  const size = question.size ?? DEFAULT_SIZE
  const scan = scanTrials(corpus, question, context, weights)
  const rows = firstInOrder(scan.length, from + size, inOrder(corpus, scan)).slice(from)
  const [A, B, C] = scan.tiers
  return {
    total: scan.length,
    tiers: { A, B, C },
    results: rows.map((row, at) => resultOf(corpus, scan, row, { ...context, rank: from + at + 1, question })),
    facets: facetsOf(corpus, scan),
    nextCursor: from + size < scan.length ? writeCursor(from + size, question, versions) : null,
    rankingVersion: version,
    dataVersion: context.dataVersion,
    warnings: answerWarnings(question, context, scan),
  }
}

/** Tier, then score, then distance, then the more recent confirmation, then the id. */
function inOrder({ cards }: Corpus, { tier, score, km, day, slot }: Scan) {
  return (a: number, b: number): boolean => {
    if (tier[a] !== tier[b]) return (tier[a] as number) < (tier[b] as number)
    if (score[a] !== score[b]) return (score[a] as number) > (score[b] as number)
    if (km[a] !== km[b]) return (km[a] as number) < (km[b] as number)
    if (day[a] !== day[b]) return (day[a] as number) > (day[b] as number)
    return (cards[slot[a] as number]?.id ?? '') < (cards[slot[b] as number]?.id ?? '')
  }
}

/** How many of all results have each phase, and a site to go to in each département. */
function facetsOf(corpus: Corpus, { length, slot }: Scan): Answer['facets'] {
  const byMask = new Int32Array(1 << PHASES.length)
  const byDepartement = new Int32Array(corpus.departements.names.length)
  for (let row = 0; row < length; row++) {
    const at = slot[row] as number
    const mask = corpus.phases.data[at] as number
    byMask[mask] = (byMask[mask] as number) + 1
    for (const departement of corpus.departements.of[at] ?? [])
      byDepartement[departement] = (byDepartement[departement] as number) + 1
  }
  const phases = PHASES.map((phase, bit): [string, number] => [
    phase,
    byMask.reduce((sum, count, mask) => (mask & (1 << bit) ? sum + count : sum), 0),
  ])
  const departements = corpus.departements.names.map((name, at): [string, number] => [name, byDepartement[at] ?? 0])
  const told = ([, count]: [string, number]) => count > 0
  return {
    phases: Object.fromEntries(phases.filter(told)),
    departements: Object.fromEntries(departements.filter(told).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
