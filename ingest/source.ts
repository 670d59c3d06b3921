import type { Registry } from '../domain/registry.ts'
import type { NormalisedRecord } from '../domain/trial.ts'

/** One record as the registry sent it. */
export interface RawRecord {
  registryId: string
  payload: unknown
  /** The registry's stamp of this state of the record, where its lists carry one: what `known` gives back next time. */
  version?: string
}

/** What a sweep covers: everything of interest, or what changed since a day (ISO date, inclusive). */
export type Sweep = { kind: 'full' } | { kind: 'delta'; since: string } | { kind: 'ids'; ids: string[] }

/** Facts about a sweep that the run needs to judge it, known once the sweep has ended. */
export interface SweepReport {
  /** Rows the registry announced, when it does; a shorter sweep fails the run. */
  announced: number | null
  /** Rows the registry gave in the pass that counted (a restarted sweep counts again), unchanged ones included. */
  received: number
  /** The registry's own version of its data, before and after; a move in between restarts the sweep. */
  dataVersion: string | null
  /** Of an `ids` sweep: numbers the registry itself says it does not have (any more). */
  gone: string[]
  /** Of an `ids` sweep: number asked for → the number the registry answered with (aliases, resubmissions). */
  renamed: Record<string, string>
}

export interface FetchOptions {
  sweep: Sweep
  signal?: AbortSignal
  /** `dataVersion` of the last complete run: a delta of the same version has nothing to give and is not asked for. */
  heldVersion?: string
  /** What we hold, so that a registry without "changed since" can skip what did not change. */
  known?: (registryId: string) => string | undefined
  /** Called for a record the registry lists and that was not downloaded because its `version` is the one we hold. */
  onUnchanged?: (registryId: string) => void
  onPage?: (page: { number: number; rows: number; announced: number | null }) => void
}

/** A record that a registry's feed names, and the day it says it was published, where it says so. */
export interface FeedItem {
  registryId: string
  published: string | null
}

/** The seam every registry fills. Its folder has the same file names: fetch.ts, normalise.ts, codes.ts, README.md. */
export interface RegistrySource {
  registry: Registry
  /** Pages are streamed; the generator's return value reports on the whole sweep. Throws RegistryError. */
  fetch(options: FetchOptions): AsyncGenerator<RawRecord, SweepReport>
  /** Pure. Throws NormaliseError for a record that cannot be used. */
  normalise(record: RawRecord): NormalisedRecord
  /** What the registry's feed names: a hint, never complete. Throws RegistryError. */
  readFeed?(signal?: AbortSignal): Promise<FeedItem[]>
  /**
   * When a maintenance of the registry that is on at `now` ends; null when
   * there is none: a run then is skipped, not failed.
   */
  pausedUntil?(now: Date): Date | null
  /**
   * Pure. What of a payload counts as content: the content hash is taken of this. Registries restamp every record at
   * each refresh (ClinicalTrials.gov `versionHolder`, CTIS `publishDate` and internal ids), which is no change.
   */
  content(payload: unknown): unknown
}

/** A record that cannot be used, and why: it is quarantined with its payload; the run goes on. */
export class NormaliseError extends Error {
  readonly registryId: string
  readonly field: string

  constructor(registryId: string, field: string, reason: string, options?: ErrorOptions) {
    super(`${registryId}: ${field}: ${reason}`, options)
    this.name = 'NormaliseError'
    this.registryId = registryId
    this.field = field
  }
}
