import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { RecordKey, Registry } from '../domain/registry.ts'
import { inBatches } from './batches.ts'
import { type Handle, rowsOf } from './database.ts'
import { type RecordState, records } from './schema.ts'

/** What tells whether a record changed, without its contents. */
export interface RecordHead extends RecordKey {
  hash: string
  version: number
  sourceVersion: string | null
  normaliserVersion: string
  open: boolean
  state: RecordState
  missingSince: Date | null
}

/** The heads of these records, by number; those never seen are left out. */
export async function recordHeads(
  db: Handle,
  registry: Registry,
  ids: readonly string[],
): Promise<Map<string, RecordHead>> {
  const heads = new Map<string, RecordHead>()
  for await (const some of inBatches(ids, 1000)) {
    const rows = await db.orm
      .select(HEAD)
      .from(records)
      .where(and(eq(records.registry, registry), inArray(records.registryId, some)))
    for (const row of rows) heads.set(row.registryId, row)
  }
  return heads
}

/** The heads of all records of a registry that were not confirmed gone. */
export async function heldHeads(db: Handle, registry: Registry): Promise<RecordHead[]> {
  return db.orm
    .select(HEAD)
    .from(records)
    .where(and(eq(records.registry, registry), inArray(records.state, ['present', 'missing'])))
    .orderBy(asc(records.registryId))
}

/** The columns of a RecordHead. */
export const HEAD = {
  registry: records.registry,
  registryId: records.registryId,
  hash: records.hash,
  version: records.version,
  sourceVersion: records.sourceVersion,
  normaliserVersion: records.normaliserVersion,
  open: records.open,
  state: records.state,
  missingSince: records.missingSince,
}

/** Number → the registry's own stamp of the state we hold, where there is one and the record was not confirmed gone. */
export async function sourceVersions(db: Handle, registry: Registry): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; version: string }>(
    db,
    sql`select registry_id as id, source_version as version from ${records}
        where registry = ${registry} and source_version is not null and state <> 'departed'`,
  )
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Number → the last day the registry says the record was touched, of those we hold. */
export async function sourceDates(
  db: Handle,
  registry: Registry,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const dates = new Map<string, string | null>()
  for await (const some of inBatches(ids, 1000)) {
    const rows = await db.orm
      .select({ registryId: records.registryId, sourceDate: records.sourceDate })
      .from(records)
      .where(and(eq(records.registry, registry), inArray(records.registryId, some)))
    for (const { registryId, sourceDate } of rows) dates.set(registryId, sourceDate)
  }
  return dates
}
