import { and, asc, eq, inArray } from 'drizzle-orm'
import type { RecordKey, Registry } from '../domain/registry.ts'
import type { Handle, Transaction } from './database.ts'
import { exclusions } from './schema.ts'

/** A decision of the house, with its reason. With `b`: the two are never joined. Without: the record is not used. */
export interface Exclusion {
  /** Record keys as text: `ctgov:NCT01234567`. */
  a: string
  b: string | null
  reason: string
  author: string
  at: string
}

/** `ctgov:NCT01234567`: how links, exclusions and provenance name a record. */
export function recordKey({ registry, registryId }: RecordKey): string {
  return `${registry}:${registryId}`
}

/** The other way round. */
export function parseRecordKey(key: string): RecordKey {
  const colon = key.indexOf(':')
  return { registry: key.slice(0, colon) as Registry, registryId: key.slice(colon + 1) }
}

/** Decide it, or give another reason for it. A pair is the same in either order. */
export async function exclude(
  tx: Transaction,
  { a, b, reason, author }: { a: string; b: string | null; reason: string; author: string },
  at: Date,
): Promise<void> {
  const pair = ordered(a, b)
  await tx.orm
    .insert(exclusions)
    .values({ ...pair, reason, author, at })
    .onConflictDoUpdate({ target: [exclusions.a, exclusions.b], set: { reason, author, at } })
}

/** Take it back. False when there was no such decision. */
export async function liftExclusion(tx: Transaction, a: string, b: string | null): Promise<boolean> {
  const pair = ordered(a, b)
  const gone = await tx.orm
    .delete(exclusions)
    .where(and(eq(exclusions.a, pair.a), eq(exclusions.b, pair.b)))
    .returning({ a: exclusions.a })
  return gone.length > 0
}

/** Every decision that stands, by record. */
export async function listExclusions(db: Handle): Promise<Exclusion[]> {
  const rows = await db.orm.select().from(exclusions).orderBy(asc(exclusions.a), asc(exclusions.b))
  return rows.map(asExclusion)
}

/** The decisions that concern these records and no others. */
export async function exclusionsAmong(db: Handle, keys: readonly string[]): Promise<Exclusion[]> {
  if (keys.length === 0) return []
  const rows = await db.orm
    .select()
    .from(exclusions)
    .where(and(inArray(exclusions.a, [...keys]), inArray(exclusions.b, ['', ...keys])))
  return rows.map(asExclusion)
}

const ordered = (a: string, b: string | null) => (b !== null && b < a ? { a: b, b: a } : { a, b: b ?? '' })

function asExclusion(row: typeof exclusions.$inferSelect): Exclusion {
  return { ...row, b: row.b === '' ? null : row.b, at: row.at.toISOString() }
}
