import { BATCH, nextTurn } from '../db/batches.ts'
import { lockTrials } from '../db/changes.ts'
import type { Database } from '../db/database.ts'
import { reasonOf } from '../db/errors.ts'
import { withLease } from '../db/leases.ts'
import { releaseRecords } from '../db/quarantine.ts'
import { sourceVersions } from '../db/record-heads.ts'
import { seenRecords } from '../db/records.ts'
import { closeKilledRuns, endRun, progressRun, type Run, type RunCounts, startRun } from '../db/runs.ts'
import { countRecords } from '../db/stored-payloads.ts'
import type { Registry } from '../domain/registry.ts'
import type { MergeRecords, RecordSite } from '../domain/trial.ts'
import { applyBatch, prepareBatch, type RunContext } from './apply.ts'
import { confirmDepartures, noteMissing } from './departures.ts'
import { absenceAlarms, absenceRates, checkLength, checkQuarantine, RunRefused } from './guards.ts'
import { RegistryError } from './http.ts'
import { type Plan, planSweep } from './plan.ts'
import type { RegistrySource, Sweep, SweepReport } from './source.ts'
import { batched, drained, mapped } from './streams.ts'
import { createTally } from './tally.ts'
import { feedAlarms } from './watchdog.ts'

export interface IngestDeps {
  db: Database
  /** A record's site with its point. Pure. */
  locate: (site: RecordSite) => RecordSite
  merge: MergeRecords
  now: () => Date
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void }
}

/** How far a run is. `announced` is null until the registry has said how many rows there are. */
export interface IngestProgress extends RunCounts {
  registry: Registry
  announced: number | null
}

export interface IngestOptions {
  /** Who runs it, one name per process: shown while it holds the job. */
  owner: string
  /** By default what is due: everything the first time and now and then, else what changed. */
  sweep?: 'full' | 'delta' | { ids: string[] }
  signal?: AbortSignal
  onProgress?: (progress: IngestProgress) => void
}

/**
 * Bring one registry up to date: fetch → normalise → locate → store → link and merge → change rows, a page in memory,
 * a transaction per batch. Safe to run again at any time, and after a kill at any point.
 *
 * The run that is returned says how it ended. `failed`: the registry could not be read, or gave what cannot be right;
 * what was read is kept, nothing is hidden. `interrupted`: the signal was given. `skipped`: somebody else is at it.
 * @throws whatever is not the registry's fault, after noting the run as failed: a bug must not pass for a bad day.
 */
export async function ingest(source: RegistrySource, deps: IngestDeps, options: IngestOptions): Promise<Run> {
  const { db, now } = deps
  const pausedUntil = source.pausedUntil?.(now())
  if (pausedUntil) {
    const reason = `maintenance of the registry until ${pausedUntil.toISOString()}`
    return skipRun(deps, source.registry, options.owner, { reason, pausedUntil })
  }
  const lease = { name: leaseName(source.registry), owner: `${options.owner}/${now().getTime()}` }
  const answer = await withLease(db, lease, (lost) => run(source, deps, options, both(options.signal, lost)))
  if (answer.held) return answer.result
  const reason = answer.by
    ? `${answer.by.owner} holds the job until ${answer.by.expiresAt}`
    : 'another process held the job'
  return skipRun(deps, source.registry, options.owner, { reason })
}

/** The job of a registry: only one process at a time reads it. */
export function leaseName(registry: Registry): string {
  return `ingest:${registry}`
}

/** Note that a run did not take place, and why. */
async function skipRun(
  { db, now }: Pick<IngestDeps, 'db' | 'now'>,
  registry: Registry,
  owner: string,
  why: { reason: string; pausedUntil?: Date },
): Promise<Run> {
  const id = await startRun(db, { registry, kind: 'delta', since: null, owner }, now())
  return endRun(db, id, { outcome: 'skipped', ...why }, now())
}

