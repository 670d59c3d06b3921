import { and, desc, eq, isNull } from 'drizzle-orm'
import { REGISTRIES, type Registry } from '../domain/registry.ts'
import type { Handle } from './database.ts'
import { countQuarantine } from './quarantine.ts'
import { lastCompleteRun } from './runs.ts'
import { runs } from './schema.ts'
import { countRecords } from './stored-payloads.ts'

/** How far one registry has been read. Instants are ISO; counts of `lastComplete` are of that run. */
export interface SourceState {
  registry: Registry
  lastComplete: { endedAt: string; dataVersion: string | null; fetched: number; quarantined: number } | null
  /** A run going on now, with what it has read and what the registry announced. */
  running: { startedAt: string; fetched: number; announced: number | null } | null
  /** Records held of this registry, those confirmed gone left out, and those put aside. */
  records: number
  open: number
  quarantined: number
}

/** The state of every registry, in their order. */
export async function sourceStates(db: Handle): Promise<SourceState[]> {
  const states: SourceState[] = []
  for (const registry of REGISTRIES) states.push(await stateOf(db, registry))
  return states
}

async function stateOf(db: Handle, registry: Registry): Promise<SourceState> {
  const last = await lastCompleteRun(db, registry)
  const [running] = await db.orm
    .select({ startedAt: runs.startedAt, fetched: runs.fetched, announced: runs.announced })
    .from(runs)
    .where(and(eq(runs.registry, registry), isNull(runs.outcome)))
    .orderBy(desc(runs.id))
    .limit(1)
  const { all, open } = await countRecords(db, registry)
  return {
    registry,
    lastComplete: last && {
      endedAt: last.endedAt ?? last.startedAt,
      dataVersion: last.dataVersion,
      fetched: last.fetched,
      quarantined: last.quarantined,
    },
    running: running ? { ...running, startedAt: running.startedAt.toISOString() } : null,
    records: all,
    open,
    quarantined: await countQuarantine(db, registry),
  }
}
