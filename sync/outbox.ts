import { type Change, latestSequence, readChanges } from '../db/changes.ts'
import { readCheckpoint, writeCheckpoint } from '../db/checkpoints.ts'
import type { Database } from '../db/database.ts'
import { reasonOf } from '../db/errors.ts'
import { withLease } from '../db/leases.ts'
import { trialsByIds } from '../db/trials.ts'
import { createBell } from './bell.ts'
import { toIndexDocument } from './document.ts'
import { isAlone, keepsCheckpoint, leaseOf, rebuildIndex } from './rebuild.ts'
import { DocumentsRefused, type IndexDocument, type SearchIndex } from './search-index.ts'

export interface FeedOptions {
  /** Names this process among those that may feed the same index. */
  owner: string
  /** Changes taken at a time. */
  batch?: number
  /** How long a lost notification, or a request to rebuild, can go unseen. */
  pollMs?: number
  /** Wait after a first failure, doubled at each further one up to `longestRetryMs`. */
  firstRetryMs?: number
  longestRetryMs?: number
  leaseMs?: number
  onEvent?: (event: FeedEvent) => void
}

export type FeedEvent =
  | { kind: 'rebuilt'; documents: number; refused: string[]; position: number; tookMs: number }
  | { kind: 'refused'; ids: string[]; error: Error }
  | { kind: 'trouble'; error: unknown; retryInMs: number }
  | { kind: 'recovered' }

export interface FeedState {
  /** `standby`: another process feeds this index. `failing`: waiting to try again. */
  phase: 'starting' | 'standby' | 'following' | 'rebuilding' | 'failing'
  /** The last change that is in the index; null before it is known. */
  position: number | null
  /** Committed changes that are not in the index yet, as far as this process knows. */
  lag: number
  /** ISO instant since when there is a lag; null when there is none. */
  behindSince: string | null
  lastError: string | null
  /** Trials whose documents the engine does not take. */
  refused: string[]
}

export interface IndexFeed {
  state(): FeedState
  /** Resolves when the batch in hand is in. */
  stop(): Promise<void>
}

const BATCH = 100
const POLL_MS = 5_000
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000
/** Changes that leave the text as it was (site statuses) move the stored position at most this often. */
const POSITION_EVERY_MS = 5_000

/**
 * Keep one index up to date with the database, for as long as the process lives: changes in batches, each in the
 * index before the next is read, again after a crash; a rebuild when the index was lost, is of another version, or
 * was filled from another database (the one before a restore), or somebody asked for it (`setPosition(null)`). An
 * engine that is down is tried again with growing pauses; nothing else waits for it.
 */
