import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { BackupError, FORMAT, fileOf, KEPT_TABLES, MANIFEST, type Manifest } from './backup.ts'
import { nextTurn } from './batches.ts'
import type { Database, Transaction } from './database.ts'
import { counters, records, runs } from './schema.ts'

const ROWS = 50

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
    // Followers of the change feed keep their place: what is computed from now on comes after what they have seen.
    await tx.orm.insert(counters).values({ name: 'changes', value: manifest.sequence })
    await tx.orm.execute(
      sql`select setval(pg_get_serial_sequence('runs', 'id'), (select coalesce(max(id), 0) + 1 from runs), false)`,
    )
  })
  return manifest
}

async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8')
  } catch (cause) {
    const reason = `There is no ${MANIFEST} in ${folder}: it is not a backup, or one that was not finished.`
    throw new BackupError(reason, { cause })
  }
  const manifest = JSON.parse(text) as Manifest
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
  const lines = createInterface({
    input: createReadStream(join(folder, fileOf(name))).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let rows = 0
  let batch: string[] = []
  const insert = async () => {
    await insertRows(tx, table, batch)
    rows += batch.length
    batch = []
    await nextTurn()
  }
  for await (const line of lines) {
    batch.push(line)
    if (batch.length === ROWS) await insert()
  }
  if (batch.length > 0) await insert()
  const expected = tables[name]?.rows
  if (rows !== expected) throw new BackupError(`${fileOf(name)} has ${rows} rows, not ${expected}.`)
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
