import { setImmediate as breathe } from 'node:timers/promises'
import { type EnqueuedTask, type Index, Meilisearch, type Task } from 'meilisearch'
import { type Concepts, NO_CONCEPTS } from './concepts.ts'
import { errorCode, explained, explainedSearch, UNFILLED } from './meilisearch-errors.ts'
import { DocumentsRefused, type IndexDocument, IndexError, type SearchIndex, type TextHit } from './search-index.ts'
import { MEILISEARCH_SETTINGS, settingsVersion } from './settings.ts'
import { documentTerms, type TermField, termsVersion } from './terms.ts'
import { type QueryWord, readTextQuery } from './text-query.ts'

export interface MeilisearchOptions {
  /** `http://127.0.0.1:7700` */
  url: string
  /** A search-only key is enough for a process that only searches; feeding needs one that may do everything else. */
  apiKey?: string
  concepts?: Concepts
  /** First part of the names of the indexes used. */
  prefix?: string
  /** After this a search is given up: the answer then says that the text was ignored. */
  searchTimeoutMs?: number
  /** After this a request that is no search is given up. */
  requestTimeoutMs?: number
  /** After this an engine that is still working on what it was given counts as in trouble. */
  taskTimeoutMs?: number
}

/** A trial as the engine keeps it: terms, not texts. */
type EngineDocument = { id: string; kind: 'trial'; hash: string; numbers: string[] } & Record<TermField, string>
/**
 * The two documents that are no trials: how far the index follows the database, and that a rebuild was asked for.
 * They have no terms, so no search finds them, and they change places with the index they speak of.
 */
interface StateDocument {
  id: typeof POSITION_ID | typeof REBUILD_ID
  kind: 'state'
  position: number | null
}
type Stored = EngineDocument | StateDocument

const POSITION_ID = '_position'
const REBUILD_ID = '_rebuild'
const LOCALES = { fr: 'fra', en: 'eng' } as const
/** What the settings need. */
const OLDEST_VERSION = [1, 21] as const
/** An id of Meilisearch: letters, digits, `-`, `_`. */
const ID = /^[\w-]{1,511}$/
const DOCUMENTS_PER_TASK = 500
/** Tasks given at a time: the engine's queue stays short. */
const TASKS_AT_ONCE = 4
const IDS_PER_PAGE = 5_000
const TASK_POLL_MS = 20
/** How long an index of another version is kept: processes of that version may still search it during a deploy. */
const KEEP_OTHERS_MS = 24 * 3600 * 1000

/**
 * A text index in Meilisearch (1.21 or later). Nothing is asked of the engine before the first call, so that a service
 * starts without it. The index's name carries the version of its terms and settings: processes of two versions run
 * side by side, each on an index it understands.
 */
