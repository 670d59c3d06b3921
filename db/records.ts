import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { IdentifierKind } from '../domain/identifiers.ts'
import { REGISTRIES, type RecordKey, type Registry } from '../domain/registry.ts'
import { storable } from '../domain/storable.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { DOCUMENTS, inBatches } from './batches.ts'
import type { Transaction } from './database.ts'
import { recordHistory, recordIdentifiers, records } from './schema.ts'

/** A record to keep: what was received and what it says. */
export interface RecordToPut {
  payload: unknown
  hash: string
  sourceVersion: string | null
  normalised: NormalisedRecord
  normaliserVersion: string
  /** Some French site of it may still take patients. */
  open: boolean
  /** Names of the watched fields it lacks. */
  absent: string[]
  /** Every registry number it names, its own and its aliases included. */
  identifiers: { kind: IdentifierKind | 'protocol'; value: string }[]
}

/**
 * Keep these contents. A content that differs from the last one counts as a new version and is noted in the history;
 * normalising the same content anew is not. Every record written is present. Of a record given twice the last counts.
 */
export async function putRecords(
  tx: Transaction,
  given: readonly RecordToPut[],
  { runId, at }: { runId: number | null; at: Date },
): Promise<void> {
  const unique = new Map(given.map((item) => [item.normalised.registryId, item]))
  for await (const some of inBatches([...unique.values()], DOCUMENTS)) await writeRecords(tx, some, runId, at)
}

async function writeRecords(tx: Transaction, given: RecordToPut[], runId: number | null, at: Date): Promise<void> {
  const isNew = sql`${records.hash} <> excluded.hash`
  const written = await tx.orm
    .insert(records)
    .values(given.map((item) => asRow(item, runId, at)))
    .onConflictDoUpdate({
      target: [records.registry, records.registryId],
      set: {
        ...copied('payload', 'sourceVersion', 'lastSeenAt', 'state', 'missingSince', ...WHAT_IT_SAYS),
        version: sql`${records.version} + case when ${isNew} then 1 else 0 end`,
        runId: sql`case when ${isNew} then excluded.run_id else ${records.runId} end`,
        fetchedAt: sql`case when ${isNew} then excluded.fetched_at else ${records.fetchedAt} end`,
      },
    })
    .returning(HISTORY)
  await tx.orm.insert(recordHistory).values(written).onConflictDoNothing()
  await writeIdentifiers(tx, given)
}

/** What records we hold say, read anew from their payload: nothing was received, so nothing else changes. */
export async function rereadRecords(tx: Transaction, given: readonly RecordToPut[], at: Date): Promise<void> {
  for await (const some of inBatches(given, DOCUMENTS)) {
    await tx.orm
      .insert(records)
      .values(some.map((item) => asRow(item, null, at)))
      .onConflictDoUpdate({ target: [records.registry, records.registryId], set: copied(...WHAT_IT_SAYS) })
    await writeIdentifiers(tx, some)
  }
}

/** The columns that follow from the payload. */
const WHAT_IT_SAYS = ['hash', 'normalised', 'normaliserVersion', 'open', 'absent', 'sourceDate'] as const

function asRow({ identifiers, ...item }: RecordToPut, runId: number | null, at: Date): typeof records.$inferInsert {
  return {
    ...storable(item),
    registry: item.normalised.registry,
    registryId: item.normalised.registryId,
    version: 1,
    runId,
    sourceDate: item.normalised.lastUpdateDate,
    firstSeenAt: at,
    fetchedAt: at,
    lastSeenAt: at,
    state: 'present',
    missingSince: null,
  }
}

const HISTORY = {
  registry: records.registry,
  registryId: records.registryId,
  version: records.version,
  hash: records.hash,
  sourceDate: records.sourceDate,
  runId: records.runId,
  fetchedAt: records.fetchedAt,
}

/** `set` entries that take the column from the row that could not be inserted. */
function copied(...columns: (keyof typeof records.$inferSelect)[]): Record<string, SQL> {
  return Object.fromEntries(columns.map((column) => [column, sql.raw(`excluded.${records[column].name}`)]))
}

async function writeIdentifiers(tx: Transaction, given: RecordToPut[]): Promise<void> {
  const keys = given.map(({ normalised }) => normalised)
  await tx.orm.delete(recordIdentifiers).where(anyOf(recordIdentifiers, keys))
  const rows = given.flatMap(({ normalised: { registry, registryId }, identifiers }) => {
    const unique = new Map(identifiers.map((identifier) => [`${identifier.kind}:${identifier.value}`, identifier]))
    return [...unique.values()].map(({ kind, value }) => ({ registry, registryId, kind, value }))
  })
  for await (const some of inBatches(rows, 1000)) await tx.orm.insert(recordIdentifiers).values(some)
}

/** The registry still lists these records as we hold them. Those that were missing, or thought gone, are back. */
export async function seenRecords(
  tx: Transaction,
  registry: Registry,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(records)
    .set({ lastSeenAt: at, state: 'present', missingSince: null })
    .where(and(eq(records.registry, registry), inArray(records.registryId, [...ids])))
}

/** A complete sweep did not list these: since when is remembered, nothing is hidden. */
export async function missRecords(
  tx: Transaction,
  registry: Registry,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  for await (const some of inBatches(ids, 1000)) {
    await tx.orm
      .update(records)
      .set({ state: 'missing', missingSince: sql`coalesce(${records.missingSince}, ${at.toISOString()}::timestamptz)` })
      .where(and(eq(records.registry, registry), inArray(records.registryId, some)))
  }
}

/** A second look confirmed that the registry does not have these any more: they count no longer. */
export async function departRecords(tx: Transaction, registry: Registry, ids: readonly string[]): Promise<void> {
  for await (const some of inBatches(ids, 1000)) {
    await tx.orm
      .update(records)
      .set({ state: 'departed' })
      .where(and(eq(records.registry, registry), inArray(records.registryId, some)))
  }
}

/** The rows of these records, in a table that names them by registry and number. Undefined when there are none. */
export function anyOf(
  table: { registry: AnyPgColumn; registryId: AnyPgColumn },
  keys: readonly RecordKey[],
): SQL | undefined {
  const ofRegistry = (registry: Registry) =>
    keys.filter((key) => key.registry === registry).map((key) => key.registryId)
  const named = REGISTRIES.map((registry) => ({ registry, ids: [...new Set(ofRegistry(registry))] }))
  const parts = named.filter(({ ids }) => ids.length > 0)
  return or(...parts.map(({ registry, ids }) => and(eq(table.registry, registry), inArray(table.registryId, ids))))
}
