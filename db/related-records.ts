import { and, asc, inArray, type SQL, sql } from 'drizzle-orm'
import type { RecordKey } from '../domain/registry.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { DOCUMENTS, inBatches } from './batches.ts'
import type { Handle, Transaction } from './database.ts'
import { recordKey } from './exclusions.ts'
import { anyOf } from './records.ts'
import { type RecordState, recordIdentifiers, records } from './schema.ts'

/** A record with its normalised form, and the trial it was last part of. */
export interface StoredRecord extends RecordKey {
  normalised: NormalisedRecord
  state: RecordState
  firstSeenAt: Date
  trialId: string | null
}

/**
 * These records and all that hang together with them: through a registry number that both name, or through the trial
 * they were last part of, any number of steps away. Departed ones included.
 */
export async function relatedRecords(db: Handle, keys: readonly RecordKey[]): Promise<StoredRecord[]> {
  const found = new Map<string, StoredRecord>()
  let frontier = await loadKeys(db, keys)
  while (frontier.length > 0) {
    for (const record of frontier) found.set(recordKey(record), record)
    const next = await neighbours(db, frontier)
    const fresh = new Map(next.map((key) => [recordKey(key), key]))
    frontier = await loadKeys(
      db,
      [...fresh].filter(([text]) => !found.has(text)).map(([, key]) => key),
    )
  }
  return [...found.values()].sort((a, b) => (recordKey(a) < recordKey(b) ? -1 : 1))
}

async function neighbours(db: Handle, of: StoredRecord[]): Promise<RecordKey[]> {
  const trialIds = [...new Set(of.flatMap(({ trialId }) => trialId ?? []))]
  const values = db.orm
    .select({ value: recordIdentifiers.value })
    .from(recordIdentifiers)
    .where(anyOf(recordIdentifiers, of))
  const named = await db.orm
    .selectDistinct({ registry: recordIdentifiers.registry, registryId: recordIdentifiers.registryId })
    .from(recordIdentifiers)
    .where(inArray(recordIdentifiers.value, values))
  if (trialIds.length === 0) return named
  const together = await db.orm
    .select({ registry: records.registry, registryId: records.registryId })
    .from(records)
    .where(inArray(records.trialId, trialIds))
  return [...named, ...together]
}

/** The records of these trials that count: not confirmed gone. */
export async function recordsOfTrials(db: Handle, trialIds: readonly string[]): Promise<StoredRecord[]> {
  if (trialIds.length === 0) return []
  return load(db, and(inArray(records.trialId, [...trialIds]), inArray(records.state, ['present', 'missing'])))
}

async function loadKeys(db: Handle, keys: readonly RecordKey[]): Promise<StoredRecord[]> {
  const loaded: StoredRecord[] = []
  for await (const some of inBatches(keys, DOCUMENTS)) loaded.push(...(await load(db, anyOf(records, some))))
  return loaded
}

async function load(db: Handle, where: SQL | undefined): Promise<StoredRecord[]> {
  if (!where) return []
  return db.orm
    .select({
      registry: records.registry,
      registryId: records.registryId,
      normalised: records.normalised,
      state: records.state,
      firstSeenAt: records.firstSeenAt,
      trialId: records.trialId,
    })
    .from(records)
    .where(where)
    .orderBy(asc(records.registry), asc(records.registryId))
}

/** Note which trial each record is part of. */
export async function assignRecords(
  tx: Transaction,
  assigned: readonly (RecordKey & { trialId: string })[],
): Promise<void> {
  for await (const some of inBatches(assigned, 500)) {
    const rows = sql.join(
      some.map(({ registry, registryId, trialId }) => sql`(${registry}, ${registryId}, ${trialId})`),
      sql`, `,
    )
    await tx.orm.execute(sql`
      update ${records} set trial_id = given.trial_id from (values ${rows}) as given (registry, registry_id, trial_id)
      where ${records.registry} = given.registry and ${records.registryId} = given.registry_id
        and ${records.trialId} is distinct from given.trial_id`)
  }
}
