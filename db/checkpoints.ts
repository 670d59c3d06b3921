import { asc, eq } from 'drizzle-orm'
import type { Handle } from './database.ts'
import { indexCheckpoints } from './schema.ts'

/** How far one index target has followed the changes. `detail` is the target's own business. */
export interface Checkpoint {
  target: string
  sequence: number
  detail: unknown
  updatedAt: string
}

/** Null when the target has never been fed. */
export async function readCheckpoint(db: Handle, target: string): Promise<Checkpoint | null> {
  const [row] = await db.orm.select().from(indexCheckpoints).where(eq(indexCheckpoints.target, target))
  return row ? { ...row, updatedAt: row.updatedAt.toISOString() } : null
}

/** Every index target that was ever fed, by name. */
export async function listCheckpoints(db: Handle): Promise<Checkpoint[]> {
  const rows = await db.orm.select().from(indexCheckpoints).orderBy(asc(indexCheckpoints.target))
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }))
}

/** Say that the target holds everything up to `sequence`: after the index has confirmed, never before. */
export async function writeCheckpoint(
  db: Handle,
  { target, sequence, detail = null }: { target: string; sequence: number; detail?: unknown },
  at: Date,
): Promise<void> {
  const values = { sequence, detail, updatedAt: at }
  await db.orm
    .insert(indexCheckpoints)
    .values({ target, ...values })
    .onConflictDoUpdate({ target: indexCheckpoints.target, set: values })
}
