import { setImmediate as breathe } from 'node:timers/promises'
import { DOCUMENT_VERSION } from './document.ts'
import { type IndexDocument, IndexError, type SearchIndex, type TextHit } from './search-index.ts'
import {
  emptySegment,
  loadSegment,
  putInSegment,
  removeFromSegment,
  type Segment,
  type SegmentHit,
  type StoredSegment,
  searchSegment,
  storedSegment,
  type WordLookup,
} from './segment.ts'
import { nextPartNumber, readManifest, readPart, type StoredPart, writeManifest, writePart } from './snapshot.ts'
import { type QueryWord, readTextQuery, type TextQuery } from './text-query.ts'

export interface MiniSearchOptions {
  /** Folder of the stored index; null keeps it in memory only. */
  dir: string | null
  /** Genes, variants and drug codes of the vocabulary (folded terms). */
  isProtected?: (term: string) => boolean
  /** How long writes are gathered before the index is stored. */
  storeAfterMs?: number
  /** Told when the stored index could not be read (it is rebuilt) or written (it is tried again). */
  onTrouble?: (error: IndexError) => void
}

/** Raised when terms are made otherwise than before: stored indexes are then rebuilt. */
const TERMS_VERSION = 1
const VERSION = `${TERMS_VERSION}.${DOCUMENT_VERSION}`
/** Documents in one part: writing it to disk holds up a request by some 50 ms at most. */
const SEGMENT_SIZE = 500
/** How long the event loop may be held before others get their turn. */
const SLICE_MS = 10
/** A word that so many trials hold is no typing error. */
const KNOWN_FROM = 3

interface Part {
  segment: Segment
  stored: StoredPart | null
}

interface Contents {
  parts: Part[]
  /** Document id → the part it is in. */
  where: Map<string, Part>
  position: number | null
}

/**
 * The embedded text index: MiniSearch in parts, kept in `dir`. A stored index that is missing, damaged or of another
 * version starts empty, with position null: the outbox then rebuilds it.
 */
export async function createMiniSearchIndex(options: MiniSearchOptions): Promise<SearchIndex> {
  const { dir, isProtected = () => false, storeAfterMs = 5_000, onTrouble = () => {} } = options
  let live = await readStored(dir, onTrouble)
  let partNumber = dir === null ? 1 : await nextPartNumber(dir)
  let storeTimer: NodeJS.Timeout | null = null
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
    storeTimer = setTimeout(() => {
      storeTimer = null
      void inTurn(store).catch(() => {})
    }, storeAfterMs).unref()
  }

  async function store(): Promise<void> {
    if (dir === null) return
    try {
      for (const part of live.parts) {
        if (part.stored !== null) continue
        part.stored = await writePart(dir, partNumber++, storedSegment(part.segment))
        await breathe()
      }
      const parts = live.parts.map(({ stored }) => stored).filter((stored) => stored !== null)
      await writeManifest(dir, { version: VERSION, position: live.position, parts })
      unstored = null
    } catch (cause) {
      unstored = new IndexError(`the search index could not be stored in ${dir}`, { cause })
      onTrouble(unstored)
      storeLater()
    }
  }

  return {
    search: async (text, { limit, signal }) => {
      if (closed) throw new IndexError('the index is closed')
      signal?.throwIfAborted()
      return scored(find(live, readTextQuery(text, isProtected)), limit)
    },
    put: (documents) =>
      inTurn(async () => {
        await putAll(live, documents)
        storeLater()
      }),
    remove: (ids) =>
      inTurn(async () => {
        for (const id of ids) removeOne(live, id)
        storeLater()
      }),
    hashes: async () => new Map(live.parts.flatMap(({ segment }) => [...segment.hashes])),
    position: async () => live.position,
    setPosition: (sequence) =>
      inTurn(async () => {
        live.position = sequence
        storeLater()
      }),
    rebuild: async (documents, { position, swapping = (swap) => swap(), signal }) => {
      const next = emptyContents(position)
      for await (const batch of documents) {
        signal?.throwIfAborted()
        await putAll(next, batch)
      }
      await swapping(() =>
        inTurn(async () => {
          live = next
          storeLater()
        }),
      )
      return { documents: next.where.size }
    },
    health: async () => ({ ok: !closed, documents: live.where.size, detail: unstored?.message ?? null }),
    close: async () => {
      if (closed) return
      if (storeTimer !== null) clearTimeout(storeTimer)
      const lastStore = inTurn(store)
      closed = true
      await lastStore
    },
  }
}

