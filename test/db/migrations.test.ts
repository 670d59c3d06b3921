import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../db/connect.ts'
import { MIGRATIONS } from '../../db/constants.ts'
import { MIGRATION_LOCK } from '../../db/server.ts'
import { countTrials } from '../../db/trials.ts'
import { startChild } from '../support/child.ts'
import { describePostgres } from '../support/databases.ts'

/** What the version before cannot live with, and how a later release says that none is left: `-- contract: …`. */
const TAKES_AWAY =
  /\b(drop\s+(table|column|constraint)|rename|alter\s+column\s+\S+\s+(set\s+data\s+type|type|set\s+not\s+null))\b/i
const SAYS_SO = /^--\s*contract:\s*\S/m
const SLOW = { timeout: 90_000 }
const ADDS_MANDATORY = /add\s+column\s+(?![^;]*\bdefault\b)[^;]*\bnot\s+null\b/i

describe('the rule of rolling deploys', () => {
  const [, ...later] = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const offends = (sql: string) => (TAKES_AWAY.test(sql) || ADDS_MANDATORY.test(sql)) && !SAYS_SO.test(sql)

  test('no migration after the first takes away what the version before uses', () => {
    for (const name of later) expect(offends(readFileSync(join(MIGRATIONS, name), 'utf8')), name).toBe(false)
  })

  test.each([
    ['alter table "trials" add column "note" text;', false],
    ['alter table "trials" add column "n" integer default 0 not null;', false],
    ['create index "x" on "trials" ("open");', false],
    ['alter table "trials" add column "n" integer not null;', true],
    ['ALTER TABLE "trials" DROP COLUMN "hash";', true],
    ['ALTER TABLE "trials" RENAME COLUMN "hash" TO "sum";', true],
    ['ALTER TABLE "trials" ALTER COLUMN "open" SET NOT NULL;', true],
    ['-- contract: nothing reads it since 0.4\nALTER TABLE "trials" DROP COLUMN "hash";', false],
  ])('%s offends: %s', (sql, expected) => {
    expect(offends(sql)).toBe(expected)
  })
})

describePostgres('migrating', (server) => {
  test('waits for the process that is at it, then finds nothing left to do', SLOW, async () => {
    const url = await server().createDatabase()
    const holder = postgres(url, { max: 1 })
    onTestFinished(() => holder.end())
    await holder`select pg_advisory_lock(${MIGRATION_LOCK})`
    let opened = 0
    const opening = [1, 2].map(async () => {
      const db = await connect({ databaseUrl: url, dataDir: '' })
      opened++
      return db
    })
    const waiting = () => holder`select 1 from pg_locks where locktype = 'advisory' and not granted`
    while ((await waiting()).length < 2) await sleep(10)
    expect(opened).toBe(0)
    expect(await holder`select 1 from pg_tables where tablename = 'trials'`).toHaveLength(0)
    await holder`select pg_advisory_unlock(${MIGRATION_LOCK})`
    const databases = await Promise.all(opening)
    for (const db of databases) expect(await countTrials(db)).toEqual({ all: 0, open: 0 })
    expect(await holder`select 1 from drizzle.__drizzle_migrations`).toHaveLength(readMigrations().length)
    for (const db of databases) await db.close()
  })

  test('killed in the middle leaves nothing half done, and holds nobody up', SLOW, async () => {
    const url = await server().createDatabase()
    const watcher = postgres(url, { max: 1 })
    onTestFinished(() => watcher.end())
    for (let laterMs = 0; laterMs < 60; laterMs += 15) {
      const child = startChild('test/db/open-database.ts', ['', url])
      while ((await watcher`select 1 from pg_stat_activity where application_name = 'essais'`).length === 0)
        await sleep(1)
      await sleep(laterMs)
      await child.kill()
    }
    const db = await connect({ databaseUrl: url, dataDir: '' })
    expect(await countTrials(db)).toEqual({ all: 0, open: 0 })
    await db.close()
  })
})

function readMigrations(): unknown[] {
  return (JSON.parse(readFileSync(join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')) as { entries: unknown[] }).entries
}
