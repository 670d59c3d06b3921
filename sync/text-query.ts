import { findIdentifiers } from '../domain/identifiers.ts'
import type { Language } from '../domain/question.ts'
import { type Concepts, withoutOverlaps } from './concepts.ts'
import { QUESTION_NOISE } from './stop-words.ts'
import { looksLikeCode, stemOf, symbolOf, type Word, withSharedHeads, wordsOf } from './words.ts'

/** One word of a question. */
export interface QueryWord {
  /** As `documentTerms` writes it. */
  term: string
  /** A gene, a variant, a drug code, anything of the vocabulary: found as it is or not at all. */
  exact: boolean
  /** The term that may stand for it when nothing holds all words: the first piece of a joined word. */
  loose: string | null
}

/** A free text, read. */
export interface TextQuery {
  /** Registry numbers, upper case: when there are any they decide alone. */
  numbers: string[]
  /** At most `MOST_WORDS`, exact ones kept first, in the order typed. */
  words: QueryWord[]
}

/** Meilisearch reads ten words of a query; more of them narrow nothing. */
export const MOST_WORDS = 10
export const ONE_TYPO_FROM = 5
export const TWO_TYPOS_FROM = 12
/** Longer questions are cut: a page of text is no search. */
const MOST_CHARACTERS = 1000
const SPACED_NUMBER = /\b(NCT|ISRCTN)[\s:#-]+(?=\d{8}(?!\d))/gi

/**
 * How many wrong letters a word may have: two from 12 letters on, for cetuximab and rituximab are two letters apart.
 */
export function typosForgiven(term: string): 0 | 1 | 2 {
  if (term.length < ONE_TYPO_FROM) return 0
  return term.length < TWO_TYPOS_FROM ? 1 : 2
}

/** Read what somebody typed. A text without words gives neither numbers nor words. */
export function readTextQuery(text: string, lang: Language, concepts: Concepts): TextQuery {
  const cut = withSharedHeads(text.slice(0, MOST_CHARACTERS)).replace(SPACED_NUMBER, '$1')
  const numbers = findIdentifiers(cut).map(({ value }) => value)
  if (numbers.length > 0) return { numbers, words: [] }

  const words = [...new Map(queryWords(cut, lang, concepts).map((word) => [word.term, word])).values()]
  const kept = new Set(
    [...words.filter(({ exact }) => exact), ...words.filter(({ exact }) => !exact)].slice(0, MOST_WORDS),
  )
  return { numbers: [], words: words.filter((word) => kept.has(word)) }
}

function queryWords(text: string, lang: Language, concepts: Concepts): QueryWord[] {
  const known: QueryWord[] = []
  let rest = ''
  let end = 0
  for (const found of withoutOverlaps(concepts.find(text))) {
    known.push({ term: found.term, exact: true, loose: null })
    rest += `${text.slice(end, found.start)} . `
    end = found.end
  }
  rest += text.slice(end)
  const shouted = text.split(/\s+/).length > 2 && !/\p{Ll}/u.test(text)
  const words = wordsOf(shouted ? rest.toLowerCase() : rest, { keepPieces: false })
  const telling = words.filter(({ term }) => !QUESTION_NOISE.has(term))
  const kept = telling.length > 0 || known.length > 0 ? telling : words
  return [...known, ...kept.map((word) => plainWord(word, lang))]
}

function plainWord(word: Word, lang: Language): QueryWord {
  const { term, head } = word
  if (looksLikeCode(word)) return { term: symbolOf(term) ?? term, exact: true, loose: null }
  return { term: stemOf(term, lang), exact: false, loose: head === null ? null : stemOf(head, lang) }
}
