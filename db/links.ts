import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Handle, Transaction } from './database.ts'
import { links } from './schema.ts'

/** Why two records stand in one trial. Record keys as text, `a` before `b`. */
export interface Link {
  a: string
  b: string
  /** How it was found: `nct`, `euct`, `eudract`, `isrctn`… */
  method: string
  /** The number both name. */
  value: string
}

export interface LoggedLink extends Link {
  linkedAt: string
  /** Null while it holds. */
  unlinkedAt: string | null
}

/** The log after these records were linked anew: what no longer holds is closed, what is new is opened. */
export async function logLinks(
  tx: Transaction,
  keys: readonly string[],
  current: readonly Link[],
  at: Date,
): Promise<void> {
  const concerned = and(inArray(links.a, [...keys]), inArray(links.b, [...keys]))
  const held = await tx.orm
    .select()
    .from(links)
    .where(and(concerned, isNull(links.unlinkedAt)))
  const now = new Map(current.map((link) => [textOf(link), link]))
  const before = new Set(held.map(textOf))
  const lost = held.filter((link) => !now.has(textOf(link)))
  if (lost.length > 0)
    await tx.orm
      .update(links)
      .set({ unlinkedAt: at })
      .where(or(...lost.map(isLink)))
  const found = [...now.values()].filter((link) => !before.has(textOf(link)))
  if (found.length === 0) return
  await tx.orm
    .insert(links)
    .values(found.map(({ a, b, method, value }) => ({ a, b, method, value, linkedAt: at })))
    .onConflictDoUpdate({
      target: [links.a, links.b, links.method, links.value],
      set: { linkedAt: sql`excluded.linked_at`, unlinkedAt: null },
    })
}

/** What is written about a record: links that hold and links that held, oldest first. */
export async function linksOf(db: Handle, key: string): Promise<LoggedLink[]> {
  const rows = await db.orm
    .select()
    .from(links)
    .where(or(eq(links.a, key), eq(links.b, key)))
    .orderBy(asc(links.linkedAt), asc(links.a), asc(links.b), asc(links.method))
  return rows.map((row) => ({
    ...row,
    linkedAt: row.linkedAt.toISOString(),
    unlinkedAt: row.unlinkedAt?.toISOString() ?? null,
  }))
}

const textOf = ({ a, b, method, value }: Link) => [a, b, method, value].join(' ')

const isLink = ({ a, b, method, value }: Link) =>
  and(eq(links.a, a), eq(links.b, b), eq(links.method, method), eq(links.value, value))
