import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { BackupError, FORMAT, fileOf, KEPT_TABLES, MANIFEST, type Manifest } from './backup.ts'
import { nextTurn } from './batches.ts'
import type { Database, Transaction } from './database.ts'
import { counters, records, runs } from './schema.ts'

/** Rows in one statement: some two megabytes of payloads, as a rule. */
const ROWS = 50
/** No normaliser has this version: should the process end before it has read the records anew, a worker does. */
const UNREAD = ''

/**
 * Fill an empty database from a backup of either kind, in one transaction, after every file was found whole. What is
 * computed from it (trials and all that follows) is not there yet: read the stored records anew afterwards.
 * @throws BackupError when the folder is not a whole backup, or the database is not empty.
 */
export async function restore(db: Database, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const table of KEPT_TABLES) await checkFile(folder, getTableName(table), manifest)
  await db.transaction(async (tx) => {
    if ((await tx.orm.$count(records)) > 0 || (await tx.orm.$count(runs)) > 0) {
      throw new BackupError('The database is not empty. Restore into a new one: another DATA_DIR or DATABASE_URL.')
    }
    for (const table of KEPT_TABLES) await fill(tx, table, folder, manifest)
    await tx.orm.update(records).set({ normaliserVersion: UNREAD })
    // Followers of the change feed keep their place: what is computed from now on comes after what they have seen.
    await tx.orm.insert(counters).values({ name: 'changes', value: manifest.sequence })
    await tx.orm.execute(
      sql`select setval(pg_get_serial_sequence('runs', 'id'), (select coalesce(max(id), 0) + 1 from runs), false)`,
    )
  })
  return manifest
}

async function readManifest(folder: string): Promise<Manifest> {
  let manifest: Manifest
  try {
    manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'))
  } catch (cause) {
    const reason = `There is no ${MANIFEST} in ${folder} that can be read: it is not a backup, or one that was not finished.`
    throw new BackupError(reason, { cause })
  }
  if (manifest.format !== FORMAT) {
    throw new BackupError(`The backup in ${folder} has format ${manifest.format}; this version reads format ${FORMAT}.`)
  }
  return manifest
}

async function checkFile(folder: string, table: string, { tables }: Manifest): Promise<void> {
  const expected = tables[table]
  if (!expected) throw new BackupError(`The backup in ${folder} has nothing for ${table}.`)
  const path = join(folder, fileOf(table))
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (cause) {
    throw new BackupError(`${path} cannot be read: the backup is not whole.`, { cause })
  }
  if (hash.digest('hex') !== expected.sha256) throw new BackupError(`${path} was changed after the backup was made.`)
}

async function fill(tx: Transaction, table: PgTable, folder: string, { tables }: Manifest): Promise<void> {
  const name = getTableName(table)
  let rows = 0
  let batch: string[] = []
  const insert = async () => {
    await insertRows(tx, table, batch)
    rows += batch.length
    batch = []
    await nextTurn()
  }
  await pipeline(createReadStream(join(folder, fileOf(name))), createGunzip(), async (bytes: AsyncIterable<Buffer>) => {
    for await (const line of linesOf(bytes)) {
      batch.push(line)
      if (batch.length === ROWS) await insert()
    }
  })
  if (batch.length > 0) await insert()
  const expected = tables[name]?.rows
  if (rows !== expected) throw new BackupError(`${fileOf(name)} has ${rows} rows, not ${expected}.`)
}

/** What ends with a line feed, and nothing else: some versions of Node's readline also end a line at U+2028. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = pieces.pop() ?? ''
    yield* pieces
  }
  if (rest !== '') yield rest
}

async function insertRows(tx: Transaction, table: PgTable, lines: string[]): Promise<void> {
  const columns = sql.join(
    Object.values(getTableColumns(table)).map((column) => sql.identifier(column.name)),
    sql`, `,
  )
  await tx.orm.execute(sql`
    insert into ${table} (${columns}) overriding system value
    select ${columns} from json_populate_recordset(null::${table}, ${`[${lines.join(',')}]`}::json)`)
}