export function createMeilisearchIndex(options: MeilisearchOptions): SearchIndex {
  const { url, apiKey, concepts = NO_CONCEPTS, prefix = 'trials' } = options
  const { searchTimeoutMs = 2_000, requestTimeoutMs = 30_000, taskTimeoutMs = 300_000 } = options
  const host = new URL(url).host
  const name = `${prefix}-${settingsVersion(termsVersion(concepts))}`
  const nextName = `${name}-next`
  // Not compressed: on the same host or network, unpacking takes far longer than sending (47 → 2 ms per search).
  const common = { host: url, ...(apiKey && { apiKey }), requestInit: { headers: { 'accept-encoding': 'identity' } } }
  const searcher = new Meilisearch({ ...common, timeout: searchTimeoutMs }).index(name)
  const client = new Meilisearch({ ...common, timeout: requestTimeoutMs })
  const live = client.index<Stored>(name)
  const unfinished = new Set<number>()
  let versionChecked = false

  async function asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw explained(error, host)
    }
  }

  async function writing<T>(work: () => Promise<T>): Promise<T> {
    return asking(async () => {
      if (!versionChecked) {
        checkVersion((await client.getVersion()).pkgVersion, host)
        versionChecked = true
      }
      // Tasks whose end was not awaited (a timeout): more of them would only make the queue longer.
      for (const uid of unfinished) await endedOrUnknown(uid)
      return work()
    })
  }

  /** `waitTask` returns failed tasks too: only a succeeded one is returned here. */
  async function ended(uid: number): Promise<Task> {
    unfinished.add(uid)
    const task = await client.tasks.waitForTask(uid, { timeout: taskTimeoutMs, interval: TASK_POLL_MS })
    unfinished.delete(uid)
    return task
  }

  /** An engine that was emptied does not know the tasks of its former life. */
  async function endedOrUnknown(uid: number): Promise<void> {
    try {
      await ended(uid)
    } catch (error) {
      if (errorCode(error) !== 'task_not_found') throw error
      unfinished.delete(uid)
    }
  }

  async function done(enqueued: Promise<EnqueuedTask>): Promise<void> {
    const task = await ended((await enqueued).taskUid)
    if (task.status !== 'succeeded') throw failed(task)
  }

  /** Everything is in when this resolves, except the ids it returns: the engine does not take those. */
  async function add(index: Index<Stored>, documents: IndexDocument[]): Promise<string[]> {
    const refused = documents.filter(({ id }) => !ID.test(id)).map(({ id }) => id)
    const unique = [...new Map(documents.map((document) => [document.id, document])).values()]
    const prepared = await engineDocuments(
      unique.filter(({ id }) => ID.test(id)),
      concepts,
    )
    for (let start = 0; start < prepared.length; start += DOCUMENTS_PER_TASK * TASKS_AT_ONCE) {
      const group = prepared.slice(start, start + DOCUMENTS_PER_TASK * TASKS_AT_ONCE)
      const slices = Array.from({ length: Math.ceil(group.length / DOCUMENTS_PER_TASK) }, (_, at) =>
        group.slice(at * DOCUMENTS_PER_TASK, (at + 1) * DOCUMENTS_PER_TASK),
      )
      const given = slices.map(async (slice) => ({ slice, outcome: await give(index, slice) }))
      for (const { slice, outcome } of await Promise.all(given)) {
        const task = typeof outcome === 'number' ? await ended(outcome) : outcome
        if (task.status !== 'succeeded') refused.push(...(await addHalves(index, slice, task)))
      }
    }
    return refused
  }

  /** The number of the task, or what the engine said when it did not take the documents at all. */
  async function give(index: Index<Stored>, slice: EngineDocument[]): Promise<number | Refusal> {
    try {
      const { taskUid } = await index.addDocuments(slice, { primaryKey: 'id' })
      unfinished.add(taskUid)
      return taskUid
    } catch (error) {
      const code = errorCode(error)
      if (code === 'payload_too_large' || code === 'malformed_payload') return { status: 'failed', code, cause: error }
      throw error
    }
  }

  /** One bad document fails all that share its task: halve until it is alone. */
  async function addHalves(index: Index<Stored>, slice: EngineDocument[], task: Task | Refusal): Promise<string[]> {
    if (!isAboutDocuments(task)) throw failed(task)
    if (slice.length === 1) return slice.map(({ id }) => id)
    const middle = Math.ceil(slice.length / 2)
    const refused: string[] = []
    for (const half of [slice.slice(0, middle), slice.slice(middle)]) {
      const outcome = await give(index, half)
      const ending = typeof outcome === 'number' ? await ended(outcome) : outcome
      if (ending.status !== 'succeeded') refused.push(...(await addHalves(index, half, ending)))
    }
    return refused
  }

  async function exists(index: Index<Stored>): Promise<boolean> {
    try {
      await index.getRawInfo()
      return true
    } catch (error) {
      if (errorCode(error) === 'index_not_found') return false
      throw error
    }
  }

  async function hits(words: QueryWord[], query: string, more: object, limit: number, signal?: AbortSignal) {
    const found = await searcher.search<{ id: string }>(
      query,
      { attributesToRetrieve: ['id'], showRankingScore: true, limit, matchingStrategy: 'all', ...more },
      { ...(signal && { signal }) },
    )
    return words.length === 0 ? found.hits.map(({ id }) => ({ id, score: 1 })) : scored(found.hits)
  }

  async function removeOldIndexes(now: number): Promise<void> {
    const { results } = await client.getRawIndexes({ limit: 1000 })
    for (const { uid, updatedAt } of results) {
      const isOther = uid.startsWith(`${prefix}-`) && uid !== name && uid !== nextName
      if (isOther && now - Date.parse(updatedAt) > KEEP_OTHERS_MS) await done(client.deleteIndex(uid))
    }
  }

  return {
    name: `${host}/${name}`,
    shared: true,

    async search(text, { lang, limit, signal }) {
      signal?.throwIfAborted()
      const { numbers, words } = readTextQuery(text, lang, concepts)
      try {
        if (numbers.length > 0)
          return await hits(
            [],
            '',
            { filter: `numbers IN [${numbers.map((number) => `"${number}"`).join(', ')}]` },
            limit,
            signal,
          )
        if (words.length === 0) return []
        // Said, not detected: detecting loads a dictionary for each script that somebody types.
        const locales = [LOCALES[lang]]
        for (const { query, ...more } of attempts(words)) {
          const found = await hits(words, query, { ...more, locales }, limit, signal)
          if (found.length > 0) return found
        }
        return []
      } catch (error) {
        throw explainedSearch(error, host)
      }
    },

    put: (documents) =>
      writing(async () => {
        const refused = await add(live, documents)
        if (refused.length > 0) throw new DocumentsRefused(refused)
      }),

    remove: (ids) =>
      writing(async () => {
        const known = ids.filter((id) => ID.test(id))
        if (known.length > 0 && (await exists(live))) await done(live.deleteDocuments(known))
      }),

    hashes: () =>
      asking(async () => {
        const all = new Map<string, string>()
        if (!(await exists(live))) return all
        for (let offset = 0; ; offset += IDS_PER_PAGE) {
          const { results } = await live.getDocuments({ fields: ['id', 'hash'], limit: IDS_PER_PAGE, offset })
          for (const stored of results) if ('hash' in stored) all.set(stored.id, stored.hash)
          if (results.length < IDS_PER_PAGE) return all
        }
      }),

    position: () =>
      asking(async () => {
        if (!(await exists(live))) return null
        const { results } = await live.getDocuments({ filter: 'kind = state', fields: ['id', 'position'] })
        if (results.some(({ id }) => id === REBUILD_ID)) return null
        const [state] = results
        return state && 'position' in state ? state.position : null
      }),

    setPosition: (sequence) =>
      writing(async () => {
        if (!(await exists(live))) {
          if (sequence === null) return
          throw new IndexError(UNFILLED)
        }
        const id = sequence === null ? REBUILD_ID : POSITION_ID
        await done(live.addDocuments([{ id, kind: 'state', position: sequence }], { primaryKey: 'id' }))
      }),

    rebuild: (documents, { position, signal }) =>
      writing(async () => {
        const next = client.index<Stored>(nextName)
        if (await exists(next)) await done(client.deleteIndex(nextName))
        await done(client.createIndex(nextName, { primaryKey: 'id' }))
        await done(next.updateSettings(MEILISEARCH_SETTINGS))
        const ids = new Set<string>()
        const refused: string[] = []
        for await (const batch of documents) {
          signal?.throwIfAborted()
          for (const { id } of batch) ids.add(id)
          refused.push(...(await add(next, batch)))
        }
        signal?.throwIfAborted()
        await done(next.addDocuments([{ id: POSITION_ID, kind: 'state', position }], { primaryKey: 'id' }))
        const expected = ids.size - refused.length
        const { numberOfDocuments } = await next.getStats()
        if (numberOfDocuments !== expected + 1) {
          throw new IndexError(`the rebuilt index holds ${numberOfDocuments - 1} of ${expected} documents`)
        }
        // Both queues are empty here: servers before 1.30 lose what waits for an index that is swapped and deleted.
        const rename = !(await exists(live))
        await done(client.swapIndexes([{ indexes: [nextName, name], rename }]))
        if (!rename) await done(client.deleteIndex(nextName))
        await removeOldIndexes(Date.now())
        return { documents: expected, refused }
      }),

    async health() {
      try {
        await client.health()
        const [all, states] = [
          await searcher.search('', { limit: 0 }),
          await searcher.search('', { filter: 'kind = state' }),
        ]
        const waits = states.hits.length !== 1
        const documents = all.estimatedTotalHits - states.hits.length
        return { ok: true, documents, detail: waits ? 'the text index waits for a rebuild' : null }
      } catch (error) {
        return { ok: false, documents: 0, detail: messageOf(explained(error, host)) }
      }
    },

    close: async () => {},
  }
}

