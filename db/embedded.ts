import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { CHANNEL, MIGRATIONS } from './constants.ts'
import { takeDataDir } from './data-dir.ts'
import type { Database } from './database.ts'
import * as schema from './schema.ts'

/**
 * PostgreSQL inside this process, in a folder of its own. One process at a time: two on one folder destroy it,
 * hence the lock file.
 * @throws DatabaseError
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const { folder, release } = await takeDataDir(dataDir)
  try {
    return await openFolder(join(folder, 'postgres'), release)
  } catch (error) {
    await release()
    throw error
  }
}

/** The mark says that the folder was never ready: killed while it was being made, it is made again. */
async function openFolder(folder: string, release: () => Promise<void>): Promise<Database> {
  const mark = `${folder}.unfinished`
  if (await exists(mark)) await rm(folder, { recursive: true, force: true })
  else if (!(await exists(folder))) await writeFile(mark, '')
  const db = await openPglite(new PGlite({ dataDir: folder }), release)
  await rm(mark, { force: true })
  // Nobody else can be at work on this folder: what is left of a process that was killed need not run out first.
  await db.orm.delete(schema.leases)
  return db
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A database in memory, gone when closed: for tests. `template` is a `dumpDataDir()` of an earlier one. */
export async function openMemory(template?: Blob): Promise<Database & { dump: () => Promise<Blob> }> {
  const client = new PGlite(template ? { loadDataDir: template } : {})
  const db = await openPglite(client, async () => {})
  return { ...db, dump: () => client.dumpDataDir('none') }
}

async function openPglite(client: PGlite, release: () => Promise<void>): Promise<Database> {
  await client.waitReady
  const orm = drizzle({ client, schema })
  await migrate(orm, { migrationsFolder: MIGRATIONS })

  const listeners = new Set<(sequence: number | null) => void>()
  await client.listen(CHANNEL, (payload) => {
    for (const listener of listeners) listener(Number(payload))
  })

  return {
    kind: 'pglite',
    orm,
    transaction: (work) => orm.transaction((tx) => work({ kind: 'pglite', orm: tx })),
    onChange(listener) {
      listeners.add(listener)
      queueMicrotask(() => listeners.has(listener) && listener(null))
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
      if (!client.closed) await client.close()
      await release()
    },
  }
}
