import MiniSearch, { type AsPlainObject, type Query } from 'minisearch'
import type { Concepts } from './concepts.ts'
import type { IndexDocument } from './search-index.ts'
import { documentTerms, TERM_FIELDS, type TermField } from './terms.ts'
import { type QueryWord, typosForgiven } from './text-query.ts'

type FieldTerms = { id: string } & Record<TermField, string>

/** What one part of the embedded index holds: small enough to be written to disk without holding up a request. */
export interface Segment {
  words: MiniSearch<FieldTerms>
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

/** How a question is put to a segment: words as they are; ends of words and typing errors forgiven; any word at all. */
export type Strictness = 'exact' | 'forgiving' | 'any'

export interface SegmentHit {
  id: string
  /** The engine's own score (BM25+), higher is better. */
  score: number
  /** The terms of the question that were found. */
  found: string[]
}

const FIELD_WEIGHTS: Record<TermField, number> = {
  titles: 5,
  conditions: 4,
  interventions: 4,
  keywords: 2,
  summary: 1.5,
  eligibility: 0.5,
}

const OPTIONS = {
  fields: [...TERM_FIELDS],
  tokenize: (terms: string) => terms.split(' '),
  processTerm: (term: string) => term,
  searchOptions: { boost: FIELD_WEIGHTS, weights: { prefix: 0.4, fuzzy: 0.3 } },
}

/** A segment without a document. */
export function emptySegment(): Segment {
  return { words: new MiniSearch(OPTIONS), hashes: new Map(), numbers: new Map() }
}

/** Add or replace one document. */
export function putInSegment(segment: Segment, document: IndexDocument, concepts: Concepts): void {
  const terms = { id: document.id, ...documentTerms(document, concepts) }
  if (segment.words.has(document.id)) segment.words.replace(terms)
  else segment.words.add(terms)
  segment.hashes.set(document.id, document.hash)
  segment.numbers.set(document.id, document.numbers)
}

/** Take one document out; it must be there. */
export function removeFromSegment(segment: Segment, id: string): void {
  segment.words.discard(id)
  segment.hashes.delete(id)
  segment.numbers.delete(id)
}

/** Documents that hold all of the words, or with `any` at least one. */
export function searchSegment(segment: Segment, words: QueryWord[], strictness: Strictness): SegmentHit[] {
  const query: Query = {
    combineWith: strictness === 'any' ? 'OR' : 'AND',
    queries: words.map((word, at) => ({
      combineWith: 'OR',
      queries: strictness === 'any' && word.loose !== null ? [word.term, word.loose] : [word.term],
      ...forgiveness(word, strictness, at === words.length - 1),
    })),
  }
  return segment.words.search(query).map(({ id, score, queryTerms }) => ({ id, score, found: queryTerms }))
}

/** Only the last word may be unfinished. */
function forgiveness({ term, exact }: QueryWord, strictness: Strictness, isLast: boolean) {
  if (exact || strictness === 'exact') return { prefix: false, fuzzy: false }
  return { prefix: isLast && term.length >= 3, fuzzy: typosForgiven(term) || false }
}

/** The segment as JSON holds it; `loadSegment` is the way back. */
export function storedSegment({ words, hashes, numbers }: Segment): StoredSegment {
  return { words: words.toJSON(), hashes: [...hashes], numbers: [...numbers] }
}

/** Throws when the stored form is not one. */
export async function loadSegment(stored: StoredSegment): Promise<Segment> {
  const words = await MiniSearch.loadJSAsync<FieldTerms>(stored.words, OPTIONS)
  const segment = { words, hashes: new Map(stored.hashes), numbers: new Map(stored.numbers) }
  if (words.documentCount !== segment.hashes.size) throw new Error('documents and hashes differ in number')
  return segment
}
