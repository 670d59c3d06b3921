import { lockTrials } from '../db/changes.ts'
import { withLease } from '../db/leases.ts'
import { quarantineRecords, streamQuarantine } from '../db/quarantine.ts'
import { recordHeads } from '../db/record-heads.ts'
import { rereadRecords } from '../db/records.ts'
import { countRecords, streamPayloads } from '../db/stored-payloads.ts'
import type { Registry } from '../domain/registry.ts'
import { applyBatch, prepareAll, type RunContext } from './apply.ts'
import { type IngestDeps, leaseName } from './ingest.ts'
import { relink } from './relink.ts'
import type { RawRecord, RegistrySource } from './source.ts'
import { createTally } from './tally.ts'

export interface NormaliseReport {
  registry: Registry
  /** Stored records read anew, and those that are put aside now although they could be used before. */
  read: number
  refused: number
  /** Records that were in quarantine and can be used now. */
  released: number
  trialsChanged: number
}

/** The registry is being read: its records change under our hands. */
export class RegistryBusyError extends Error {
  constructor(registry: Registry, by: string) {
    super(`${registry} is being read by ${by}: try again when that is done`)
    this.name = 'RegistryBusyError'
  }
}

/**
 * Run the normaliser, the locator and the merge over everything stored of a registry, without downloading: after any
 * of them got better. Then try what is in quarantine. Safe to interrupt and to repeat.
 * @throws RegistryBusyError while a run of that registry goes on.
 */
export async function normaliseAll(
  source: RegistrySource,
  deps: IngestDeps,
  options: { owner: string; signal?: AbortSignal; onProgress?: (report: NormaliseReport, of: number) => void },
): Promise<NormaliseReport> {
  const lease = { name: leaseName(source.registry), owner: `${options.owner}/normalise` }
  const answer = await withLease(deps.db, lease, async (lost) => {
    const signal = options.signal ? AbortSignal.any([options.signal, lost]) : lost
    return reread(source, deps, signal, options.onProgress ?? (() => {}))
  })
  if (!answer.held) throw new RegistryBusyError(source.registry, answer.by?.owner ?? 'another process')
  return answer.result
}

async function reread(
  source: RegistrySource,
  deps: IngestDeps,
  signal: AbortSignal,
  onProgress: (report: NormaliseReport, of: number) => void,
): Promise<NormaliseReport> {
  const { db, merge, now } = deps
  const { registry } = source
  const report = { registry, read: 0, refused: 0, released: 0, trialsChanged: 0 }
  const { all } = await countRecords(db, registry)
  for await (const batch of streamPayloads(db, registry)) {
    signal.throwIfAborted()
    const raws = batch.map(({ registryId, payload, sourceVersion }) => asRaw(registryId, payload, sourceVersion))
    const prepared = await prepareAll({ source, locate: deps.locate }, raws)
    const records = prepared.flatMap((item) => (item.kind === 'record' ? [item.record] : []))
    const refused = prepared.flatMap((item) => (item.kind === 'refused' ? [item.refused] : []))
    report.trialsChanged += await db.transaction(async (tx) => {
      await lockTrials(tx)
      await rereadRecords(tx, records, now())
      await quarantineRecords(
        tx,
        refused.map((item) => ({ ...item, registry, runId: null })),
        now(),
      )
      return relink(
        tx,
        records.map(({ normalised }) => normalised),
        merge,
        now(),
      )
    })
    report.read += records.length
    report.refused += refused.length
    onProgress(report, all)
  }
  await tryQuarantine(source, deps, signal, report)
  return report
}

/** What was refused before may be usable now; then it is what the registry said last. */
async function tryQuarantine(
  source: RegistrySource,
  deps: IngestDeps,
  signal: AbortSignal,
  report: NormaliseReport,
): Promise<void> {
  for await (const batch of streamQuarantine(deps.db, source.registry)) {
    signal.throwIfAborted()
    const tally = createTally()
    const context: RunContext = { ...deps, source, runId: null, tally, changed: none(), held: none() }
    const raws = batch.map(({ registryId, payload }) => asRaw(registryId, payload, null))
    const ids = raws.map(({ registryId }) => registryId)
    const heads = await recordHeads(deps.db, source.registry, ids)
    await applyBatch(context, { heads, unchanged: [], prepared: await prepareAll(context, raws) })
    const { created, updated, unchanged, trialsChanged } = tally.counts()
    report.released += created + updated + unchanged
    report.trialsChanged += trialsChanged
  }
}

const none = () => ({ records: 0, absent: {} })

function asRaw(registryId: string, payload: unknown, version: string | null): RawRecord {
  return version === null ? { registryId, payload } : { registryId, payload, version }
}
