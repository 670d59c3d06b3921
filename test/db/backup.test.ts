import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BackupError, backup } from '../../db/backup.ts'
import { latestSequence, readChanges } from '../../db/changes.ts'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/database.ts'
import { restore } from '../../db/restore.ts'
import { lastCompleteRun, recentRuns } from '../../db/runs.ts'
import { setSiteStatus, siteStatusHistory, siteStatusOf } from '../../db/site-statuses.ts'
import { countOutdated } from '../../db/stored-payloads.ts'
import { countTrials } from '../../db/trials.ts'
import { decide } from '../../ingest/decide.ts'
import { ingest } from '../../ingest/ingest.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { normaliseAll } from '../../ingest/normalise-all.ts'
import { NORMALISER_VERSION } from '../../ingest/prepare.ts'
import { nct } from '../contract/db/given.ts'
import { quietDeps } from '../ingest/quiet-deps.ts'
import { inventedRegistries } from '../kill/invented.ts'
import { describePostgres, memoryDatabase } from '../support/databases.ts'
import { dump } from '../support/dump.ts'

const AT = new Date('2026-11-20T12:00:00.123Z')
const SLOW = { timeout: 120_000 }

let folder = ''
let opened: Database[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'essais-backup-'))
})
afterEach(async () => {
  for (const db of opened) await db.close()
  opened = []
  await rm(folder, { recursive: true, force: true })
})
const opening = async (database: Promise<Database>) => {
  const db = await database
  opened.push(db)
  return db
}

/** Two days of two registries, a partner’s word, and two records kept apart. */
async function live(db: Database): Promise<void> {
  for (const day of [1, 2] as const) {
    for (const { source } of Object.values(inventedRegistries(day))) {
      const run = await ingest(source, quietDeps(db), { owner: 'test', sweep: 'full' })
      expect(run.outcome).toBe('complete')
    }
  }
  const write = { status: 'SUSPENDED', note: 'pause é\u2028"', author: 'key', at: AT, expectedVersion: 0 } as const
  await setSiteStatus(db, { siteId: 'site-30', ...write }, mergeRecords)
  const apart = { a: `ctgov:${nct(31)}`, b: 'ctis:2023-500031-10-00', reason: 'another cohort', author: 'house' }
  await decide(db, apart, mergeRecords, AT)
}

/** What is computed is computed again, as `essais restore` does. */
async function recompute(db: Database): Promise<void> {
  for (const { source } of Object.values(inventedRegistries(2)))
    await normaliseAll(source, quietDeps(db), { owner: 'test' })
}

async function roundTrip(from: Database, to: Database): Promise<void> {
  await live(from)
  const manifest = await backup(from, folder, AT)
  expect(manifest.createdAt).toBe(AT.toISOString())
  expect(manifest.tables.records?.rows).toBe(413)
  expect(await restore(to, folder)).toEqual(manifest)
  // A process that ends here leaves it to the next worker.
  expect(await countOutdated(to, 'ctgov', NORMALISER_VERSION)).toBeGreaterThan(200)
  await recompute(to)
  expect(await countOutdated(to, 'ctgov', NORMALISER_VERSION)).toBe(0)
  const [before, after] = [await dump(from), await dump(to)]
  for (const table of Object.keys(before)) {
    if (table !== 'changes') expect(after[table], table).toEqual(before[table])
  }
  expect(await recentRuns(to)).toEqual(await recentRuns(from))
  expect(await siteStatusHistory(to)).toEqual(await siteStatusHistory(from))
  // Followers go on from where they were, and are told of every trial.
  const [first] = await readChanges(to, { since: manifest.sequence, limit: 1 })
  expect(first?.sequence).toBe(manifest.sequence + 1)
  expect((await latestSequence(to)) - manifest.sequence).toBe((await countTrials(to)).all)
  // And life goes on: the next run finds nothing new, under a number of its own.
  const last = await lastCompleteRun(to, 'ctgov')
  const { ctgov } = inventedRegistries(2)
  const next = await ingest(ctgov.source, quietDeps(to), { owner: 'test', sweep: 'full' })
  expect(next).toMatchObject({ outcome: 'complete', trialsChanged: 0, created: 0, updated: 0 })
  expect(next.id).toBeGreaterThan(last?.id ?? 0)
}

describePostgres('a backup', (server) => {
  const postgres = async () => opening(connect({ databaseUrl: await server().createDatabase(), dataDir: '' }))

  test('of the embedded database is restored into PostgreSQL', SLOW, async () => {
    await roundTrip(await opening(memoryDatabase()), await postgres())
  })

  test('of PostgreSQL is restored into the embedded database', SLOW, async () => {
    await roundTrip(await postgres(), await opening(memoryDatabase()))
  })

  test('shows one moment, whatever is written meanwhile', SLOW, async () => {
    const db = await postgres()
    await live(db)
    const write = { siteId: 'site-30', status: 'SUSPENDED', note: null, author: 'key', at: AT } as const
    let done = false
    const writing = (async () => {
      for (let version = 1; !done; version++) {
        await setSiteStatus(db, { ...write, expectedVersion: version }, mergeRecords)
      }
    })()
    await backup(db, folder, AT)
    done = true
    await writing
    const other = await postgres()
    await restore(other, folder)
    await recompute(other)
    const audit = await siteStatusHistory(other, { siteId: 'site-30' })
    expect((await siteStatusOf(other, 'site-30'))?.version).toBe(audit.length)
    expect((await siteStatusOf(db, 'site-30'))?.version).toBeGreaterThanOrEqual(audit.length)
  })
})

describe('a backup that cannot be trusted', () => {
  let db: Database
  beforeEach(async () => {
    db = await opening(memoryDatabase())
  })
  const refused = async (attempt: Promise<unknown>, pattern: RegExp) => {
    const error = await attempt.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BackupError)
    expect((error as Error).message).toMatch(pattern)
  }

  test('is refused with the reason, and nothing of it is restored', async () => {
    await refused(restore(db, join(folder, 'nowhere')), /no manifest\.json in .*not a backup/)
    await writeFile(join(folder, 'manifest.json'), '{"format":')
    await refused(restore(db, folder), /manifest\.json in .* that can be read: .* not finished/)
    await rm(join(folder, 'manifest.json'))
    await backup(db, folder, AT)
    await refused(backup(db, folder, AT), /is not empty/)

    const records = join(folder, 'records.ndjson.gz')
    const whole = await readFile(records)
    await appendFile(records, 'x')
    await refused(restore(db, folder), /records\.ndjson\.gz was changed after the backup was made/)
    await rm(records)
    await refused(restore(db, folder), /records\.ndjson\.gz cannot be read: the backup is not whole/)
    await writeFile(records, whole)

    const path = join(folder, 'manifest.json')
    const manifest = await readFile(path, 'utf8')
    await writeFile(path, manifest.replace('"format": 1', '"format": 7'))
    await refused(restore(db, folder), /has format 7; this version reads format 1/)
    await writeFile(path, manifest.replace('"rows": 0', '"rows": 1'))
    await refused(restore(db, folder), /has 0 rows, not 1/)
    await writeFile(path, manifest)

    await restore(db, folder)
    expect((await readdir(folder)).length).toBe(10)
  })

  test('is not restored over what is there', async () => {
    await backup(db, folder, AT)
    const { ctgov } = inventedRegistries(1)
    await ingest(ctgov.source, quietDeps(db), { owner: 'test' })
    await refused(restore(db, folder), /The database is not empty\. Restore into a new one/)
  })
})
