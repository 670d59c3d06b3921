import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { keepHeapSmall } from '../commands/heap.ts'
import { latestSequence } from '../db/changes.ts'
import { connect } from '../db/connect.ts'
import { countTrials } from '../db/trials.ts'
import { loadPlaces } from '../domain/places/places.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { createCtgovSource } from '../ingest/ctgov/source.ts'
import { createCtisSource } from '../ingest/ctis/source.ts'
import { createHttp } from '../ingest/http.ts'
import { ingest } from '../ingest/ingest.ts'
import { createLocator } from '../ingest/locate.ts'
import { mergeRecords } from '../ingest/merge.ts'
import type { RegistrySource } from '../ingest/source.ts'
import { createCatalogue } from '../search-api/catalogue.ts'
import { createStore } from '../search-api/store.ts'
import { createMiniSearchIndex } from '../sync/minisearch.ts'
import { feedIndex } from '../sync/outbox.ts'
import type { SearchIndex } from '../sync/search-index.ts'
import { vocabularyConcepts } from '../sync/vocabulary-concepts.ts'

/** What a round of both registries did, for the process that measures. */
export interface Round {
  round: string
  runs: { registry: string; outcome: string; records: number; seconds: number }[]
  seconds: number
  cpuSeconds: number
  changes: number
  indexed: number
  heldUpMs: { p99: number; max: number }
  /** Processor time by what it went into. */
  phases: Record<string, number>
  trials: { all: number; open: number }
  database: string
}

const text = { type: 'string', default: '' } as const
const { values } = parseArgs({ options: { folder: text, ctgov: text, ctis: text } })

const phases = new Map<string, number>()
/** The same pure function, its time added up under a name. */
function timed<A extends unknown[], R>(name: string, work: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    const started = performance.now()
    const result = work(...args)
    phases.set(name, (phases.get(name) ?? 0) + performance.now() - started)
    return result
  }
}

keepHeapSmall()
// Put together as `essais serve` does, without the web server: database, text index and its feed, catalogue, ingest.
const db = await connect({ dataDir: values.folder, databaseUrl: process.env.DATABASE_URL })
const minisearch = await createMiniSearchIndex({ dir: join(values.folder, 'index'), concepts: vocabularyConcepts() })
let indexed = 0
const index: SearchIndex = {
  ...minisearch,
  put: (documents) => {
    indexed += documents.length
    return minisearch.put(documents)
  },
  remove: (ids) => {
    indexed += ids.length
    return minisearch.remove(ids)
  },
}
const feed = feedIndex(db, index, { owner: 'bench' })
const catalogue = createCatalogue({ store: createStore(db), now: Date.now, onError: (error) => console.error(error) })
await catalogue.start()

const http = createHttp({ userAgent: 'bench', requestsPerSecond: Number.POSITIVE_INFINITY })
const read = timed('criteria', readCriteria)
const ctgov = createCtgovSource({ http, baseUrl: values.ctgov, readCriteria: read })
// A maintenance window of the real registry is no reason to wait for the local one.
const { pausedUntil: _, ...ctis } = createCtisSource({ http, baseUrl: values.ctis, readCriteria: read })
const deps = {
  db,
  locate: timed('places of sites', createLocator(loadPlaces())),
  merge: timed('merge', mergeRecords),
  now: () => new Date(),
  log: { info() {}, warn() {} },
}

async function readOne(source: RegistrySource, sweep: 'full' | 'delta') {
  const started = performance.now()
  const watched = {
    ...source,
    normalise: timed('normalise, criteria included', source.normalise),
    content: timed('what counts as content', source.content),
  }
  const run = await ingest(watched, deps, { owner: 'bench', sweep })
  const seconds = (performance.now() - started) / 1000
  const outcome = run.outcome === 'complete' ? run.outcome : `${run.outcome}: ${run.reason}`
  return { registry: source.registry, outcome, records: run.fetched, seconds }
}

/** The change log read to its end by who follows it. */
async function followed(): Promise<void> {
  const last = await latestSequence(db)
  while ((feed.state().position ?? -1) < last || catalogue.state().sequence < last) await sleep(50)
}

/** Both registries at the same time, as the schedule does. */
async function round(name: string, sweep: 'full' | 'delta'): Promise<Round> {
  const before = { changes: await latestSequence(db), indexed, cpu: process.cpuUsage() }
  phases.clear()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const runs = await Promise.all([readOne(ctgov, sweep), readOne(ctis, sweep)])
  await followed()
  const seconds = (performance.now() - started) / 1000
  delay.disable()
  const { user, system } = process.cpuUsage(before.cpu)
  return {
    round: name,
    runs,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    changes: (await latestSequence(db)) - before.changes,
    indexed: indexed - before.indexed,
    heldUpMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    phases: Object.fromEntries([...phases].map(([phase, ms]) => [phase, ms / 1000])),
    trials: await countTrials(db),
    database: db.kind,
  }
}

for (const [name, sweep] of [
  ['first load', 'full'],
  ['everything again, nothing changed', 'full'],
  ['what changed: nothing', 'delta'],
] as const) {
  process.send?.(await round(name, sweep))
}
await http.close()
catalogue.close()
await feed.stop()
await index.close()
await db.close()
process.disconnect?.()
