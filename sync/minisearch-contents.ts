import { createPace } from '../db/batches.ts'
import type { Concepts } from './concepts.ts'
import type { IndexDocument, TextHit } from './search-index.ts'
import { emptySegment, putInSegment, removeFromSegment, type Segment, searchSegment } from './segment.ts'
import type { StoredPart } from './snapshot.ts'
import type { QueryWord, TextQuery } from './text-query.ts'

/** Documents in one part: writing it to disk holds up a request by some 50 ms at most. */
const SEGMENT_SIZE = 500

interface Part {
  segment: Segment
  stored: StoredPart | null
}

/** What the embedded index holds, in parts that are stored one by one. */
export interface Contents {
  parts: Part[]
  /** Document id → the part it is in. */
  where: Map<string, Part>
  position: number | null
  rebuildAsked: boolean
}

/** Nothing was ever put into it: nothing found would be a wrong answer. */
export function isUnfilled({ position, where }: Contents): boolean {
  return position === null && where.size === 0
}

/** Contents without a document, at that position. */
export function emptyContents(position: number | null): Contents {
  return { parts: [], where: new Map(), position, rebuildAsked: false }
}

/** Add or replace, letting others have their turn in between. */
export async function putAll(contents: Contents, documents: IndexDocument[], concepts: Concepts): Promise<void> {
  const pace = createPace()
  for (const document of documents) {
    const part = contents.where.get(document.id) ?? partWithRoom(contents)
    part.stored = null
    putInSegment(part.segment, document, concepts)
    contents.where.set(document.id, part)
    await pace()
  }
}

function partWithRoom(contents: Contents): Part {
  const last = contents.parts.at(-1)
  if (last && last.segment.hashes.size < SEGMENT_SIZE) return last
  const added = { segment: emptySegment(), stored: null }
  contents.parts.push(added)
  return added
}

/** Take one document out; one that is not there is no error. */
export function removeOne(contents: Contents, id: string): void {
  const part = contents.where.get(id)
  if (!part) return
  removeFromSegment(part.segment, id)
  part.stored = null
  contents.where.delete(id)
}

/** Words as they are; else forgiving; else at least half of them: the first that finds anything. */
export function find({ parts }: Contents, { numbers, words }: TextQuery): TextHit[] {
  const segments = parts.map(({ segment }) => segment)
  if (numbers.length > 0) return withNumbers(segments, new Set(numbers))
  if (words.length === 0) return []
  for (const strictness of ['exact', 'forgiving'] as const) {
    const hits = segments.flatMap((segment) => searchSegment(segment, words, strictness))
    if (hits.length > 0) return hits
  }
  return holdingHalf(segments, words)
}

function withNumbers(segments: Segment[], numbers: Set<string>): TextHit[] {
  return segments.flatMap((segment) =>
    [...segment.numbers]
      .filter(([, own]) => own.some((number) => numbers.has(number)))
      .map(([id]) => ({ id, score: 1 })),
  )
}

/** Trials that hold at least half of the words, all the exact ones among them. */
function holdingHalf(segments: Segment[], words: QueryWord[]): TextHit[] {
  return segments
    .flatMap((segment) => searchSegment(segment, words, 'any'))
    .flatMap(({ id, score, found }) => {
      const held = words.filter(({ term, loose }) => found.includes(term) || (loose !== null && found.includes(loose)))
      const lacksExact = words.some((word) => word.exact && !held.includes(word))
      if (lacksExact || held.length * 2 < words.length) return []
      return [{ id, score: score * (held.length / words.length) ** 2 }]
    })
}

/** Best first, scores as a share of the best one; the same order every time. */
export function scored(hits: TextHit[], limit: number): TextHit[] {
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0)
  if (best === 0) return []
  return hits
    .map(({ id, score }) => ({ id, score: score / best }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}
