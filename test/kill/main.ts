/**
 * Kills processes at random (kill -9) while they ingest, write site statuses, feed the index and rebuild it, and says
 * what was lost: nothing must be.
 *   npm run kill -- --kills 200            several processes on PostgreSQL and Meilisearch
 *   npm run kill -- --kills 50 --embedded  one process on the embedded database and index
 *   --seed N    the same pauses again
 *   --life MS   how long a process may live once it works (6000; more on a slow machine)
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import pino from 'pino'
import { record } from '../../bench/record.ts'
import { openDatabase, openIndex } from '../../commands/open.ts'
import { ingestDeps, openSources } from '../../commands/sources.ts'
import { readConfig } from '../../config.ts'
import { latestSequence } from '../../db/changes.ts'
import { leases } from '../../db/schema.ts'
import { ingest } from '../../ingest/ingest.ts'
import { feedIndex } from '../../sync/outbox.ts'
import { checkIndex } from '../../sync/rebuild.ts'
import { inventStudies } from '../registries/invent.ts'
import { startRegistries } from '../registries/server.ts'
import { startMeilisearch } from '../support/meilisearch.ts'
import { freePort } from '../support/ports.ts'
import { startPostgres } from '../support/postgres.ts'
import { seededRandom } from '../support/random.ts'
import { READS_TYPESCRIPT } from '../support/typescript.ts'
import { type Acknowledged, differences, faultsOf } from './verdict.ts'
import { startVisitor } from './visitor.ts'

const STUDIES = 300
const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))
const SETTLE_MS = 120_000

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    life: { type: 'string', default: '6000' },
    embedded: { type: 'boolean', default: false },
  },
})
const wanted = Number(values.kills)
const longestLifeMs = Number(values.life)
const random = seededRandom(Number(values.seed))
const folder = mkdtempSync(join(tmpdir(), 'essais-kill-'))
const postgres = values.embedded ? null : await startPostgres({ durable: true })
const meilisearch = values.embedded ? null : await startMeilisearch()
const registries = await startRegistries({ ctgov: inventStudies(STUDIES) })
const env = {
  ...process.env,
  DATA_DIR: join(folder, 'data'),
  CTGOV_URL: registries.ctgovUrl,
  CTIS_URL: registries.ctisUrl,
  INGEST_CRON_CTIS: '',
  LOG_LEVEL: 'info',
  PORT: '0',
  ...(postgres && { DATABASE_URL: await postgres.createDatabase() }),
  ...(meilisearch && { MEILI_URL: meilisearch.url, MEILI_API_KEY: meilisearch.masterKey }),
}

/** A process that is started again each time it was killed; with a port of its own it is an API process. */
interface Lane {
  name: string
  args: string[]
  port?: number
}

const starting = createGate(2)
const acknowledged: Acknowledged[] = []
const asked = new Set<string>()
const killedAs: Record<string, number> = {}
const living = new Set<ChildProcess>()
let kills = 0
let ingests = 0
let lastSequence = 0

process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const apiPorts = values.embedded ? [] : [await freePort(), await freePort()]
const lanes: Lane[] = values.embedded
  ? [{ name: 'all at once', args: [CHILD, 'ingest', 'feed', 'write', 'rebuild'] }]
  : [
      { name: 'ingest', args: [CHILD, 'ingest'] },
      { name: 'ingest and feed', args: [CHILD, 'ingest', 'feed'] },
      { name: 'feed and rebuild', args: [CHILD, 'feed', 'rebuild'] },
      { name: 'write', args: [CHILD, 'write'] },
      { name: 'write and feed', args: [CHILD, 'write', 'feed'] },
      ...apiPorts.map((port) => ({ name: 'serve --role api', args: [CLI, 'serve', '--role', 'api'], port })),
      { name: 'serve --role worker', args: [CLI, 'serve', '--role', 'worker'] },
    ]
await firstRun()
const onlooker = values.embedded ? null : await openDatabase(readConfig(env))
console.log(`${STUDIES} studies read; killing begins`)
const moving = setInterval(() => registries.ctgov.put(inventStudies(STUDIES, kills).slice(0, 40)), 15_000)
const visitor = values.embedded ? null : startVisitor(apiPorts.map((port) => `http://127.0.0.1:${port}`))
const startedAt = performance.now()
await Promise.all(lanes.map(keepKilling))
const minutes = (performance.now() - startedAt) / 60_000
const visits = await visitor?.stop()
clearInterval(moving)
console.log('settling')
const faults = [...(visits?.faults ?? []), ...(await verdict())]
record(
  `Killed at random: ${values.embedded ? 'embedded' : 'PostgreSQL and Meilisearch'}`,
  Object.entries(killedAs).map(([process, killed]) => ({ process, killed })),
  [
    `${kills} processes killed with -9 in ${minutes.toFixed(1)} minutes, seed ${values.seed}; ${acknowledged.length} acknowledged status writes, ${ingests} complete runs between, up to change ${lastSequence}.`,
    ...(visits
      ? [`A client outside meanwhile: ${visits.changes} changes read in order, ${visits.searches} searches answered.`]
      : []),
    faults.length === 0
      ? 'No acknowledged write lost, none applied twice, index and database equal document by document (`reindex --check`), no gap in the change feed, records and trials as in an undisturbed run.'
      : `Faults: ${faults.slice(0, 20).join('; ')}.`,
    'Statuses are written by child processes through the store (`setSiteStatus`): no HTTP route writes yet.',
  ],
)
await onlooker?.close()
await registries.close()
await postgres?.stop()
await meilisearch?.stop()
process.exit(faults.length === 0 && kills >= wanted ? 0 : 1)

