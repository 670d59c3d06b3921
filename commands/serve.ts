import { type Config, readConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import { reasonOf } from '../db/errors.ts'
import { loadPlaces, type Places } from '../domain/places/places.ts'
import { createCatalogue } from '../search-api/catalogue.ts'
import { startServer } from '../search-api/server.ts'
import { createStore } from '../search-api/store.ts'
import { type FeedEvent, feedIndex } from '../sync/outbox.ts'
import type { SearchIndex } from '../sync/search-index.ts'
import { type Closer, closingAll } from './closing.ts'
import { type CommandOutput, type Run, readArguments, UsageError } from './command.ts'
import { keepHeapSmall } from './heap.ts'
import { createLog, type Log, openDatabase, openIndex } from './open.ts'
import { OWNER } from './sources.ts'
import { VERSION } from './version.ts'
import { startWorker } from './worker.ts'

const ROLES = ['all', 'api', 'worker'] as const
type Role = (typeof ROLES)[number]

/** `essais serve`: the API and the pages, the worker that reads the registries, or both. */
export const run: Run = async (args, { env, stdout, signal }) => {
  const { values } = readArguments({ args, options: { role: { type: 'string', default: 'all' } } })
  const role = readRole(values.role)
  const config = readConfig(env)
  keepHeapSmall()
  const log = createLog(config, stdout)
  const onUnclosed = (error: unknown) => log.error({ reason: reasonOf(error) }, 'could not be closed')
  return closingAll(async (closers) => {
    await start(config, { role, log, output: stdout, closers })
    await aborted(signal)
    return 0
  }, onUnclosed)
}

interface Started {
  role: Role
  log: Log
  output: CommandOutput
  /** How to close what was started, in the order of starting. */
  closers: Closer[]
}

/** Start the parts of a role, one after the other. */
async function start(config: Config, { role, log, output, closers }: Started): Promise<void> {
  const db = await openDatabase(config)
  closers.push(() => db.close())
  const index = await openIndex(config, log)
  closers.push(() => index.close())
  log.info({ role, version: VERSION, pid: process.pid, database: db.kind, index: index.name }, 'started')
  // A shared index is the workers' to feed: an API process needs no key that may write.
  if (role !== 'api' || !index.shared) {
    const feed = feedIndex(db, index, { owner: OWNER, onEvent: (event) => noteFeed(log, event) })
    closers.push(() => feed.stop())
  }
  const places = loadPlaces()
  if (role !== 'worker') await startApi(config, { db, index, places, log, closers })
  if (role !== 'api') {
    const worker = startWorker(db, config, { log, places, output })
    closers.push(() => worker.stop())
  }
}

type Api = { db: Database; index: SearchIndex; places: Places } & Pick<Started, 'log' | 'closers'>

async function startApi(config: Config, { db, index, places, log, closers }: Api): Promise<void> {
  const store = createStore(db)
  const onError = (error: unknown) => log.error({ reason: reasonOf(error) }, 'catalogue')
  const catalogue = createCatalogue({ store, now: Date.now, onError })
  closers.push(() => catalogue.close())
  const { publicUrl, demo, requestsPerMinute, contact } = config
  const trustProxy = config.trustProxy ?? false
  const shown = { publicUrl, demo, requestsPerMinute, trustProxy, version: VERSION, contact }
  const server = await startServer(
    { store, catalogue, index, places, today, now: Date.now, config: shown, log },
    config,
  )
  closers.push(() => server.close())
  log.info({ url: server.url }, 'listening')
  await catalogue.start()
}

function noteFeed(log: Log, event: FeedEvent): void {
  if (event.kind === 'trouble') {
    log.warn({ retryInMs: event.retryInMs, reason: reasonOf(event.error) }, 'search index behind')
  } else if (event.kind === 'refused') log.warn({ ids: event.ids, reason: event.error.message }, 'documents refused')
  else log.info(event, 'search index')
}

function readRole(text: string): Role {
  const role = ROLES.find((candidate) => candidate === text)
  if (!role) throw new UsageError(`--role is ${ROLES.join(', ')}, not "${text}"`)
  return role
}

const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' })

/** The day in France, ISO. */
function today(): string {
  return day.format(new Date())
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