async function readStored(dir: string | null, onTrouble: (error: IndexError) => void): Promise<Contents> {
  if (dir === null) return emptyContents(null)
  try {
    const manifest = await readManifest(dir, VERSION)
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

function emptyContents(position: number | null): Contents {
  return { parts: [], where: new Map(), position }
}

async function putAll(contents: Contents, documents: IndexDocument[]): Promise<void> {
  let sliceStart = performance.now()
  for (const document of documents) {
    const part = contents.where.get(document.id) ?? partWithRoom(contents)
    part.stored = null
    putInSegment(part.segment, document)
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

function find({ parts }: Contents, { numbers, words }: TextQuery): TextHit[] {
  const segments = parts.map(({ segment }) => segment)
  if (numbers.length > 0) return withNumbers(segments, new Set(numbers))
  if (words.length === 0) return []
  const lookups = words.map((word, at) => lookupOf(segments, word, at === words.length - 1))
  const all = segments.flatMap((segment) => searchSegment(segment, lookups, 'AND'))
  return all.length > 0 || words.length === 1 ? all : holdingHalf(segments, words, lookups)
}

function withNumbers(segments: Segment[], numbers: Set<string>): TextHit[] {
  return segments.flatMap((segment) =>
    [...segment.numbers]
      .filter(([, own]) => own.some((number) => numbers.has(number)))
      .map(([id]) => ({ id, score: 1 })),
  )
}

/** Only the last word may be unfinished; a word is taken for a typing error only when (almost) no trial holds it. */
function lookupOf(segments: Segment[], word: QueryWord, isLast: boolean): WordLookup {
  const { forms, exact, term } = word
  if (exact) return { forms, prefix: false, typos: 0 }
  const known = isKnown(segments, forms)
  const prefix = (isLast && term.length >= 3) || (!known && term.length >= 4)
  return { forms, prefix, typos: known ? 0 : typosIn(term) }
}

function isKnown(segments: Segment[], forms: string[]): boolean {
  let holders = 0
  for (const segment of segments) {
    holders += searchSegment(segment, [{ forms, prefix: false, typos: 0 }], 'OR').length
    if (holders >= KNOWN_FROM) return true
  }
  return false
}

function typosIn(term: string): number {
  if (term.length < 5) return 0
  return term.length < 12 ? 1 : 2
}

/** Trials that hold at least half of the words, all the exact ones among them; joined words count by their first piece. */
function holdingHalf(segments: Segment[], words: QueryWord[], lookups: WordLookup[]): SegmentHit[] {
  const wider = words.map(({ loose, exact }, at) => {
    const lookup = lookups[at] ?? { forms: [], prefix: false, typos: 0 }
    return { ...lookup, forms: loose === null ? lookup.forms : [...lookup.forms, loose], exact }
  })
  const hits = segments.flatMap((segment) => searchSegment(segment, wider, 'OR'))
  return hits.flatMap((hit) => {
    const found = new Set(hit.forms)
    const held = wider.filter(({ forms }) => forms.some((form) => found.has(form)))
    const lacksExact = wider.some((word) => word.exact && !held.includes(word))
    if (lacksExact || held.length * 2 < wider.length) return []
    return [{ ...hit, score: hit.score * (held.length / wider.length) ** 2 }]
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
