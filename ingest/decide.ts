import { lockTrials } from '../db/changes.ts'
import type { Database } from '../db/database.ts'
import { exclude, liftExclusion, parseRecordKey } from '../db/exclusions.ts'
import type { MergeRecords } from '../domain/trial.ts'
import { relink } from './relink.ts'

/** Record keys as text: `ctgov:NCT01234567`. Without `b` the decision is about one record. */
export interface Decision {
  a: string
  b: string | null
  reason: string
  author: string
}

/**
 * Decide that a record is not to be used, or that two records are different studies whatever numbers they share, and
 * compute the trials concerned anew, in one transaction.
 * @returns how many trials changed.
 */
export function decide(db: Database, decision: Decision, merge: MergeRecords, at: Date): Promise<number> {
  return db.transaction(async (tx) => {
    await lockTrials(tx)
    await exclude(tx, decision, at)
    return relink(tx, keysOf(decision), merge, at)
  })
}

/** Take such a decision back. Null when there was none. */
export function undecide(
  db: Database,
  { a, b }: Pick<Decision, 'a' | 'b'>,
  merge: MergeRecords,
  at: Date,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    await lockTrials(tx)
    if (!(await liftExclusion(tx, a, b))) return null
    return relink(tx, keysOf({ a, b }), merge, at)
  })
}

const keysOf = ({ a, b }: Pick<Decision, 'a' | 'b'>) => [a, ...(b === null ? [] : [b])].map(parseRecordKey)
