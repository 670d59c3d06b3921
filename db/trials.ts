import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { findIdentifiers, type Identifier } from '../domain/identifiers.ts'
import type { Trial } from '../domain/trial.ts'
import { BATCH, createPace, DOCUMENTS, inBatches } from './batches.ts'
import { appendChanges, lockTrials } from './changes.ts'
import type { Handle, Transaction } from './database.ts'
import { type ChangeKind, sites, trialAliases, trialIdentifiers, trials } from './schema.ts'
import { hashesOf, type RowToWrite, rowOf, writeRows } from './trial-rows.ts'

/** A trial as stored. `hash` changes with the content: an ETag. */
export interface StoredTrial {
  id: string
  trial: Trial
  hash: string
  /** Some French site may still take patients: open, upcoming, by invitation, or not said. */
  open: boolean
  /** ISO instant of the last change. */
  updatedAt: string
}

/** A trial to write, with the older numbers of its records that lead to it. */
export interface TrialToPut {
  trial: Trial
  aliases?: readonly string[]
}

type TrialRow = typeof trials.$inferSelect

/**
 * The trial with this id, with an id that was joined into it, or with this registry number (any case, an EU CT number
 * with or without its resubmission). Compare `id` with what was asked to know whether it was an alias.
 * Null when there is none, or when a number is quoted by several trials and is nobody's own.
 */
export async function getTrial(db: Handle, idOrNumber: string): Promise<StoredTrial | null> {
  const id = (await idOf(db, idOrNumber.trim())) ?? idOrNumber.trim()
  const [row] = await db.orm.select().from(trials).where(eq(trials.id, id))
  return row ? stored(row) : null
}

async function idOf(db: Handle, idOrNumber: string): Promise<string | null> {
  const number = asNumber(idOrNumber)
  if (number) return idOfNumber(db, number)
  const [alias] = await db.orm.select().from(trialAliases).where(eq(trialAliases.alias, idOrNumber))
  return alias?.trialId ?? null
}

/** The text as one registry number, when it is that and nothing else. */
function asNumber(text: string): Identifier | null {
  const [number, ...others] = findIdentifiers(text)
  if (!number || others.length > 0) return null
  const rest = text.toUpperCase().replace(number.value, '')
  return rest === '' || (number.kind === 'euct' && /^-\d{2}$/.test(rest)) ? number : null
}

async function idOfNumber(db: Handle, { kind, value }: Identifier): Promise<string | null> {
  const rows = await db.orm
    .select()
    .from(trialIdentifiers)
    .where(and(eq(trialIdentifiers.kind, kind), eq(trialIdentifiers.value, value)))
  const owners = rows.filter((row) => row.own)
  const candidates = owners.length > 0 ? owners : rows
  return candidates.length === 1 ? (candidates[0]?.trialId ?? null) : null
}

/** The trials with these ids, in no order; those that do not exist are left out. */
export async function trialsByIds(db: Handle, ids: readonly string[]): Promise<StoredTrial[]> {
  const found: StoredTrial[] = []
  for await (const some of inBatches(ids, DOCUMENTS)) {
    const rows = await db.orm.select().from(trials).where(inArray(trials.id, some))
    found.push(...rows.map(stored))
  }
  return found
}

/**
 * All trials by id, in batches. Not one snapshot: read `latestSequence` before, and the changes since afterwards.
 * @param options `openOnly` leaves out the trials that certainly take nobody in France.
 */
export async function* streamTrials(
  db: Handle,
  { openOnly = false, batch = BATCH }: { openOnly?: boolean; batch?: number } = {},
): AsyncGenerator<StoredTrial[]> {
  let after = ''
  while (true) {
    const rows = await db.orm
      .select()
      .from(trials)
      .where(and(gt(trials.id, after), openOnly ? eq(trials.open, true) : undefined))
      .orderBy(asc(trials.id))
      .limit(batch)
    if (rows.length > 0) yield rows.map(stored)
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    after = last.id
  }
}

/** How many trials there are, and how many of them may still take patients in France. */
export async function countTrials(db: Handle): Promise<{ all: number; open: number }> {
  const [row] = await db.orm
    .select({ all: sql<number>`count(*)::int`, open: sql<number>`(count(*) filter (where ${trials.open}))::int` })
    .from(trials)
  return row ?? { all: 0, open: 0 }
}

const stored = ({ id, trial, hash, open, updatedAt }: TrialRow): StoredTrial => ({
  id,
  trial,
  hash,
  open,
  updatedAt: updatedAt.toISOString(),
})

/**
 * Write trials with their numbers and sites, and a change row for each that is new or different. What is the same is
 * not touched. Of a trial given twice the last counts.
 */
export async function putTrials(
  tx: Transaction,
  given: readonly TrialToPut[],
  at: Date,
): Promise<{ created: number; updated: number; unchanged: number }> {
  const unique = new Map(given.map((item) => [item.trial.id, item]))
  const pace = createPace()
  const rows: RowToWrite[] = []
  for (const item of unique.values()) {
    rows.push(rowOf(item, at))
    await pace()
  }
  await lockTrials(tx)
  const before = await hashesOf(
    tx,
    rows.map(({ row }) => row.id),
  )
  const different = rows.filter(({ row }) => before.get(row.id) !== row.hash)
  for await (const some of inBatches(different, DOCUMENTS)) await writeRows(tx, some)
  const happened = different.map(({ row }) => ({
    trialId: row.id,
    kind: (before.has(row.id) ? 'updated' : 'created') as ChangeKind,
  }))
  await appendChanges(tx, happened, at)
  const created = happened.filter(({ kind }) => kind === 'created').length
  return { created, updated: happened.length - created, unchanged: rows.length - happened.length }
}

/**
 * Take trials away, each with a change row. With `into`, the trial was joined into that one: its id and all ids that
 * led to it lead there from now on. Ids that do not exist are passed over.
 * @returns how many there were.
 */
export async function removeTrials(
  tx: Transaction,
  gone: readonly { id: string; into?: string }[],
  at: Date,
): Promise<number> {
  if (gone.length === 0) return 0
  await lockTrials(tx)
  const ids = gone.map(({ id }) => id)
  await tx.orm.delete(trialIdentifiers).where(inArray(trialIdentifiers.trialId, ids))
  await tx.orm.delete(sites).where(inArray(sites.trialId, ids))
  const removed = await tx.orm.delete(trials).where(inArray(trials.id, ids)).returning({ id: trials.id })
  for (const { id, into } of gone) {
    if (!into) continue
    await tx.orm.update(trialAliases).set({ trialId: into }).where(eq(trialAliases.trialId, id))
    await tx.orm
      .insert(trialAliases)
      .values({ alias: id, trialId: into, since: at })
      .onConflictDoUpdate({ target: trialAliases.alias, set: { trialId: into } })
  }
  await appendChanges(
    tx,
    removed.map(({ id }) => ({ trialId: id, kind: 'removed' as const })),
    at,
  )
  return removed.length
}
