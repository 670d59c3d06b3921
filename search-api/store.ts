import type { Registry } from '../domain/registry.ts'
import type { Trial } from '../domain/trial.ts'

/** One row of the change log, as readers follow it. */
export interface ChangeRow {
  sequence: number
  trialId: string
  kind: 'created' | 'updated' | 'removed'
  at: string
}

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
  changes(options: { since: number; limit: number }): Promise<ChangeRow[]>
  latestSequence(): Promise<number>
  sources(): Promise<SourceState[]>
  /** Calls `listener` when something was committed; the returned function stops it. A hint: polling is the safety net. */
  onChange(listener: () => void): () => void
}
