import { expect } from 'vitest'
import type { Result } from '../../domain/answer.ts'
import type { Criterion } from '../../domain/criterion.ts'
import type { Question } from '../../domain/question.ts'
import type { Trial } from '../../domain/trial.ts'
import { createCorpus, putTrial } from '../../ranking/corpus.ts'
import { type RankContext, rank } from '../../ranking/rank.ts'
import { LYON, trial } from './trials.ts'

export const CONTEXT: RankContext = {
  today: '2026-11-21',
  point: LYON,
  textScores: null,
  dataVersion: '7',
  lang: 'fr',
}

export function corpusOf(trials: readonly Trial[]) {
  const corpus = createCorpus()
  for (const one of trials) putTrial(corpus, one)
  return corpus
}

/**
 * The result of one trial, contradicted ones included; undefined when it is not a candidate. Its tier, which is worked
 * out apart from its lines, must be that of the worst of them.
 */
export function ask(question: Question, criteria: Criterion[], part: Partial<Trial> = {}) {
  const corpus = corpusOf([trial({ criteria, ...part })])
  const [result] = rank(corpus, { ...question, include: ['contradicted'] }, CONTEXT).results
  if (result) expect(result.tier, JSON.stringify(result.criteria)).toBe(tierOf(result))
  return result
}

function tierOf({ criteria }: Result): Result['tier'] {
  const verdicts = criteria.map(({ verdict }) => verdict)
  return verdicts.includes('contradicted') ? 'C' : verdicts.includes('unknown') ? 'B' : 'A'
}

/**
 * What a trial with these criteria says to the first line of a question: a verdict, `broad` for a met one by a whole
 * family, or `no candidate`.
 */
export function says(question: Question, criteria: Criterion[], part: Partial<Trial> = {}): string {
  const result = ask(question, criteria, part)
  if (result === undefined) return 'no candidate'
  const [first] = result.criteria
  return first?.broad ? 'broad' : (first?.verdict ?? 'nothing')
}
