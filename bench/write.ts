import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inBatches } from '../db/batches.ts'
import { latestSequence } from '../db/changes.ts'
import { connect } from '../db/connect.ts'
import type { Database } from '../db/database.ts'
import { countTrials, putTrials, streamTrials } from '../db/trials.ts'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import { loadPlaces } from '../domain/places/places.ts'
import type { Trial } from '../domain/trial.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { multiply } from './multiply.ts'
import { record } from './record.ts'
import { createReader, recordedStudies } from './recorded.ts'

const { values } = parseArgs({ options: { db: { type: 'string' }, trials: { type: 'string', default: '10000' } } })
const COUNT = Number(values.trials)
/** Of the trials, so many have another site status in the third round: about what a day brings. */
const CHANGED_EVERY = 100

if (values.db === undefined) {
  // Each database in a process of its own, so that the peak of one is not taken for the other's.
  for (const db of ['pglite', 'postgres']) {
    const { status } = spawnSync(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), '--db', db, '--trials', String(COUNT)],
      { stdio: 'inherit' },
    )
    if (status !== 0) process.exit(status ?? 1)
  }
} else {
  await measure(values.db)
}

async function measure(kind: string): Promise<void> {
  const trials = invented()
  const sites = trials.reduce((sum, trial) => sum + trial.sites.length, 0)
  const megabytes = trials.reduce((sum, trial) => sum + JSON.stringify(trial).length, 0) / 1e6
  const folder = await mkdtemp(join(tmpdir(), 'essais-write-'))
  const server = kind === 'postgres' ? await startPostgres({ durable: true }) : null
  const opening = performance.now()
  const db = await connect({ dataDir: folder, databaseUrl: await server?.createDatabase() })
  const openedMs = Math.round(performance.now() - opening)
  const before = process.resourceUsage().maxRSS / 1024

  const rows = [
    await round(db, 'write all', () => write(db, trials)),
    await round(db, 'write again, nothing changed', () => write(db, trials)),
    await round(db, 'write again, one in a hundred changed', () => write(db, changed(trials))),
    await round(db, 'read all', () => readAll(db)),
  ]
  const { all } = await countTrials(db)
  record(`Writing ${COUNT.toLocaleString('en')} trials: ${db.kind === 'pglite' ? 'PGlite' : 'PostgreSQL 15'}`, rows, [
    `${all} trials, ${sites} sites, ${Math.round(megabytes)} MB of JSON, in transactions of 100. Opening an empty database took ${openedMs} ms. Memory before the first write, trials included: ${Math.round(before)} MB.`,
    `CPU is of the process that writes: making rows, hashes and JSON${db.kind === 'pglite' ? ', and the database itself' : '; the rest of the time is the server’s and the disk’s'}. Held up: the longest and the 99th percentile time the event loop of the process could not turn.${db.kind === 'pglite' ? ' The embedded database computes in it.' : ' The server waits for the disk at each commit (fsync on).'}`,
  ])
  await db.close()
  await server?.stop()
  await rm(folder, { recursive: true })
}

/** Recorded studies with a French site, copied: other sites, statuses and criteria, numbers of their own. */
function invented(): Trial[] {
  const places = loadPlaces()
  const communes = Object.keys(DEPARTEMENTS).flatMap((code) => places.inDepartement(code))
  const read = createReader(places)
  const recorded = recordedStudies('french').map(read)
  return [...multiply(recorded, communes, COUNT)].map((trial, n) => {
    const registryId = `NCT92${String(n).padStart(6, '0')}`
    return { ...trial, identifiers: [{ kind: 'nct', value: registryId }] }
  })
}

function changed(trials: readonly Trial[]): Trial[] {
  return trials.map((trial, index) => {
    const [first, ...others] = trial.sites
    if (index % CHANGED_EVERY !== 0 || !first) return trial
    return { ...trial, sites: [{ ...first, status: 'SUSPENDED' as const }, ...others] }
  })
}

async function write(db: Database, trials: readonly Trial[]): Promise<number> {
  for await (const batch of inBatches(trials)) {
    await db.transaction((tx) =>
      putTrials(
        tx,
        batch.map((trial) => ({ trial })),
        new Date(),
      ),
    )
  }
  return trials.length
}

async function readAll(db: Database): Promise<number> {
  let count = 0
  for await (const batch of streamTrials(db)) count += batch.length
  return count
}

async function round(db: Database, what: string, work: () => Promise<number>) {
  const before = await latestSequence(db)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const cpu = process.cpuUsage()
  const count = await work()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  delay.disable()
  return {
    round: what,
    seconds: seconds.toFixed(1),
    'CPU s': ((user + system) / 1e6).toFixed(1),
    'trials/s': Math.round(count / seconds),
    changes: (await latestSequence(db)) - before,
    'held up ms p99': Math.round(delay.percentile(99) / 1e6),
    'held up ms max': Math.round(delay.max / 1e6),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
