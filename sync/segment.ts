import MiniSearch, { type AsPlainObject, type Query } from 'minisearch'
import type { IndexDocument } from './search-index.ts'
import { languageOf, looksLikeCode, stemsOf, symbolOf, wordsOf } from './words.ts'

/** What one part of the embedded index holds: small enough to be written to disk without holding up a request. */
export interface Segment {
  words: MiniSearch<FieldTexts>
  /** Document id → hash. */
  hashes: Map<string, string>
  /** Document id → registry numbers. */
  numbers: Map<string, string[]>
}

/** A segment as it is stored. */
export interface StoredSegment {
  words: AsPlainObject
  hashes: [string, string][]
  numbers: [string, string[]][]
}

/** How one word is looked up: as it is, as the start of a word, with so many typing errors. */
export interface WordLookup {
  forms: string[]
  prefix: boolean
  typos: number
}

type Field = 'titles' | 'conditions' | 'interventions' | 'keywords' | 'summary' | 'eligibility'
type FieldTexts = { id: string } & Record<Field, string>

/** A word in a title says more of a trial than the same word in a list of exclusions. */
const FIELD_WEIGHTS: Record<Field, number> = {
  titles: 5,
  conditions: 4,
  interventions: 4,
  keywords: 2,
  summary: 1.5,
  eligibility: 0.5,
}

const OPTIONS = {
  fields: Object.keys(FIELD_WEIGHTS),
  tokenize: indexTerms,
  processTerm: (term: string) => term,
  searchOptions: {
    boost: FIELD_WEIGHTS,
    tokenize: (term: string) => [term],
    weights: { prefix: 0.4, fuzzy: 0.3 },
  },
}

export function emptySegment(): Segment {
  return { words: new MiniSearch(OPTIONS), hashes: new Map(), numbers: new Map() }
}

/** Add or replace one document. */
export function putInSegment(segment: Segment, document: IndexDocument): void {
  const texts: FieldTexts = {
    id: document.id,
    titles: lines(document.titles, [document.acronym]),
    conditions: lines(document.conditions),
    interventions: lines(document.interventions),
    keywords: lines(document.keywords, [document.sponsor]),
    summary: document.summary ?? '',
    eligibility: document.eligibility ?? '',
  }
  if (segment.words.has(document.id)) segment.words.replace(texts)
  else segment.words.add(texts)
  segment.hashes.set(document.id, document.hash)
  segment.numbers.set(document.id, document.numbers)
}

export function removeFromSegment(segment: Segment, id: string): void {
  segment.words.discard(id)
  segment.hashes.delete(id)
  segment.numbers.delete(id)
}

export interface SegmentHit {
  id: string
  /** The engine's own score (BM25+), higher is better. */
  score: number
  /** The forms that were found. */
  forms: string[]
}

/** Documents that hold all (or any) of the words. */
export function searchSegment(segment: Segment, lookups: WordLookup[], combineWith: 'AND' | 'OR'): SegmentHit[] {
  const query: Query = {
    combineWith,
    queries: lookups.map(({ forms, prefix, typos }) => ({
      combineWith: 'OR',
      prefix,
      fuzzy: typos === 0 ? false : typos,
      queries: forms,
    })),
  }
  return segment.words.search(query).map(({ id, score, queryTerms }) => ({ id, score, forms: queryTerms }))
}

export function storedSegment({ words, hashes, numbers }: Segment): StoredSegment {
  return { words: words.toJSON(), hashes: [...hashes], numbers: [...numbers] }
}

/** Throws when the stored form is not one. */
export async function loadSegment(stored: StoredSegment): Promise<Segment> {
  const words = await MiniSearch.loadJSAsync<FieldTexts>(stored.words, OPTIONS)
  const segment = { words, hashes: new Map(stored.hashes), numbers: new Map(stored.numbers) }
  if (words.documentCount !== segment.hashes.size) throw new Error('documents and hashes differ in number')
  return segment
}

/** The terms a text is found by: stems in its own language, codes and capitals as they are. */
function indexTerms(text: string): string[] {
  const language = languageOf(text)
  const terms: string[] = []
  for (const word of wordsOf(text, { keepPieces: true })) {
    const symbol = word.capitals ? symbolOf(word.term) : null
    if (symbol !== null) terms.push(symbol)
    else if (looksLikeCode(word) || word.joined) terms.push(word.term)
    if (!/\d/.test(word.term)) terms.push(stemsOf(word.term)[language])
  }
  return terms
}

function lines(...texts: (string | null)[][]): string {
  return texts
    .flat()
    .filter((text) => text !== null)
    .join('\n')
}
