import { setImmediate as breathe } from 'node:timers/promises'
import { type Concepts, NO_CONCEPTS } from './concepts.ts'
import { type Contents, emptyContents, find, isUnfilled, putAll, removeOne, scored } from './minisearch-contents.ts'
import { IndexError, type SearchIndex } from './search-index.ts'
import { loadSegment, type StoredSegment, storedSegment } from './segment.ts'
import { nextPartNumber, readManifest, readPart, writeManifest, writePart } from './snapshot.ts'
import { termsVersion } from './terms.ts'
import { readTextQuery } from './text-query.ts'

export interface MiniSearchOptions {
  /** Folder of the stored index; null keeps it in memory only. */
  dir: string | null
  concepts?: Concepts
  /** How long writes are gathered before the index is stored. */
  storeAfterMs?: number
  /** Told when the stored index could not be read (it is rebuilt) or written (it is tried again). */
  onTrouble?: (error: IndexError) => void
}

/** While much changes, storing takes one part in so many of the time: every part that was touched is written whole. */
const STORING_SHARE = 20

const UNFILLED = 'the text index is being built'

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
