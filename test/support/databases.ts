import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { is, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { connect } from '../../db/connect.ts'
import { MIGRATIONS } from '../../db/constants.ts'
import type { Database } from '../../db/database.ts'
import { openMemory } from '../../db/embedded.ts'
import * as schema from '../../db/schema.ts'
import { postgresBinaries, startPostgres, type TestPostgres } from './postgres.ts'

/**
 * An empty database in memory, tables made. The first test run makes a template and keeps it in the temporary folder:
 * opening a copy takes a third of the time.
 */
export async function memoryDatabase(): Promise<Database> {
  const path = templatePath()
  if (existsSync(path)) return openMemory(new Blob([readFileSync(path)]))
  const db = await openMemory()
  const dump = Buffer.from(await (await db.dump()).arrayBuffer())
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, dump)
  renameSync(draft, path)
  return db
}

/** Another version of PGlite, or another migration, makes another template. */
function templatePath(): string {
  const versions = readFileSync(new URL('../../package.json', import.meta.url))
  const journal = readFileSync(join(MIGRATIONS, 'meta', '_journal.json'))
  const hash = createHash('sha256').update(versions).update(journal).digest('hex').slice(0, 12)
  return join(tmpdir(), `essais-template-${hash}.tar`)
}

/**
 * The same tests on the embedded database and on a real PostgreSQL server. `open()` gives an empty database of its
 * own each time. Without PostgreSQL's programs the second half is skipped with a printed reason; under CI it fails.
 */
export function describeEachDatabase(title: string, suite: (open: () => Promise<Database>) => void): void {
  describe(`${title} on PGlite`, () => suite(closing(memoryDatabase)))
  describePostgres(`${title} on PostgreSQL`, (server) => {
    suite(closing(async () => connect({ databaseUrl: await server().createDatabase(), dataDir: '' })))
  })
}

/** The same database with nothing in it: cheaper than another one. */
export async function emptied(db: Database): Promise<Database> {
  const tables = Object.values(schema).filter((item) => is(item, PgTable))
  await db.orm.execute(sql`truncate ${sql.join(tables, sql`, `)} restart identity`)
  return db
}

/** Tests that need a PostgreSQL server of their own. */
export function describePostgres(title: string, suite: (server: () => TestPostgres) => void): void {
  const found = postgresBinaries() !== null
  if (!found && process.env.CI) throw new Error('PostgreSQL is not installed: under CI its tests cannot be skipped')
  if (!found) console.warn(`PostgreSQL is not installed (apt-get install postgresql): skipped "${title}"`)
  describe.skipIf(!found)(title, () => {
    let server: TestPostgres | null = null
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(() => server?.stop())
    suite(() => {
      if (!server) throw new Error('the server is started by beforeAll')
      return server
    })
  })
}

/** Closes what it opened when the tests around are over. */
function closing(open: () => Promise<Database>): () => Promise<Database> {
  const opened: Database[] = []
  afterAll(async () => {
    for (const db of opened) await db.close()
  })
  return async () => {
    const db = await open()
    opened.push(db)
    return db
  }
}