export function feedIndex(db: Database, index: SearchIndex, options: FeedOptions): IndexFeed {
  const { owner, batch = BATCH, pollMs = POLL_MS, leaseMs, onEvent = () => {} } = options
  const { firstRetryMs = FIRST_RETRY_MS, longestRetryMs = LONGEST_RETRY_MS } = options
  const stopping = new AbortController()
  const bell = createBell(stopping.signal)
  const refused = new Set<string>()
  let phase: FeedState['phase'] = 'starting'
  /** What is in the index, and what the index says is in it: that may be behind. */
  let reached: number | null = null
  let stored: number | null = null
  let storedAt = 0
  let hashes: Map<string, string> | null = null
  let latest = 0
  let behindSince: Date | null = null
  let failures = 0
  let lastError: string | null = null

  const unsubscribe = db.onChange((sequence) => {
    seen(sequence ?? latest)
    bell.ring()
  })

  function seen(sequence: number): void {
    latest = Math.max(latest, sequence)
    if (reached !== null && reached >= latest) behindSince = null
    else behindSince ??= new Date()
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await exclusively(follow)) continue
        phase = 'standby'
        await bell.sleep(pollMs)
      } catch (error) {
        if (!stopping.signal.aborted) await pause(error)
      }
    }
  }

  async function exclusively(work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
    if (isAlone(db, index)) {
      await work(new AbortController().signal)
      return true
    }
    const lease = { name: leaseOf(index), owner, ...(leaseMs !== undefined && { ttlMs: leaseMs }) }
    return (await withLease(db, lease, work)).held
  }

  async function follow(lost: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, lost])
    forget(null)
    while (!signal.aborted) {
      const took = await takeBatch(signal)
      if (failures > 0) await recovered()
      if (!took && !signal.aborted) await bell.rest(pollMs)
    }
    if (!lost.aborted) await storePosition()
  }

  /** True when there was something to do: there may be more. */
  async function takeBatch(signal: AbortSignal): Promise<boolean> {
    const [position, last] = [await index.position(), await latestSequence(db)]
    // Another process wrote, or the index was lost or restored: only its own word counts.
    if (position !== stored || reached === null) forget((await isOurs()) ? position : null)
    seen(last)
    if (reached === null || reached > last) {
      await rebuild(signal)
      return true
    }
    phase = 'following'
    const changes = await readChanges(db, { since: reached, limit: batch })
    if (changes.length > 0) await apply(changes, signal)
    else await storePositionNowAndThen()
    return changes.length > 0
  }

  async function isOurs(): Promise<boolean> {
    return !keepsCheckpoint(db, index) || (await readCheckpoint(db, index.name)) !== null
  }

  async function rebuild(signal: AbortSignal): Promise<void> {
    phase = 'rebuilding'
    const startedAt = Date.now()
    const built = await rebuildIndex(db, index, { signal })
    forget(await index.position())
    refused.clear()
    for (const id of built.refused) refused.add(id)
    onEvent({ kind: 'rebuilt', ...built, tookMs: Date.now() - startedAt })
    phase = 'following'
    await publish()
  }

  async function apply(changes: Change[], signal: AbortSignal): Promise<void> {
    hashes ??= await index.hashes()
    const ids = [...new Set(changes.map(({ trialId }) => trialId))]
    const documents = (await trialsByIds(db, ids)).map(({ trial }) => toIndexDocument(trial))
    const present = new Set(documents.map(({ id }) => id))
    const different = documents.filter(({ id, hash }) => hashes?.get(id) !== hash)
    const gone = ids.filter((id) => !present.has(id))
    const removed = gone.filter((id) => hashes?.has(id))
    signal.throwIfAborted()
    if (different.length > 0) await put(different)
    if (removed.length > 0) await index.remove(removed)
    for (const { id, hash } of different) if (!refused.has(id)) hashes.set(id, hash)
    for (const id of gone) hashes.delete(id)
    for (const id of gone) refused.delete(id)
    reached = changes.at(-1)?.sequence ?? reached
    seen(latest)
    if (different.length + removed.length > 0) await storePosition()
    else await storePositionNowAndThen()
  }

  async function put(documents: IndexDocument[]): Promise<void> {
    for (const { id } of documents) refused.delete(id)
    try {
      await index.put(documents)
    } catch (error) {
      if (!(error instanceof DocumentsRefused)) throw error
      for (const id of error.ids) refused.add(id)
      onEvent({ kind: 'refused', ids: error.ids, error })
    }
  }

  async function storePositionNowAndThen(): Promise<void> {
    if (Date.now() - storedAt >= POSITION_EVERY_MS) await storePosition()
  }

  async function storePosition(): Promise<void> {
    storedAt = Date.now()
    if (reached === null || reached === stored) return
    await index.setPosition(reached)
    stored = reached
    await publish()
  }

  /** For `essais status` and other processes; the index's own position is what counts. */
  async function publish(): Promise<void> {
    if (!keepsCheckpoint(db, index)) return
    const detail = { phase, lastError, refused: [...refused] }
    const sequence = reached ?? (await readCheckpoint(db, index.name))?.sequence ?? 0
    await writeCheckpoint(db, { target: index.name, sequence, detail }, new Date())
  }

  function forget(position: number | null): void {
    reached = stored = position
    hashes = null
  }

  async function pause(error: unknown): Promise<void> {
    phase = 'failing'
    lastError = reasonOf(error)
    const longest = Math.min(firstRetryMs * 2 ** failures++, longestRetryMs)
    const retryInMs = Math.round(longest * (0.5 + Math.random() / 2))
    onEvent({ kind: 'trouble', error, retryInMs })
    await publish().catch(() => {})
    await bell.sleep(retryInMs)
  }

  async function recovered(): Promise<void> {
    failures = 0
    lastError = null
    onEvent({ kind: 'recovered' })
    await publish()
  }

  const done = run()
  return {
    state: () => ({
      phase,
      position: reached,
      lag: Math.max(0, latest - (reached ?? 0)),
      behindSince: behindSince?.toISOString() ?? null,
      lastError,
      refused: [...refused],
    }),
    async stop() {
      stopping.abort()
      unsubscribe()
      await done
    },
  }
}
