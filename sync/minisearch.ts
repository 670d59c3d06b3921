import { setImmediate as breathe } from 'node:timers/promises'
import { type Concepts, NO_CONCEPTS } from './concepts.ts'
import { type IndexDocument, IndexError, type SearchIndex, type TextHit } from './search-index.ts'
import {
  emptySegment,
  loadSegment,
  putInSegment,
  removeFromSegment,
  type Segment,
  type StoredSegment,
  searchSegment,
  storedSegment,
} from './segment.ts'
import { nextPartNumber, readManifest, readPart, type StoredPart, writeManifest, writePart } from './snapshot.ts'
import { termsVersion } from './terms.ts'
import { type QueryWord, readTextQuery, type TextQuery } from './text-query.ts'

export interface MiniSearchOptions {
  /** Folder of the stored index; null keeps it in memory only. */
  dir: string | null
  concepts?: Concepts
  /** How long writes are gathered before the index is stored. */
  storeAfterMs?: number
  /** Told when the stored index could not be read (it is rebuilt) or written (it is tried again). */
  onTrouble?: (error: IndexError) => void
}

/** Documents in one part: writing it to disk holds up a request by some 50 ms at most. */
const SEGMENT_SIZE = 500
/** How long the event loop may be held before others get their turn. */
const SLICE_MS = 10

/** While much changes, storing takes one part in so many of the time: every part that was touched is written whole. */
const STORING_SHARE = 20

const UNFILLED = 'the text index is being built'

interface Part {
  segment: Segment
  stored: StoredPart | null
}

interface Contents {
  parts: Part[]
  /** Document id → the part it is in. */
  where: Map<string, Part>
  position: number | null
  rebuildAsked: boolean
}

/**
 * The embedded text index: MiniSearch in parts, kept in `dir`. A stored index that is missing, damaged or of another
 * version starts empty, with position null: the outbox then rebuilds it.
 */
export async function createMiniSearchIndex(options: MiniSearchOptions): Promise<SearchIndex> {
  const { dir, concepts = NO_CONCEPTS, storeAfterMs = 5_000, onTrouble = () => {} } = options
  const version = termsVersion(concepts)
  let live = await readStored(dir, version, onTrouble)
  let partNumber = dir === null ? 1 : await nextPartNumber(dir)
  let storeTimer: NodeJS.Timeout | null = null
  let storeTookMs = 0
  let unstored: IndexError | null = null
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  /** Writes happen one after the other: what is stored is one state of the index. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new IndexError('the index is closed'))
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  function storeLater(): void {
    if (dir === null || closed || storeTimer !== null) return
    const waitMs = Math.max(storeAfterMs, storeTookMs * STORING_SHARE)
    storeTimer = setTimeout(() => {
      storeTimer = null
      void inTurn(store).catch(() => {})
    }, waitMs).unref()
  }

  async function store(): Promise<void> {
    if (dir === null) return
    const startedAt = performance.now()
    try {
      for (const part of live.parts) {
        if (part.stored !== null) continue
        part.stored = await writePart(dir, partNumber++, storedSegment(part.segment))
        await breathe()
      }
      const parts = live.parts.map(({ stored }) => stored).filter((stored) => stored !== null)
      await writeManifest(dir, { version, position: live.rebuildAsked ? null : live.position, parts })
      unstored = null
      storeTookMs = performance.now() - startedAt
    } catch (cause) {
      unstored = new IndexError(`the search index could not be stored in ${dir}`, { cause })
      onTrouble(unstored)
      storeLater()
    }
  }

  return {
    name: 'minisearch',
    shared: false,
    search: async (text, { lang, limit, signal }) => {
      if (closed) throw new IndexError('the index is closed')
      if (isUnfilled(live)) throw new IndexError(UNFILLED)
      signal?.throwIfAborted()
      return scored(find(live, readTextQuery(text, lang, concepts)), limit)
    },
    put: (documents) =>
      inTurn(async () => {
        await putAll(live, documents, concepts)
        storeLater()
      }),
    remove: (ids) =>
      inTurn(async () => {
        for (const id of ids) removeOne(live, id)
        storeLater()
      }),
    hashes: async () => new Map(live.parts.flatMap(({ segment }) => [...segment.hashes])),
    position: async () => (live.rebuildAsked ? null : live.position),
    setPosition: (sequence) =>
      inTurn(async () => {
        if (sequence === null) live.rebuildAsked = true
        else live.position = sequence
        storeLater()
      }),
    rebuild: async (documents, { position, signal }) => {
      const next = emptyContents(position)
      for await (const batch of documents) {
        signal?.throwIfAborted()
        await putAll(next, batch, concepts)
      }
      await inTurn(async () => {
        live = next
        storeLater()
      })
      return { documents: next.where.size, refused: [] }
    },
    health: async () => ({
      ok: !closed && !isUnfilled(live),
      documents: live.where.size,
      detail: isUnfilled(live) ? UNFILLED : (unstored?.message ?? null),
    }),
    close: async () => {
      if (closed) return
      if (storeTimer !== null) clearTimeout(storeTimer)
      const lastStore = inTurn(store)
      closed = true
      await lastStore
    },
  }
}

async function readStored(
  dir: string | null,
  version: string,
  onTrouble: (error: IndexError) => void,
): Promise<Contents> {
  if (dir === null) return emptyContents(null)
  try {
    const manifest = await readManifest(dir, version)
    if (manifest === null) return emptyContents(null)
    const contents = emptyContents(manifest.position)
    for (const stored of manifest.parts) {
      const part = { segment: await loadSegment((await readPart(dir, stored)) as StoredSegment), stored }
      contents.parts.push(part)
      for (const id of part.segment.hashes.keys()) contents.where.set(id, part)
      await breathe()
    }
    return contents
  } catch (cause) {
    onTrouble(new IndexError(`the search index stored in ${dir} cannot be read and will be rebuilt`, { cause }))
    return emptyContents(null)
  }
}

function isUnfilled({ position, where }: Contents): boolean {
  return position === null && where.size === 0
}

function emptyContents(position: number | null): Contents {
  return { parts: [], where: new Map(), position, rebuildAsked: false }
}

async function putAll(contents: Contents, documents: IndexDocument[], concepts: Concepts): Promise<void> {
  let sliceStart = performance.now()
  for (const document of documents) {
    const part = contents.where.get(document.id) ?? partWithRoom(contents)
    part.stored = null
    putInSegment(part.segment, document, concepts)
    contents.where.set(document.id, part)
    if (performance.now() - sliceStart < SLICE_MS) continue
    await breathe()
    sliceStart = performance.now()
  }
}

function partWithRoom(contents: Contents): Part {
  const last = contents.parts.at(-1)
  if (last && last.segment.hashes.size < SEGMENT_SIZE) return last
  const added = { segment: emptySegment(), stored: null }
  contents.parts.push(added)
  return added
}

function removeOne(contents: Contents, id: string): void {
  const part = contents.where.get(id)
  if (!part) return
  removeFromSegment(part.segment, id)
  part.stored = null
  contents.where.delete(id)
}

/** Words as they are; else forgiving; else at least half of them: the first that finds anything. */
function find({ parts }: Contents, { numbers, words }: TextQuery): TextHit[] {
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
function scored(hits: TextHit[], limit: number): TextHit[] {
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0)
  if (best === 0) return []
  return hits
    .map(({ id, score }) => ({ id, score: score / best }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}
