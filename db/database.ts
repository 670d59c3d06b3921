import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema.ts'

/** The drizzle handle of either driver. */
export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>

/** What every store function takes: the database, or a transaction of it. */
export interface Handle {
  kind: 'pglite' | 'postgres'
  orm: Orm
}

/**
 * An open transaction. The embedded database has one session: inside `transaction(work)`, use only the handle
 * that `work` receives; a query on the database itself would wait for the transaction it is part of.
 */
export interface Transaction extends Handle {
  transaction?: never
}

export interface Database extends Handle {
  /** Run `work` in one transaction: all of it is kept, or nothing. What `work` throws is thrown again. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * Be told of new changes, soon after each commit and after each (re)connection. The number is the last sequence
   * known then, or null when it is not known. A hint, not a feed: read the feed with `readChanges`, or let
   * `followChanges` do both. Returns the function that ends it.
   */
  onChange(listener: (sequence: number | null) => void): () => void
  close(): Promise<void>
}

/**
 * The rows of a raw statement, whichever driver answers. An array is
 * not the same in all of them: ask for `to_jsonb(…)`.
 */
export async function rowsOf<Row>(db: Handle, statement: SQL): Promise<Row[]> {
  const result: unknown = await db.orm.execute(statement)
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
}
