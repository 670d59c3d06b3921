import { readConfig } from '../config.ts'
import { reasonOf } from '../db/errors.ts'
import { loadPlaces } from '../domain/places/places.ts'
import { createCatalogue } from '../search-api/catalogue.ts'
import { startServer } from '../search-api/server.ts'
import { createStore } from '../search-api/store.ts'
import { type FeedEvent, feedIndex } from '../sync/outbox.ts'
import { type Run, readArguments, UsageError } from './command.ts'
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
  const closers: (() => Promise<unknown> | unknown)[] = []
  try {
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
    if (role !== 'worker') {
      const store = createStore(db)
      const onError = (error: unknown) => log.error({ reason: reasonOf(error) }, 'catalogue')
      const catalogue = createCatalogue({ store, now: Date.now, onError })
      closers.push(() => catalogue.close())
      const server = await startServer(
        {
          store,
          catalogue,
          index,
          places,
          today,
          now: Date.now,
          config: {
            publicUrl: config.publicUrl,
            demo: config.demo,
            requestsPerMinute: config.requestsPerMinute,
            trustProxy: config.trustProxy ?? false,
            version: VERSION,
            contact: config.contact,
          },
          log,
        },
        config,
      )
      closers.push(() => server.close())
      log.info({ url: server.url }, 'listening')
      await catalogue.start()
    }
    if (role !== 'api') {
      const worker = startWorker(db, config, { log, places, output: stdout })
      closers.push(() => worker.stop())
    }
    await aborted(signal)
    return 0
  } finally {
    for (const close of closers.reverse()) await close()
  }
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
