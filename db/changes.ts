import { asc, gt, sql } from 'drizzle-orm'
import { CHANNEL } from './constants.ts'
import { type Handle, rowsOf, type Transaction } from './database.ts'
import { type ChangeKind, changes, counters } from './schema.ts'

/** One thing that happened to one trial. `at` is an ISO instant. */
export interface Change {
  sequence: number
  trialId: string
  kind: ChangeKind
  at: string
}

/**
 * Wait for the turn to change records and trials, and keep it until the transaction ends. Every transaction that writes
 * them takes it first: two at once could each merge without seeing what the other brings, and taking it before any
 * other lock rules out a deadlock. Do what can be done beforehand (normalising, locating) outside the transaction.
 */
export async function lockTrials(tx: Transaction): Promise<void> {
  await countUp(tx, 0)
}

/**
 * Write change rows. Sequences come from a counter row that stays locked until the commit: they follow the order of
 * commits and leave no gap, so a reader that has seen N can never later find a row below N. Call `lockTrials` first.
 */
export async function appendChanges(
  tx: Transaction,
  happened: { trialId: string; kind: ChangeKind }[],
  at: Date,
): Promise<void> {
  if (happened.length === 0) return
  const last = await countUp(tx, happened.length)
  const first = last - happened.length + 1
  await tx.orm.insert(changes).values(happened.map((change, i) => ({ ...change, sequence: first + i, at })))
  await tx.orm.execute(sql`select pg_notify(${CHANNEL}, ${String(last)})`)
}

async function countUp(tx: Transaction, by: number): Promise<number> {
  const [row] = await tx.orm
    .insert(counters)
    .values({ name: 'changes', value: by })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + ${by}` } })
    .returning({ value: counters.value })
  return row?.value ?? 0
}

/** The changes after `since`, oldest first, at most `limit`. Start from 0 for all. */
export async function readChanges(
  db: Handle,
  { since, limit = 500 }: { since: number; limit?: number },
): Promise<Change[]> {
  const rows = await db.orm
    .select()
    .from(changes)
    .where(gt(changes.sequence, since))
    .orderBy(asc(changes.sequence))
    .limit(limit)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The sequence of the last change; 0 when there is none. */
export async function latestSequence(db: Handle): Promise<number> {
  const [row] = await rowsOf<{ value: number }>(
    db,
    sql`select value::float8 as value from ${counters} where name = 'changes'`,
  )
  return row?.value ?? 0
}