/** Starting takes most of the time: of two at once the living get something done. */
function createGate(width: number) {
  const lines: Promise<unknown>[] = Array.from({ length: width }, () => Promise.resolve())
  let turn = 0
  return {
    take<T>(work: () => Promise<T>): Promise<T> {
      const at = turn++ % width
      const result = (lines[at] ?? Promise.resolve()).then(work)
      lines[at] = result.catch(() => {})
      return result
    },
  }
}

/** Something to write of: the first reading of the registry is not disturbed. */
async function firstRun(): Promise<void> {
  const log = pino({ level: 'silent' })
  const config = readConfig(env)
  const db = await openDatabase(config)
  const sources = openSources(config, log)
  await ingest(sources.of.ctgov, ingestDeps(db, log), { owner: 'first', sweep: 'full' })
  await sources.close()
  await db.close()
}

/** Start a process, let it work for a moment, kill it, and again, until enough have been killed. */
async function keepKilling({ name, args, port = 0 }: Lane): Promise<void> {
  while (kills < wanted) {
    const { child, ended } = await starting.take(() => startProcess(args, port))
    await Promise.race([sleep(random() * longestLifeMs), ended])
    if (child.exitCode !== null) throw new Error(`${name} ended by itself with ${child.exitCode}`)
    child.kill('SIGKILL')
    await ended
    living.delete(child)
    await expireLeases(child.pid)
    kills++
    killedAs[name] = (killedAs[name] ?? 0) + 1
    if (kills % 10 === 0) console.log(`${kills} killed, ${acknowledged.length} writes acknowledged, ${ingests} runs`)
  }
}

/** Resolves when it has begun its work: a child says `ready`, a service `started` or, with a port, `listening`. */
async function startProcess(args: string[], port: number) {
  const child = spawn(process.execPath, [...READS_TYPESCRIPT, ...args], {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  living.add(child)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const begun = port > 0 ? '"listening"' : '"'
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      note(line)
      if (line.includes(begun)) resolve()
    })
    void ended.then(resolve)
  })
  return { child, ended }
}

function note(line: string): void {
  const said = JSON.parse(line) as Partial<Acknowledged> & Record<string, unknown>
  if (typeof said.asked === 'string') asked.add(said.asked)
  if (said.ingested === 'complete') ingests++
  if (typeof said.acknowledged === 'string') {
    acknowledged.push({ note: said.acknowledged, siteId: said.siteId ?? '', version: said.version ?? 0 })
  }
}

/** As if the time had passed that a dead process keeps its leases. */
async function expireLeases(pid: number | undefined): Promise<void> {
  await onlooker?.orm.delete(leases).where(sql`${leases.owner} ~ ${`:${pid}(/|$)`}`)
}

/** Let it settle undisturbed, then compare with what was acknowledged and with an undisturbed run. */
async function verdict(): Promise<string[]> {
  const log = pino({ level: 'silent' })
  const config = readConfig(env)
  const db = await openDatabase(config)
  await db.orm.delete(leases)
  const index = await openIndex(config, log)
  const sources = openSources(config, log)
  const feed = feedIndex(db, index, { owner: 'verdict' })
  const last = await ingest(sources.of.ctgov, ingestDeps(db, log), { owner: 'verdict', sweep: 'full' })
  const deadline = Date.now() + SETTLE_MS
  while (feed.state().position !== (await latestSequence(db)) && Date.now() < deadline) await sleep(50)
  lastSequence = await latestSequence(db)
  const { missing, outdated, extra } = await checkIndex(db, index)
  const undisturbed = await openDatabase({ ...config, databaseUrl: null, dataDir: join(folder, 'undisturbed') })
  await ingest(sources.of.ctgov, ingestDeps(undisturbed, log), { owner: 'verdict', sweep: 'full' })
  const found = [
    ...(acknowledged.length < kills ? ['fewer writes than kills: give the processes a longer --life'] : []),
    ...(last.outcome === 'complete' ? [] : [`the last run ended as ${last.outcome}`]),
    ...(await faultsOf(db, { acknowledged, asked })),
    ...(await differences(db, undisturbed)),
    ...[...missing, ...outdated, ...extra].map((id) => `trial ${id} differs between index and database`),
  ]
  await feed.stop()
  await sources.close()
  await index.close()
  await undisturbed.close()
  await db.close()
  return found
}