interface Refusal {
  status: 'failed'
  code: string
  cause: unknown
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The engine faults the documents, not itself (disk full, broken index). */
function isAboutDocuments(task: Task | Refusal): boolean {
  return 'code' in task || task.error?.type === 'invalid_request'
}

function failed(task: Task | Refusal): IndexError {
  if ('code' in task) return new IndexError(`Meilisearch refuses the documents (${task.code})`, { cause: task.cause })
  const said = task.error ? `${task.error.code}: ${task.error.message}` : task.status
  return new IndexError(`task ${task.uid} of Meilisearch (${task.type}) did not succeed: ${said}`, {
    task: String(task.uid),
    cause: task.error,
  })
}

function checkVersion(version: string, host: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_VERSION
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new IndexError(`Meilisearch ${version} at ${host} is too old: ${OLDEST_VERSION.join('.')} or later is needed`)
}

async function engineDocuments(documents: IndexDocument[], concepts: Concepts): Promise<EngineDocument[]> {
  const prepared: EngineDocument[] = []
  for (const [at, document] of documents.entries()) {
    const { id, hash, numbers } = document
    prepared.push({ id, kind: 'trial', hash, numbers, ...documentTerms(document, concepts) })
    if (at % 10 === 9) await breathe()
  }
  return prepared
}

/**
 * Words as they are; else forgiving; else at least half of them. The engine leaves the most frequent words out first
 * and never one in quotation marks; its `words` rule gives k of n words a score above (k − 1) / n.
 */
function attempts(words: QueryWord[]) {
  const quoted = words.map(({ term }) => `"${term}"`).join(' ')
  const forgiving = (pick: (word: QueryWord) => string) =>
    words.map((word) => (word.exact ? `"${word.term}"` : pick(word))).join(' ')
  const half = (Math.ceil(words.length / 2) - 1) / words.length
  return [
    { query: quoted },
    ...(words.every(({ exact }) => exact) ? [] : [{ query: forgiving(({ term }) => term) }]),
    {
      query: forgiving(({ term, loose }) => loose ?? term),
      matchingStrategy: 'frequency' as const,
      rankingScoreThreshold: half + 1e-6,
    },
  ]
}

/** As a share of the best. */
function scored(hits: { id: string; _rankingScore?: number }[]): TextHit[] {
  const best = hits[0]?._rankingScore ?? 1
  return hits.map(({ id, _rankingScore = 0 }) => ({ id, score: _rankingScore / best }))
}
