import type { Language } from '../domain/question.ts'
import type { Concepts } from './concepts.ts'
import type { EngineAnswer, EngineSearch } from './meilisearch-searcher.ts'
import type { TextHit } from './search-index.ts'
import { type QueryWord, readTextQuery } from './text-query.ts'

const LOCALES = { fr: 'fra', en: 'eng' } as const

/**
 * What to ask the engine for a text, one after the other until something is found; nothing for a text without words.
 * Words as they are; else forgiving; else at least half of them. The engine leaves the most frequent words out first
 * and never one in quotation marks; its `words` rule gives k of n words a score above (k − 1) / n.
 */
export function engineSearches(text: string, lang: Language, concepts: Concepts): EngineSearch[] {
  const { numbers, words } = readTextQuery(text, lang, concepts)
  if (numbers.length > 0) {
    return [{ q: '', filter: `numbers IN [${numbers.map((number) => `"${number}"`).join(', ')}]` }]
  }
  // Said, not detected: detecting loads a dictionary for each script that somebody types.
  return attempts(words).map((attempt) => ({ matchingStrategy: 'all', locales: [LOCALES[lang]], ...attempt }))
}

/** As a share of the best; what a filter alone found is all the same. */
export function textHits({ hits }: EngineAnswer, { q }: EngineSearch): TextHit[] {
  if (q === '') return hits.map(({ id }) => ({ id, score: 1 }))
  const best = hits[0]?._rankingScore ?? 1
  return hits.map(({ id, _rankingScore = 0 }) => ({ id, score: _rankingScore / best }))
}

function attempts(words: QueryWord[]): EngineSearch[] {
  if (words.length === 0) return []
  const quoted = words.map(({ term }) => `"${term}"`).join(' ')
  const forgiving = (pick: (word: QueryWord) => string) =>
    words.map((word) => (word.exact ? `"${word.term}"` : pick(word))).join(' ')
  const half = (Math.ceil(words.length / 2) - 1) / words.length
  return [
    { q: quoted },
    ...(words.every(({ exact }) => exact) ? [] : [{ q: forgiving(({ term }) => term) }]),
    {
      q: forgiving(({ term, loose }) => loose ?? term),
      matchingStrategy: 'frequency',
      rankingScoreThreshold: half + 1e-6,
    },
  ]
}
