import { findIdentifiers } from '../domain/identifiers.ts'
import { QUESTION_NOISE } from './stop-words.ts'
import { looksLikeCode, stemsOf, symbolOf, type Word, wordsOf } from './words.ts'

/** One word of a question. */
export interface QueryWord {
  /** The word as typed, folded. */
  term: string
  /** Ways the index may hold it (stems); any of them is the word itself. */
  forms: string[]
  /** A gene, a variant, a drug code: found as it is or not at all. */
  exact: boolean
  /** What may stand for it when nothing holds all words: the first piece of a joined word. */
  loose: string | null
}

/** A free text, read. */
export interface TextQuery {
  /** Registry numbers, upper case: when there are any they decide alone. */
  numbers: string[]
  /** At most `MOST_WORDS`, exact ones first, then in the order typed. */
  words: QueryWord[]
}

/** Meilisearch reads ten words of a query; more of them narrow nothing. */
export const MOST_WORDS = 10
/** Longer questions are cut: a page of text is no search. */
const MOST_CHARACTERS = 1000
const SPACED_NUMBER = /\b(NCT|ISRCTN)[\s:#-]+(?=\d{8}(?!\d))/gi

/**
 * Read what somebody typed. `isProtected` tells the vocabulary's own genes, variants and drug codes apart (folded
 * terms); what looks like a code is protected without it. A text without words gives neither numbers nor words.
 */
export function readTextQuery(text: string, isProtected: (term: string) => boolean): TextQuery {
  const joined = text.slice(0, MOST_CHARACTERS).replace(SPACED_NUMBER, '$1')
  const numbers = findIdentifiers(joined).map(({ value }) => value)
  if (numbers.length > 0) return { numbers, words: [] }

  const found = wordsOf(joined, { keepPieces: false })
  const telling = found.filter(({ term }) => !QUESTION_NOISE.has(term))
  const shouted = found.length > 2 && !/\p{Ll}/u.test(joined)
  const words = (telling.length > 0 ? telling : found).map((word) =>
    queryWord(shouted ? { ...word, capitals: false } : word, isProtected),
  )
  const unique = [...new Map(words.map((word) => [word.term, word])).values()]
  const exactFirst = [...unique.filter(({ exact }) => exact), ...unique.filter(({ exact }) => !exact)]
  const kept = new Set(exactFirst.slice(0, MOST_WORDS))
  return { numbers: [], words: unique.filter((word) => kept.has(word)) }
}

function queryWord(word: Word, isProtected: (term: string) => boolean): QueryWord {
  const { term } = word
  const exact = looksLikeCode(word) || isProtected(term)
  const loose = word.joined && !exact ? word.head : null
  if (exact) return { term, forms: [symbolOf(term) ?? term], exact, loose }
  const stems = stemsOf(term)
  return { term, forms: [...new Set([stems.en, stems.fr, term])], exact, loose }
}
