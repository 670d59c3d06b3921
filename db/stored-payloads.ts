import { and, asc, eq, ne, notInArray, sql } from 'drizzle-orm'
import type { Registry } from '../domain/registry.ts'
import { BATCH } from './batches.ts'
import { type Handle, rowsOf } from './database.ts'
import { HEAD, type RecordHead } from './record-heads.ts'
import { quarantine, records } from './schema.ts'

/** Every record as received, by number, in batches: what `normalise --all` reads. */
export async function* streamPayloads(
  db: Handle,
  registry: Registry,
  batch = BATCH,
): AsyncGenerator<(RecordHead & { payload: unknown })[]> {
  let after = ''
  while (true) {
    const rows = await db.orm
      .select({ ...HEAD, payload: records.payload })
      .from(records)
      .where(and(eq(records.registry, registry), sql`${records.registryId} > ${after}`))
      .orderBy(asc(records.registryId))
      .limit(batch)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    after = last.registryId
  }
}

/** How many records of a registry are held, how many of them open, and how many lack each watched field. */
export async function countRecords(
  db: Handle,
  registry: Registry,
): Promise<{ all: number; open: number; absent: Record<string, number> }> {
  const held = sql`registry = ${registry} and state <> 'departed'`
  const [counts] = await rowsOf<{ all: number; open: number }>(
    db,
    sql`select count(*)::int as all, (count(*) filter (where open))::int as open from ${records} where ${held}`,
  )
  const absent = await rowsOf<{ field: string; count: number }>(
    db,
    sql`select field, count(*)::int as count from ${records}, unnest(absent) as field where ${held} group by field`,
  )
  return {
    all: counts?.all ?? 0,
    open: counts?.open ?? 0,
    absent: Object.fromEntries(absent.map(({ field, count }) => [field, count])),
  }
}

/**
 * How many records of a registry were read by another version of the normaliser than this. Those in quarantine do not
 * count: they keep what they last said, for this version has refused them.
 */
export async function countOutdated(db: Handle, registry: Registry, normaliserVersion: string): Promise<number> {
  const setAside = db.orm
    .select({ registryId: quarantine.registryId })
    .from(quarantine)
    .where(eq(quarantine.registry, registry))
  return db.orm.$count(
    records,
    and(
      eq(records.registry, registry),
      ne(records.normaliserVersion, normaliserVersion),
      notInArray(records.registryId, setAside),
    ),
  )
}
