import { count } from 'drizzle-orm'
import { type Change, latestSequence, readChanges } from '../db/changes.ts'
import type { Database } from '../db/database.ts'
import { lastCompleteRun, recentRuns } from '../db/runs.ts'
import { records } from '../db/schema.ts'
import { getTrial, streamTrials, trialsByIds } from '../db/trials.ts'
import { REGISTRIES, type Registry } from '../domain/registry.ts'
import type { Trial } from '../domain/trial.ts'

/** How far one registry has been read. Dates are ISO; counts are of the last complete run. */
export interface SourceState {
  registry: Registry
  lastComplete: { endedAt: string; dataVersion: string | null; fetched: number; quarantined: number } | null
  /** A run going on now, with what it has read and what the registry announced. */
  running: { startedAt: string; fetched: number; announced: number | null } | null
  /** Records of this registry in the database. */
  records: number
}

/** What the API reads of the record of truth. */
export interface Store {
  /** By own id or any registry number, aliases included; null when there is none. */
  trial(idOrNumber: string): Promise<Trial | null>
  trialsByIds(ids: string[]): Promise<Trial[]>
  streamTrials(): AsyncIterable<Trial[]>
  changes(options: { since: number; limit: number }): Promise<Change[]>
  latestSequence(): Promise<number>
  sources(): Promise<SourceState[]>
  /** Calls `listener` when something was committed; the returned function stops it. A hint: polling is the safety net. */
  onChange(listener: () => void): () => void
}

/** The API's view of a database. */
export function createStore(db: Database): Store {
  return {
    trial: async (idOrNumber) => (await getTrial(db, idOrNumber))?.trial ?? null,
    trialsByIds: async (ids) => (await trialsByIds(db, ids)).map(({ trial }) => trial),
    async *streamTrials() {
      for await (const batch of streamTrials(db)) yield batch.map(({ trial }) => trial)
    },
    changes: (options) => readChanges(db, options),
    latestSequence: () => latestSequence(db),
    async sources() {
      const held = await db.orm
        .select({ registry: records.registry, records: count() })
        .from(records)
        .groupBy(records.registry)
      const states: SourceState[] = []
      for (const registry of REGISTRIES) {
        const last = await lastCompleteRun(db, registry)
        const [newest] = await recentRuns(db, { registry, limit: 1 })
        states.push({
          registry,
          lastComplete: last?.endedAt
            ? {
                endedAt: last.endedAt,
                dataVersion: last.dataVersion,
                fetched: last.fetched,
                quarantined: last.quarantined,
              }
            : null,
          running:
            newest?.outcome === null
              ? { startedAt: newest.startedAt, fetched: newest.fetched, announced: newest.announced }
              : null,
          records: held.find((row) => row.registry === registry)?.records ?? 0,
        })
      }
      return states
    },
    onChange: (listener) => db.onChange(() => listener()),
  }
}
