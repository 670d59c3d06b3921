import { createPace } from '../db/batches.ts'
import { lockTrials } from '../db/changes.ts'
import type { Database } from '../db/database.ts'
import { quarantineRecords, releaseRecords } from '../db/quarantine.ts'
import { type RecordHead, recordHeads } from '../db/record-heads.ts'
import { putRecords, seenRecords } from '../db/records.ts'
import type { MergeRecords, RecordSite } from '../domain/trial.ts'
import { type AbsenceCount, checkFields } from './guards.ts'
import type { RefusedLink } from './identity.ts'
import { hashOf, NORMALISER_VERSION, type Prepared, prepare } from './prepare.ts'
import { relink } from './relink.ts'
import type { RawRecord, RegistrySource } from './source.ts'
import type { Tally } from './tally.ts'

/** What the stages of one run share. */
export interface RunContext {
  db: Database
  source: RegistrySource
  locate: (site: RecordSite) => RecordSite
  merge: MergeRecords
  now: () => Date
  /** Null outside a run: when what is stored is read anew. */
  runId: number | null
  tally: Tally
  /** Absent fields of what came in so far, and of what was held before. */
  changed: AbsenceCount
  held: AbsenceCount
  /** Told of links between records that were not made. */
  onRefusedLinks?: (links: RefusedLink[]) => void
}

/** A batch that is ready to be written. */
export interface PreparedBatch {
  /** What we hold of the records in the batch. */
  heads: Map<string, RecordHead>
  unchanged: string[]
  prepared: Prepared[]
}

/** Compare with what we hold, and normalise and locate what is new, changed, or was read by an older normaliser. */
export async function prepareBatch(context: RunContext, batch: RawRecord[]): Promise<PreparedBatch> {
  const { db, source } = context
  // Of a record given twice in one batch the last counts.
  const unique = [...new Map(batch.map((raw) => [raw.registryId, raw])).values()]
  const ids = unique.map(({ registryId }) => registryId)
  const heads = await recordHeads(db, source.registry, ids)
  const isKnown = (raw: RawRecord) => {
    const head = heads.get(raw.registryId)
    const isCurrent = head?.normaliserVersion === NORMALISER_VERSION && head.sourceVersion === (raw.version ?? null)
    return isCurrent && head.hash === hashOf(source, raw.payload)
  }
  const pace = createPace()
  const unchanged: string[] = []
  const others: RawRecord[] = []
  for (const raw of unique) {
    if (isKnown(raw)) unchanged.push(raw.registryId)
    else others.push(raw)
    await pace()
  }
  return { heads, unchanged, prepared: await prepareAll(context, others) }
}

/** Normalise and locate each. Reading criteria takes milliseconds: between two records, requests get their turn. */
export async function prepareAll(
  { source, locate }: Pick<RunContext, 'source' | 'locate'>,
  raws: readonly RawRecord[],
): Promise<Prepared[]> {
  const pace = createPace()
  const prepared: Prepared[] = []
  for (const raw of raws) {
    prepared.push(prepare(source, locate, raw))
    await pace()
  }
  return prepared
}

/**
 * Write one batch in one transaction: records, quarantine, the trials they touch and their change rows.
 * @throws RunRefused before anything is written when a field has suddenly gone from what comes in.
 */
export async function applyBatch(context: RunContext, { heads, unchanged, prepared }: PreparedBatch): Promise<void> {
  const { db, source, merge, now, runId, tally, changed, held, onRefusedLinks } = context
  const { registry } = source
  const records = prepared.flatMap((item) => (item.kind === 'record' ? [item.record] : []))
  const refused = prepared.flatMap((item) => (item.kind === 'refused' ? [item.refused] : []))
  for (const { absent } of records) count(changed, absent)
  checkFields(changed, held)

  const ids = records.map(({ normalised }) => normalised.registryId)
  const returned = unchanged.filter((id) => heads.get(id)?.state === 'departed')
  // What was thought gone and comes back unusable stays away: its old content was confirmed to be over.
  const refusedHere = refused.map((item) => item.registryId).filter((id) => heads.get(id)?.state !== 'departed')
  const at = now()
  const trialsChanged = await db.transaction(async (tx) => {
    await lockTrials(tx)
    await seenRecords(tx, registry, [...unchanged, ...refusedHere], at)
    await putRecords(tx, records, { runId, at })
    await quarantineRecords(
      tx,
      refused.map((item) => ({ ...item, registry, runId })),
      at,
    )
    await releaseRecords(tx, registry, [...ids, ...unchanged])
    const keys = [...ids, ...returned].map((registryId) => ({ registry, registryId }))
    return relink(tx, keys, merge, at, onRefusedLinks)
  })

  for (const id of unchanged) tally.note(id, 'unchanged')
  for (const { registryId } of refused) tally.note(registryId, 'quarantined')
  for (const { normalised, hash } of records) {
    const head = heads.get(normalised.registryId)
    tally.note(normalised.registryId, head ? (head.hash === hash ? 'unchanged' : 'updated') : 'created')
  }
  tally.add({ trialsChanged })
}

function count(into: AbsenceCount, absent: string[]): void {
  into.records += 1
  for (const field of absent) into.absent[field] = (into.absent[field] ?? 0) + 1
}
