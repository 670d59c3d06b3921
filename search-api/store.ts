import { type Change, latestSequence, readChanges } from '../db/changes.ts'
import type { Database } from '../db/database.ts'
import { type SourceState, sourceStates } from '../db/sources.ts'
import { getTrial, streamTrials, trialsByIds } from '../db/trials.ts'
import type { Trial } from '../domain/trial.ts'

/** What the API reads of the record of truth. */
export interface Store {
  /** By own id or any registry number, aliases included; null when there is none. */
  trial(idOrNumber: string): Promise<Trial | null>
  trialsByIds(ids: string[]): Promise<Trial[]>
  streamTrials(): AsyncIterable<Trial[]>
  changes(options: { since: number; limit: number }): Promise<Change[]>
  latestSequence(): Promise<number>
  sources(): Promise<SourceState[]>
  /**
   * Calls `listener` when something was committed; the returned function stops it. A hint: polling is the safety net.
   */
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
    sources: () => sourceStates(db),
    onChange: (listener) => db.onChange(() => listener()),
  }
}
