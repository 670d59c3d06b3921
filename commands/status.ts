import { readConfig } from '../config.ts'
import { latestSequence } from '../db/changes.ts'
import { listCheckpoints } from '../db/checkpoints.ts'
import type { Database } from '../db/database.ts'
import { DatabaseError } from '../db/errors.ts'
import { type Run as IngestRun, recentRuns } from '../db/runs.ts'
import { type SourceState, sourceStates } from '../db/sources.ts'
import { countTrials } from '../db/trials.ts'
import { REGISTRIES, REGISTRY_FACTS, type Registry } from '../domain/registry.ts'
import type { FeedState } from '../sync/outbox.ts'
import { type Run, readArguments, table } from './command.ts'
import { openDatabase } from './open.ts'

const RUNS_SHOWN = 8
/** For the service that holds the database. */
const PATIENCE_MS = 5_000

/** `essais status`: registries and their lag, last runs, counts, index state, alarms of the last runs. */
export const run: Run = async (args, { env, stdout }) => {
  readArguments({ args, options: {} })
  const config = readConfig(env)
  let db: Database
  try {
    db = await openDatabase(config)
  } catch (error) {
    // The embedded database has one process; when that is the service itself, it can be asked.
    if (!(error instanceof DatabaseError) || error.code !== 'locked') throw error
    const address = `http://${config.host}:${config.port}`
    const answer = await fetch(`${address}/v1/sources`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null)
    if (!answer?.ok) throw error
    const { sources } = (await answer.json()) as { sources: SourceState[] }
    stdout.write(`The service at ${address} holds the database; this is what it answers.\n\n`)
    stdout.write(table(registryRows(sources, new Date())))
    return 0
  }
  try {
    stdout.write(await report(db, new Date()))
    return 0
  } finally {
    await db.close()
  }
}

async function report(db: Database, now: Date): Promise<string> {
  const sources = await sourceStates(db)
  const trials = await countTrials(db)
  const sequence = await latestSequence(db)
  const checkpoints = await listCheckpoints(db)
  const runs = await recentRuns(db, { limit: RUNS_SHOWN })
  const alarms = runs.flatMap((run) => alarmsOf(run).map((alarm) => `${run.registry} run ${run.id}: ${alarm}`))
  return [
    table(registryRows(sources, now)),
    `Trials: ${trials.all}, of which ${trials.open} may still take somebody in France. Change log at ${sequence}.\n`,
    checkpoints.length === 0
      ? 'Index: fed by the service when it runs.\n'
      : table([
          ['INDEX', 'AT', 'BEHIND', 'STATE', 'TROUBLE'],
          ...checkpoints.map((row) => {
            const { phase = 'unknown', lastError, refused = [] } = (row.detail ?? {}) as Partial<FeedState>
            const trouble = [lastError, refused.length > 0 ? `${refused.length} documents refused` : null]
            return [
              row.target,
              String(row.sequence),
              `${sequence - row.sequence} changes`,
              phase,
              trouble.filter(Boolean).join('; '),
            ]
          }),
        ]),
    runs.length === 0 ? 'No run yet: start the service, or `essais ingest ctgov`.\n' : table(runRows(runs)),
    alarms.length === 0 ? '' : `Alarms:\n${alarms.map((alarm) => `  ${alarm}\n`).join('')}`,
  ].join('\n')
}

function registryRows(sources: SourceState[], now: Date): string[][] {
  return [
    ['REGISTRY', 'RECORDS', 'LAST COMPLETE RUN', 'LAG', 'DATA OF', 'NOW'],
    ...REGISTRIES.map((registry) => registryRow(registry, sources, now)),
  ]
}

function registryRow(registry: Registry, sources: SourceState[], now: Date): string[] {
  const { name } = REGISTRY_FACTS[registry]
  const source = sources.find((candidate) => candidate.registry === registry)
  if (!source) return [name, '0', 'never', '-', '-', 'unknown']
  const { lastComplete, records } = source
  return [
    name,
    String(records),
    lastComplete ? lastComplete.endedAt.slice(0, 16).replace('T', ' ') : 'never',
    lastComplete ? age(now.getTime() - Date.parse(lastComplete.endedAt)) : '-',
    lastComplete?.dataVersion ?? '-',
    activity(source, now),
  ]
}

function activity({ running, pausedUntil }: SourceState, now: Date): string {
  if (running) return `reading: ${running.fetched}${running.announced === null ? '' : ` of ${running.announced}`}`
  if (pausedUntil === null || Date.parse(pausedUntil) <= now.getTime()) return 'idle'
  return `in maintenance until ${pausedUntil.slice(0, 16).replace('T', ' ')}, then read`
}

function runRows(runs: IngestRun[]): string[][] {
  return [
    ['RUN', 'REGISTRY', 'KIND', 'STARTED', 'OUTCOME', 'READ', 'NEW', 'CHANGED', 'SAME', 'REFUSED', 'GONE', 'WHY'],
    ...runs.map((run) => [
      String(run.id),
      run.registry,
      run.kind,
      run.startedAt.slice(0, 16).replace('T', ' '),
      run.outcome ?? 'running',
      ...[run.fetched, run.created, run.updated, run.unchanged, run.quarantined, run.departed].map(String),
      run.reason ?? '',
    ]),
  ]
}

function alarmsOf({ alarms }: IngestRun): string[] {
  return Array.isArray(alarms) ? alarms.map(String) : []
}

const MINUTE_MS = 60_000

function age(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS))
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
