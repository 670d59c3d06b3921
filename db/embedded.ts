import { execFile } from 'node:child_process'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { CHANNEL, MIGRATIONS } from './constants.ts'
import { takeDataDir } from './data-dir.ts'
import type { Database } from './database.ts'
import { DatabaseError } from './errors.ts'
import { createListeners } from './listeners.ts'
import * as schema from './schema.ts'

/**
 * PostgreSQL inside this process, in a folder of its own. One process at a time: two on one folder destroy it,
 * hence the lock file.
 * @throws DatabaseError
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const { folder, release } = await takeDataDir(dataDir)
  try {
    return await openFolder(folder, release)
  } catch (error) {
    await release()
    throw error
  }
}

/** The files are in the system's cache; a quarter of the usual 128 MB inside the process is enough beside that. */
const START = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB']

async function openFolder(dataDir: string, release: () => Promise<void>): Promise<Database> {
  const folder = join(dataDir, 'postgres')
  if (!(await exists(folder))) await makeFolder(dataDir, folder)
  const db = await openPglite(new PGlite({ dataDir: folder, startParams: START }), release)
  // Nobody else can be at work on this folder: what is left of a process that was killed need not run out first.
  await db.orm.delete(schema.leases)
  return db
}

const run = promisify(execFile)
const MAKER = fileURLToPath(new URL('make-folder.mjs', import.meta.url))
const UNFINISHED = 'postgres.making-'

/** The folder appears whole: what was left half made, by a process that was killed, goes. */
async function makeFolder(dataDir: string, folder: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(UNFINISHED)) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  const unfinished = join(dataDir, `${UNFINISHED}${process.pid}`)
  try {
    await run(process.execPath, [MAKER, unfinished], { env: { ...process.env, NODE_OPTIONS: '' } })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(cause)
    throw new DatabaseError('unwritable', `The database could not be made in ${dataDir}: ${said}`, { cause })
  }
  await rename(unfinished, folder)
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

  const { tell, onChange, clear } = createListeners()
  await client.listen(CHANNEL, (payload) => tell(Number(payload)))

  return {
    kind: 'pglite',
    orm,
    transaction: (work) => orm.transaction((tx) => work({ kind: 'pglite', orm: tx })),
    onChange,
    async close() {
      clear()
      if (!client.closed) await client.close()
      await release()
    },
  }
}
