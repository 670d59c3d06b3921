import { and, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import type { Registry } from '../domain/registry.ts'
import type { Handle } from './database.ts'
import { type RunOutcome, runs } from './schema.ts'

/** One execution of an ingest job; instants are ISO. `outcome` is null while it runs. */
export type Run = Omit<typeof runs.$inferSelect, 'startedAt' | 'endedAt' | 'pausedUntil'> & {
  startedAt: string
  endedAt: string | null
  pausedUntil: string | null
}

export type RunCounts = Pick<
  Run,
  'fetched' | 'created' | 'updated' | 'unchanged' | 'quarantined' | 'missing' | 'departed' | 'trialsChanged'
>

type RunFacts = Partial<RunCounts & Pick<Run, 'announced' | 'dataVersion' | 'nullRates' | 'alarms'>>

/** A new run; its id. */
export async function startRun(
  db: Handle,
  run: { registry: Registry; kind: Run['kind']; since: string | null; owner: string },
  at: Date,
): Promise<number> {
  const [row] = await db.orm
    .insert(runs)
    .values({ ...run, startedAt: at })
    .returning({ id: runs.id })
  if (!row) throw new Error('the run was not stored')
  return row.id
}

/** What is known so far of a run that goes on. */
export async function progressRun(db: Handle, id: number, facts: RunFacts): Promise<void> {
  if (Object.keys(facts).length > 0) await db.orm.update(runs).set(facts).where(eq(runs.id, id))
}

/** Close a run. `reason` says why in words when it is not complete. */
export async function endRun(
  db: Handle,
  id: number,
  {
    outcome,
    reason = null,
    pausedUntil = null,
    ...facts
  }: { outcome: RunOutcome; reason?: string | null; pausedUntil?: Date | null } & RunFacts,
  at: Date,
): Promise<Run> {
  const [row] = await db.orm
    .update(runs)
    .set({ ...facts, outcome, reason, pausedUntil, endedAt: at })
    .where(eq(runs.id, id))
    .returning()
  if (!row) throw new Error(`there is no run ${id}`)
  return asRun(row)
}

/**
 * Runs of this registry that never ended were killed. Call it while holding the registry's lease: then nobody else
 * is running one. Returns how many there were.
 */
export async function closeKilledRuns(db: Handle, registry: Registry, at: Date): Promise<number> {
  const rows = await db.orm
    .update(runs)
    .set({ outcome: 'interrupted', reason: 'the process ended before the run did', endedAt: at })
    .where(and(eq(runs.registry, registry), isNull(runs.outcome)))
    .returning({ id: runs.id })
  return rows.length
}

/** The last run that ended well, of the kinds given: sweeps unless said otherwise. */
export async function lastCompleteRun(
  db: Handle,
  registry: Registry,
  kinds: Run['kind'][] = ['full', 'delta'],
): Promise<Run | null> {
  const [row] = await db.orm
    .select()
    .from(runs)
    .where(and(eq(runs.registry, registry), eq(runs.outcome, 'complete'), inArray(runs.kind, kinds)))
    .orderBy(desc(runs.startedAt), desc(runs.id))
    .limit(1)
  return row ? asRun(row) : null
}

/** The newest runs first; skipped ones only where asked for. */
export async function recentRuns(
  db: Handle,
  { registry, limit = 20, skipped = false }: { registry?: Registry; limit?: number; skipped?: boolean } = {},
): Promise<Run[]> {
  const rows = await db.orm
    .select()
    .from(runs)
    .where(
      and(
        registry ? eq(runs.registry, registry) : undefined,
        skipped ? undefined : or(isNull(runs.outcome), ne(runs.outcome, 'skipped')),
      ),
    )
    .orderBy(desc(runs.id))
    .limit(limit)
  return rows.map(asRun)
}

function asRun(row: typeof runs.$inferSelect): Run {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    pausedUntil: row.pausedUntil?.toISOString() ?? null,
  }
}
