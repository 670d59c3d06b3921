import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Registry } from '../domain/registry.ts'
import { storable } from '../domain/storable.ts'
import { BATCH } from './batches.ts'
import type { Handle, Transaction } from './database.ts'
import { quarantine } from './schema.ts'

/** A record that could not be used; instants are ISO. */
export interface Quarantined {
  registry: Registry
  registryId: string
  payload: unknown
  field: string
  reason: string
  runId: number | null
  firstAt: string
  lastAt: string
}

/** Put records aside with what was received and why. One that was there already keeps the day it came. */
export async function quarantineRecords(
  tx: Transaction,
  refused: readonly Pick<Quarantined, 'registry' | 'registryId' | 'payload' | 'field' | 'reason' | 'runId'>[],
  at: Date,
): Promise<void> {
  const rows = new Map(refused.map((item) => [`${item.registry}:${item.registryId}`, item]))
  if (rows.size === 0) return
  await tx.orm
    .insert(quarantine)
    .values([...rows.values()].map((row) => ({ ...storable(row), firstAt: at, lastAt: at })))
    .onConflictDoUpdate({
      target: [quarantine.registry, quarantine.registryId],
      set: {
        payload: sql`excluded.payload`,
        field: sql`excluded.field`,
        reason: sql`excluded.reason`,
        runId: sql`excluded.run_id`,
        lastAt: sql`excluded.last_at`,
      },
    })
}

/** These records are usable again. */
export async function releaseRecords(tx: Transaction, registry: Registry, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .delete(quarantine)
    .where(and(eq(quarantine.registry, registry), inArray(quarantine.registryId, [...ids])))
}

/** The latest first. */
export async function listQuarantine(
  db: Handle,
  { registry, limit = 100 }: { registry?: Registry; limit?: number } = {},
): Promise<Quarantined[]> {
  const rows = await db.orm
    .select()
    .from(quarantine)
    .where(registry ? eq(quarantine.registry, registry) : undefined)
    .orderBy(desc(quarantine.lastAt), quarantine.registryId)
    .limit(limit)
  return rows.map(asQuarantined)
}

/** All of a registry by number, in batches. Rows released meanwhile are no trouble. */
export async function* streamQuarantine(db: Handle, registry: Registry): AsyncGenerator<Quarantined[]> {
  let after = ''
  while (true) {
    const rows = await db.orm
      .select()
      .from(quarantine)
      .where(and(eq(quarantine.registry, registry), gt(quarantine.registryId, after)))
      .orderBy(asc(quarantine.registryId))
      .limit(BATCH)
    if (rows.length > 0) yield rows.map(asQuarantined)
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.registryId
  }
}

function asQuarantined(row: typeof quarantine.$inferSelect): Quarantined {
  return { ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }
}
