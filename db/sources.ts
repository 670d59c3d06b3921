import { count } from 'drizzle-orm'
import { REGISTRIES, type Registry } from '../domain/registry.ts'
import type { Handle } from './database.ts'
import { lastCompleteRun, recentRuns } from './runs.ts'
import { records } from './schema.ts'

/** How far one registry has been read. Instants are ISO; counts of `lastComplete` are of that run. */
export interface SourceState {
  registry: Registry
  lastComplete: { endedAt: string; dataVersion: string | null; fetched: number; quarantined: number } | null
  /** A run going on now, with what it has read and what the registry announced. */
  running: { startedAt: string; fetched: number; announced: number | null } | null
  /** The last attempt met a maintenance of the registry, which ends then: it is tried again. Null when it did not. */
  pausedUntil: string | null
  /** Records of this registry in the database. */
  records: number
}

/** The state of every registry, in their order. */
export async function sourceStates(db: Handle): Promise<SourceState[]> {
  const held = await db.orm
    .select({ registry: records.registry, records: count() })
    .from(records)
    .groupBy(records.registry)
  const states: SourceState[] = []
  for (const registry of REGISTRIES) {
    const all = held.find((row) => row.registry === registry)?.records ?? 0
    states.push({ registry, ...(await runsOf(db, registry)), records: all })
  }
  return states
}

async function runsOf(db: Handle, registry: Registry) {
  const last = await lastCompleteRun(db, registry)
  const [newest] = await recentRuns(db, { registry, limit: 1 })
  const [attempt] = await recentRuns(db, { registry, limit: 1, skipped: true })
  return {
    lastComplete: last && {
      endedAt: last.endedAt ?? last.startedAt,
      dataVersion: last.dataVersion,
      fetched: last.fetched,
      quarantined: last.quarantined,
    },
    running:
      newest?.outcome === null
        ? { startedAt: newest.startedAt, fetched: newest.fetched, announced: newest.announced }
        : null,
    pausedUntil: attempt?.pausedUntil ?? null,
  }
}
