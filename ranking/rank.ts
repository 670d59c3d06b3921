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
  const masks = corpus.phases.data
  const departementsOf = corpus.departements.of
  for (let row = 0; row < length; row++) {
    const at = slot[row] as number
    const mask = masks[at] as number
    byMask[mask] = (byMask[mask] as number) + 1
    const own = departementsOf[at]
    if (!own) continue
    for (let n = 0; n < own.length; n++) {
      const departement = own[n] as number
      byDepartement[departement] = (byDepartement[departement] as number) + 1
    }
  }
  return { phases: countsOfPhases(byMask), departements: countsOf(corpus.departements.names, byDepartement) }
}

function countsOfPhases(byMask: Int32Array): Record<string, number> {
  const counts = new Int32Array(PHASES.length)
  for (let mask = 0; mask < byMask.length; mask++) {
    const count = byMask[mask] as number
    if (count === 0) continue
    for (let bit = 0; bit < PHASES.length; bit++) if (mask & (1 << bit)) counts[bit] = (counts[bit] as number) + count
  }
  return countsOf(PHASES, counts)
}

/** The counts that are not nought, by name, in the order of the names. */
function countsOf(names: readonly string[], counts: Int32Array): Record<string, number> {
  const found: Record<string, number> = {}
  for (const name of [...names].sort()) {
    const count = counts[names.indexOf(name)] as number
    if (count > 0) found[name] = count
  }
  return found
}
