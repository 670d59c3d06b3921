import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { CHANNEL, MIGRATIONS } from './constants.ts'
import type { Database } from './database.ts'
import { DatabaseError, isUnreachable } from './errors.ts'
import * as schema from './schema.ts'

const POOL = 10
const CONNECT_TIMEOUT_S = 10
/** A session that was left inside a transaction would hold up every writer. */
const IDLE_IN_TRANSACTION_MS = 60_000
/** Any number, the same in every process that migrates. */
export const MIGRATION_LOCK = 7_266_210

/**
 * A PostgreSQL server (15 or later) shared by any number of processes.
 * @throws DatabaseError when it is out of reach or refuses.
 */
export async function openServer(databaseUrl: string): Promise<Database> {
  await migrateUnderLock(databaseUrl)
  const client = connection(databaseUrl, POOL)
  const orm = drizzle({ client, schema })

  const listeners = new Set<(sequence: number | null) => void>()
  const tell = (sequence: number | null) => {
    for (const listener of listeners) listener(sequence)
  }
  // postgres.js keeps one connection for this and subscribes again when it is lost: `tell(null)` then says "look".
  await client.listen(
    CHANNEL,
    (payload) => tell(Number(payload)),
    () => tell(null),
  )

  return {
    kind: 'postgres',
    orm,
    transaction: (work) => orm.transaction((tx) => work({ kind: 'postgres', orm: tx })),
    onChange(listener) {
      listeners.add(listener)
      queueMicrotask(() => listeners.has(listener) && listener(null))
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
      await client.end({ timeout: 5 })
    },
  }
}

/** Seconds before the next try: a server that restarts is found again within a second, not twenty (the default). */
const reconnectAfterS = (attempt: number) => Math.min(0.05 * 2 ** attempt, 1)

function connection(databaseUrl: string, max: number) {
  return postgres(databaseUrl, {
    max,
    connect_timeout: CONNECT_TIMEOUT_S,
    backoff: reconnectAfterS,
    onnotice: () => {},
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
