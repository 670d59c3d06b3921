import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { CHANNEL, MIGRATIONS } from './constants.ts'
import type { Database } from './database.ts'
import { DatabaseError, isUnreachable } from './errors.ts'
import { createListeners } from './listeners.ts'
import * as schema from './schema.ts'
import { type WatchOptions, watchForSilence } from './watch.ts'

const POOL = 10
const CONNECT_TIMEOUT_S = 10
/** A session that was left inside a transaction would hold up every writer. */
const IDLE_IN_TRANSACTION_MS = 60_000
/** A server that is busy answers within this; an API process that waits longer for a silent one helps nobody. */
const WATCH: WatchOptions = { everyMs: 5_000, silentAfterMs: 10_000 }
/** Any number, the same in every process that migrates. */
export const MIGRATION_LOCK = 7_266_210

/**
 * A PostgreSQL server (15 or later) shared by any number of processes. When it falls silent, what was asked of it fails
 * as if it were out of reach, and new connections are made.
 * @throws DatabaseError when it is out of reach or refuses.
 */
export async function openServer(databaseUrl: string, watch = WATCH): Promise<Database> {
  await migrateUnderLock(databaseUrl)
  const { tell, onChange, clear } = createListeners()
  let session = openSession(databaseUrl, tell)
  try {
    await session.listening
  } catch (error) {
    await session.client.end({ timeout: 0 })
    throw explained(error, databaseUrl)
  }
  const watching = watchForSilence(
    () => session.client`select 1`,
    () => {
      const { client } = session
      session = openSession(databaseUrl, tell)
      // It subscribes again by itself as soon as there is a connection.
      session.listening.catch(() => {})
      void client.end({ timeout: 0 })
    },
    watch,
  )

  return {
    kind: 'postgres',
    get orm() {
      return session.orm
    },
    transaction: (work) => session.orm.transaction((tx) => work({ kind: 'postgres', orm: tx })),
    onChange,
    async close() {
      clear()
      watching.stop()
      await session.client.end({ timeout: 5 })
    },
  }
}

/**
 * A pool of connections, and the one that listens: postgres.js subscribes
 * again when it is lost, and `tell(null)` says "look".
 */
function openSession(databaseUrl: string, tell: (sequence: number | null) => void) {
  const client = connection(databaseUrl, POOL)
  const listening = client.listen(
    CHANNEL,
    (payload) => tell(Number(payload)),
    () => tell(null),
  )
  return { client, orm: drizzle({ client, schema }), listening }
}

/** Seconds before the next try: a server that restarts is found again within a second, not twenty (the default). */
const reconnectAfterS = (attempt: number) => Math.min(0.05 * 2 ** attempt, 1)

function connection(databaseUrl: string, max: number) {
  return postgres(databaseUrl, {
    max,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: reconnectAfterS,
    onnotice: () => {},
    // Drizzle reads arrays itself. postgres.js asks for their types on every new connection in a promise that nobody
    // holds: broken off there, it would end the process.
    fetch_types: false,
    connection: { application_name: 'essais', idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS },
  })
}

/** Processes that start together wait for the first: it migrates, the others find nothing left to do. */
async function migrateUnderLock(databaseUrl: string): Promise<void> {
  const client = connection(databaseUrl, 1)
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    await migrate(drizzle({ client, schema }), { migrationsFolder: MIGRATIONS })
  } catch (error) {
    throw explained(error, databaseUrl)
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** SQLSTATE: wrong password, no such role, no such database, no right. */
const REFUSED = ['28P01', '28000', '3D000', '42501']

/** The same failure as a sentence that names server and database, never the password. */
function explained(error: unknown, databaseUrl: string): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, message } = cause as { code?: string; message?: string }
  const where = described(databaseUrl)
  if (code && isUnreachable(cause)) {
    const hint = 'Check DATABASE_URL and that PostgreSQL is running.'
    return new DatabaseError('unreachable', `The database at ${where} cannot be reached (${code}). ${hint}`, { cause })
  }
  if (code && REFUSED.includes(code)) {
    const hint = 'Check user, password and database name in DATABASE_URL.'
    return new DatabaseError('refused', `The database at ${where} refuses: ${message}. ${hint}`, { cause })
  }
  return error
}

function described(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl)
    return `${url.host || 'the local socket'}${url.pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