async function run(
  source: RegistrySource,
  deps: IngestDeps,
  options: IngestOptions,
  signal: AbortSignal,
): Promise<Run> {
  const { db, now, log } = deps
  const { registry } = source
  await closeKilledRuns(db, registry, now())
  const plan = await planSweep(db, registry, options.sweep, now())
  const since = plan.sweep.kind === 'delta' ? plan.sweep.since : null
  const runId = await startRun(db, { registry, kind: plan.sweep.kind, since, owner: options.owner }, now())
  const tally = createTally()
  log.info({ registry, runId, kind: plan.sweep.kind, since }, 'run started')
  try {
    const { all, absent } = await countRecords(db, registry)
    const held = { records: all, absent }
    const onRefusedLinks = (links: object[]) => log.warn({ registry, runId, links }, 'links between records refused')
    const context = { ...deps, source, runId, tally, held, changed: { records: 0, absent: {} }, onRefusedLinks }
    const report = await sweepAndSettle(context, plan, options, signal)
    const facts = await closingFacts(context, plan)
    if (since !== null) facts.alarms.push(...(await feedAlarms(source, deps, since, signal)))
    const { announced, dataVersion } = report
    const ended = await endRun(db, runId, { outcome: 'complete', ...facts, announced, dataVersion }, now())
    for (const alarm of facts.alarms) log.warn({ registry, runId }, alarm)
    log.info({ registry, runId, ...tally.counts() }, 'run complete')
    return ended
  } catch (error) {
    const reason = reasonOf(error)
    const outcome = signal.aborted ? 'interrupted' : 'failed'
    // First of all: the database may be what is away.
    log.warn({ registry, runId, outcome, ...tally.counts() }, reason)
    const ended = await endRun(db, runId, { outcome, reason, ...tally.counts() }, now())
    if (signal.aborted || error instanceof RegistryError || error instanceof RunRefused) return ended
    throw error
  }
}

type NumberedRun = RunContext & { runId: number }

/** The sweep, its checks, and after a full one the second look at what it did not list. */
async function sweepAndSettle(
  context: NumberedRun,
  plan: Plan,
  options: IngestOptions,
  signal: AbortSignal,
): Promise<SweepReport> {
  const report = await sweep(context, plan.sweep, plan, options, signal)
  const isFull = plan.sweep.kind === 'full'
  if (plan.sweep.kind !== 'ids') checkLength(report, isFull ? (plan.lastFull?.fetched ?? null) : null)
  const { quarantined, fetched } = context.tally.counts()
  checkQuarantine(quarantined, fetched)
  if (isFull) {
    const due = await noteMissing(context)
    if (due.length > 0) {
      const look = await sweep(context, { kind: 'ids', ids: due }, plan, options, signal)
      await confirmDepartures(context, due, look)
    }
  }
  if (plan.sweep.kind === 'ids') await confirmDepartures(context, plan.sweep.ids, report)
  return report
}

async function sweep(
  context: NumberedRun,
  what: Sweep,
  { lastComplete }: Plan,
  { onProgress }: IngestOptions,
  signal: AbortSignal,
): Promise<SweepReport> {
  const { db, source, tally } = context
  const versions = await sourceVersions(db, source.registry)
  const unchanged: string[] = []
  let announced: number | null = null
  const tell = () => onProgress?.({ registry: source.registry, announced, ...tally.counts() })

  const records = source.fetch({
    sweep: what,
    signal,
    ...(lastComplete?.dataVersion ? { heldVersion: lastComplete.dataVersion } : {}),
    known: (registryId) => versions.get(registryId),
    onUnchanged: (registryId) => unchanged.push(registryId),
    onPage: (page) => {
      if (what.kind !== 'ids') announced = page.announced
      tell()
    },
  })
  const prepared = mapped(batched(records, BATCH), (batch) => prepareBatch(context, batch))
  const report = await drained(prepared, async (batch) => {
    signal.throwIfAborted()
    await applyBatch(context, batch)
    await applyUnchanged(context, unchanged.splice(0))
    await progressRun(db, context.runId, { announced, ...tally.counts() })
    tell()
    await nextTurn()
  })
  await applyUnchanged(context, unchanged)
  signal.throwIfAborted()
  tell()
  return report
}

/** Records the registry lists as we hold them, not downloaded. */
async function applyUnchanged({ db, source, now, tally }: RunContext, ids: string[]): Promise<void> {
  for (const id of ids) tally.note(id, 'unchanged')
  if (ids.length === 0) return
  const { registry } = source
  await db.transaction(async (tx) => {
    await lockTrials(tx)
    await seenRecords(tx, registry, ids, now())
    await releaseRecords(tx, registry, ids)
  })
}

async function closingFacts(context: RunContext, { lastComplete }: Plan) {
  const { all, absent } = await countRecords(context.db, context.source.registry)
  const nullRates = absenceRates({ records: all, absent })
  return { ...context.tally.counts(), nullRates, alarms: absenceAlarms(nullRates, lastComplete?.nullRates ?? null) }
}

function both(signal: AbortSignal | undefined, lost: AbortSignal): AbortSignal {
  return signal ? AbortSignal.any([signal, lost]) : lost
}
