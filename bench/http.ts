import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { pino } from 'pino'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import { loadPlaces } from '../domain/places/places.ts'
import type { Question } from '../domain/question.ts'
import type { Trial } from '../domain/trial.ts'
import { createCatalogue } from '../search-api/catalogue.ts'
import { startServer } from '../search-api/server.ts'
import type { Store } from '../search-api/store.ts'
import { createMiniSearchIndex } from '../sync/minisearch.ts'
import { multiply } from './multiply.ts'
import { record } from './record.ts'
import { createReader, recordedStudies } from './recorded.ts'
import { drawQuestions } from './search-questions.ts'
import { steadyLoad } from './steady-load.ts'

const TRIALS = 10_000
const QUESTIONS = 400
const CONNECTIONS = 16
const SECONDS = 10
const WARM_UP_SECONDS = 5
const SHARE_OF_MAXIMUM = 2 / 3

/** What a client asks for at a time: the usual page, and a short list as a widget shows it. */
const SIZES = [20, 5]

const places = loadPlaces()
const communes = Object.keys(DEPARTEMENTS).flatMap((code) => places.inDepartement(code))
const read = createReader(places)
const recorded = [...recordedStudies('french'), ...recordedStudies('other')].map(read)

/** One process with the whole API on a corpus in memory: no database, no index, no rate limit. */
async function serve(): Promise<void> {
  const trials = [...multiply(recorded, communes, TRIALS)]
  const store = storeOf(trials)
  const catalogue = createCatalogue({ store, now: Date.now, onError: (error) => console.error(error) })
  await catalogue.start()
  let rankMs = 0
  const timed: typeof catalogue.rank = (form, question, context) => {
    const started = performance.now()
    const answer = catalogue.rank(form, question, context)
    rankMs += performance.now() - started
    return answer
  }
  const server = await startServer(
    {
      store,
      catalogue: { ...catalogue, rank: timed },
      index: await createMiniSearchIndex({ dir: null }),
      places,
      today: () => '2026-11-21',
      now: Date.now,
      config: {
        publicUrl: 'http://localhost',
        demo: true,
        requestsPerMinute: 0,
        maxEventLoopDelayMs: 0,
        trustProxy: false,
        version: 'bench',
        contact: null,
      },
      log: pino({ level: 'info' }, pino.destination('/dev/null')),
    },
    { host: '127.0.0.1', port: 0 },
  )
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1000, rankMs } satisfies Usage)
  })
  process.send?.(server.url)
}

/** What the server's process has used so far. */
interface Usage {
  cpuMs: number
  rankMs: number
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  server.send('usage')
  const [usage] = (await once(server, 'message')) as [Usage]
  return usage
}

function storeOf(trials: Trial[]): Store {
  const byId = new Map(trials.map((trial) => [trial.id, trial]))
  return {
    trial: async (id) => byId.get(id) ?? null,
    trialsByIds: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    async *streamTrials() {
      yield trials
    },
    changes: async () => [],
    latestSequence: async () => trials.length,
    sources: async () => [],
    onChange: () => () => undefined,
  }
}

async function measure(): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv })
  try {
    const [url] = (await once(server, 'message')) as [string]
    const towns = communes.filter(({ population }) => population > 20_000)
    const drawn = drawQuestions(recorded, towns, QUESTIONS).map(({ question, point }) => ({
      ...question,
      ...(point && { place: point }),
    }))
    const questions = []
    for (const question of drawn) if ((await search(url, question)).ok) questions.push(question)
    const rows = []
    for (const size of SIZES) rows.push(await measureSize(server, url, questions, size))
    record(`Search over HTTP, ${TRIALS} trials`, rows, [
      `One process answers POST /v1/search; the load (${questions.length} drawn questions, ${SECONDS} s each) takes the other core. At most: autocannon, ${CONNECTIONS} connections. Latencies: at two thirds of that, requests at moments that do not depend on the answers (Poisson), counted from when they were due. ${drawn.length - questions.length} drawn questions name a marker that the vocabulary does not know, and were left out.`,
    ])
  } finally {
    server.kill()
  }
}

function search(url: string, question: Question): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/v1/search`, { method: 'POST', headers, body: JSON.stringify(question) })
}

async function measureSize(server: ChildProcess, url: string, questions: Question[], size: number) {
  const requests = questions.map((question) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, size }),
  }))
  const run = (seconds: number) =>
    autocannon({ url: `${url}/v1/search`, connections: CONNECTIONS, duration: seconds, requests })
  await run(WARM_UP_SECONDS)
  const before = await usageOf(server)
  const full = await run(SECONDS)
  const after = await usageOf(server)
  const most = full.requests.average
  const rate = Math.round(most * SHARE_OF_MAXIMUM)
  const partial = await steadyLoad({
    url: `${url}/v1/search`,
    bodies: requests.map(({ body }) => body),
    rate,
    seconds: SECONDS,
  })
  const failed = full.non2xx + full.errors + partial.failed
  if (failed > 0) throw new Error(`${failed} requests were not answered with 200`)
  return {
    'results asked': size,
    'kB per answer': Math.round(full.throughput.average / most / 100) / 10,
    'requests/s at most': Math.round(most),
    'requests/s at two thirds': Math.round(partial.perSecond),
    'CPU ms per request': perRequest(after.cpuMs - before.cpuMs, full.requests.total),
    'of it ranking': perRequest(after.rankMs - before.rankMs, full.requests.total),
    'p50 ms': partial.p50,
    'p99 ms': partial.p99,
  }
}

const perRequest = (ms: number, requests: number): number => Math.round((100 * ms) / requests) / 100

if (process.argv[2] === 'serve') await serve()
else await measure()
