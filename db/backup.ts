import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { latestSequence } from './changes.ts'
import { type Database, type Handle, rowsOf } from './database.ts'
import {
  exclusions,
  links,
  quarantine,
  recordHistory,
  records,
  runs,
  siteStatusAudit,
  siteStatuses,
  trialAliases,
} from './schema.ts'

/**
 * What cannot be computed again: records, decisions of the house, partners' words, the addresses once given, the
 * history. Trials, sites, numbers and the change feed are computed from these.
 */
export const KEPT_TABLES: readonly PgTable[] = [
  records,
  recordHistory,
  runs,
  quarantine,
  trialAliases,
  links,
  exclusions,
  siteStatuses,
  siteStatusAudit,
]

/** Raised when a backup written before can no longer be read in the same way. */
export const FORMAT = 1
/** Written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json'
/** Rows fetched at a time. */
const ROWS = 200

export interface Manifest {
  format: typeof FORMAT
  /** ISO instant. */
  createdAt: string
  /** Of the change feed; a restored database goes on from here. */
  sequence: number
  /** By table: how many rows, and the SHA-256 of the file as written. */
  tables: Record<string, { rows: number; sha256: string }>
}

/** The folder cannot take, or is not, a backup; the message says what to do. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
  }
}

/** The file of a table in a backup's folder. */
export function fileOf(table: string): string {
  return `${table}.ndjson.gz`
}

/**
 * Write a backup into an empty or new folder: a gzipped file of JSON lines per table and, last of all, a manifest. It
 * shows one moment, whatever is written meanwhile. Works for either database, and can be restored into either.
 * @throws BackupError when the folder is not empty.
 */
export async function backup(db: Database, folder: string, at: Date): Promise<Manifest> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) {
    throw new BackupError(`The folder ${folder} is not empty. A backup goes into a folder of its own.`)
  }
  const snapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const
  const manifest = await db.orm.transaction(async (orm) => {
    const tx: Handle = { kind: db.kind, orm }
    const tables: Manifest['tables'] = {}
    for (const table of KEPT_TABLES) {
      const name = getTableName(table)
      tables[name] = await writeTable(tx, name, join(folder, fileOf(name)))
    }
    const sequence = await latestSequence(tx)
    return { format: FORMAT, createdAt: at.toISOString(), sequence, tables } satisfies Manifest
  }, snapshot)
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

async function writeTable(tx: Handle, name: string, path: string): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  async function* counted() {
    for await (const batch of readRows(tx, name)) {
      rows += batch.length
      yield batch.map((row) => `${row}\n`).join('')
    }
  }
  async function* hashed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(counted, createGzip(), hashed, createWriteStream(path))
  return { rows, sha256: hash.digest('hex') }
}

/** Rows as JSON text made by the database itself, so that both drivers write the same. */
async function* readRows(tx: Handle, name: string): AsyncGenerator<string[]> {
  const table = sql.identifier(name)
  await tx.orm.execute(sql`declare backup no scroll cursor for select row_to_json(t)::text as line from ${table} t`)
  while (true) {
    const batch = await rowsOf<{ line: string }>(tx, sql.raw(`fetch ${ROWS} from backup`))
    if (batch.length === 0) break
    yield batch.map(({ line }) => line)
  }
  await tx.orm.execute(sql`close backup`)
}
