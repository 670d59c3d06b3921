import { type Index, Meilisearch } from 'meilisearch'
import { type Concepts, NO_CONCEPTS } from './concepts.ts'
import { addDocuments, isEngineId, POSITION_ID, REBUILD_ID, type Stored } from './meilisearch-documents.ts'
import { errorCode, explained, UNFILLED } from './meilisearch-errors.ts'
import { engineSearches, textHits } from './meilisearch-question.ts'
import { createSearcher } from './meilisearch-searcher.ts'
import { createTasks } from './meilisearch-tasks.ts'
import { DocumentsRefused, IndexError, type SearchIndex } from './search-index.ts'
import { MEILISEARCH_SETTINGS, settingsVersion } from './settings.ts'
import { termsVersion } from './terms.ts'

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

/** What the settings need. */
const OLDEST_VERSION = [1, 21] as const
const IDS_PER_PAGE = 5_000
/** How long an index of another version is kept: processes of that version may still search it during a deploy. */
const KEEP_OTHERS_MS = 24 * 3600 * 1000

/**
 * A text index in Meilisearch (1.21 or later). Nothing is asked of the engine before the first call, so that a service
 * starts without it. The index's name carries the version of its terms and settings: processes of two versions run
 * side by side, each on an index it understands.
 */
export function createMeilisearchIndex(options: MeilisearchOptions): SearchIndex {
  const { url, apiKey, concepts = NO_CONCEPTS, prefix = 'trials' } = options
  const { searchTimeoutMs = 2_000, requestTimeoutMs = 15_000, taskTimeoutMs = 300_000 } = options
  const host = new URL(url).host
  const name = `${prefix}-${settingsVersion(termsVersion(concepts))}`
  const nextName = `${name}-next`
  const key = apiKey ? { apiKey } : {}
  const searcher = createSearcher({ url, ...key, index: name, timeoutMs: searchTimeoutMs })
  const requestInit = { headers: { 'accept-encoding': 'identity' } }
  const client = new Meilisearch({ host: url, ...key, requestInit, timeout: requestTimeoutMs })
  const tasks = createTasks(client, taskTimeoutMs)
  const { done } = tasks
  const live = client.index<Stored>(name)
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
      await tasks.settled()
      return work()
    })
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
      for (const asked of engineSearches(text, lang, concepts)) {
        const answer = await searcher.search({ ...asked, limit }, signal)
        if (answer.hits.length > 0) return textHits(answer, asked)
      }
      return []
    },

    put: (documents) =>
      writing(async () => {
        const refused = await addDocuments({ index: live, tasks, concepts }, documents)
        if (refused.length > 0) throw new DocumentsRefused(refused)
      }),

    remove: (ids) =>
      writing(async () => {
        const known = ids.filter(isEngineId)
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
          refused.push(...(await addDocuments({ index: next, tasks, concepts }, batch)))
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
        const [all, states] = await Promise.all([
          searcher.search({ q: '', limit: 0 }),
          searcher.search({ q: '', filter: 'kind = state' }),
        ])
        const waits = states.hits.length !== 1
        const documents = all.estimatedTotalHits - states.hits.length
        return { ok: true, documents, detail: waits ? 'the text index waits for a rebuild' : null }
      } catch (error) {
        return { ok: false, documents: 0, detail: error instanceof Error ? error.message : String(error) }
      }
    },

    close: () => searcher.close(),
  }
}

function checkVersion(version: string, host: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_VERSION
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new IndexError(`Meilisearch ${version} at ${host} is too old: ${OLDEST_VERSION.join('.')} or later is needed`)
}
