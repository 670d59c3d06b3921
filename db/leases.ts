import { and, eq, sql } from 'drizzle-orm'
import type { Handle } from './database.ts'
import { leases } from './schema.ts'

export interface Lease {
  name: string
  owner: string
  acquiredAt: string
  expiresAt: string
}

const TTL_MS = 30_000

// The database's clock: one for all processes, on whatever machine they run. Advisory locks would be simpler, but
// they always succeed in the embedded database and die with a pooled connection.
const now = sql`clock_timestamp()`
const inMs = (ms: number) => sql`clock_timestamp() + ${`${ms} milliseconds`}::interval`

/** Take the lease when it is free or has run out. `owner` names one holder at one time, never two. */
export async function acquireLease(
  db: Handle,
  { name, owner, ttlMs = TTL_MS }: { name: string; owner: string; ttlMs?: number },
): Promise<boolean> {
  const rows = await db.orm
    .insert(leases)
    .values({ name, owner, acquiredAt: now, expiresAt: inMs(ttlMs) })
    .onConflictDoUpdate({
      target: leases.name,
      set: { owner, acquiredAt: now, expiresAt: inMs(ttlMs) },
      setWhere: sql`${leases.expiresAt} < clock_timestamp()`,
    })
    .returning({ owner: leases.owner })
  return rows.length > 0
}

/** Keep it for another while. False when it ran out and somebody else took it. */
export async function renewLease(
  db: Handle,
  { name, owner, ttlMs = TTL_MS }: { name: string; owner: string; ttlMs?: number },
): Promise<boolean> {
  const rows = await db.orm
    .update(leases)
    .set({ expiresAt: inMs(ttlMs) })
    .where(and(eq(leases.name, name), eq(leases.owner, owner)))
    .returning({ owner: leases.owner })
  return rows.length > 0
}

/** Give it back. Nothing happens when it is somebody else's. */
export async function releaseLease(db: Handle, { name, owner }: { name: string; owner: string }): Promise<void> {
  await db.orm.delete(leases).where(and(eq(leases.name, name), eq(leases.owner, owner)))
}

/** Who holds it now; null when it is free. */
export async function leaseHolder(db: Handle, name: string): Promise<Lease | null> {
  const [row] = await db.orm
    .select()
    .from(leases)
    .where(and(eq(leases.name, name), sql`${leases.expiresAt} >= clock_timestamp()`))
  return row ? { ...row, acquiredAt: row.acquiredAt.toISOString(), expiresAt: row.expiresAt.toISOString() } : null
}

/**
 * Do `work` while holding the lease, renewing it three times per `ttlMs`. When it is lost all the same (a process
 * that was suspended, a database out of reach) the signal is aborted: work must be idempotent, because what it was
 * just doing may still be committed.
 * @returns what `work` returned, or who holds the lease instead.
 */
export async function withLease<T>(
  db: Handle,
  { name, owner, ttlMs = TTL_MS }: { name: string; owner: string; ttlMs?: number },
  work: (lost: AbortSignal) => Promise<T>,
): Promise<{ held: true; result: T } | { held: false; by: Lease | null }> {
  if (!(await acquireLease(db, { name, owner, ttlMs }))) return { held: false, by: await leaseHolder(db, name) }
  const lost = new AbortController()
  let sure = Date.now() + ttlMs
  const heartbeat = setInterval(async () => {
    const asked = Date.now()
    const renewed = await renewLease(db, { name, owner, ttlMs }).catch(() => null)
    if (renewed) sure = asked + ttlMs
    if (renewed === false || Date.now() > sure) lost.abort(new Error(`the lease "${name}" was lost`))
  }, ttlMs / 3)
  heartbeat.unref()
  try {
    return { held: true, result: await work(lost.signal) }
  } finally {
    clearInterval(heartbeat)
    await releaseLease(db, { name, owner }).catch(() => {})
  }
}
