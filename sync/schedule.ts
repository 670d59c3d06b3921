import { setTimeout as sleep } from 'node:timers/promises'
import cron, { type ScheduledTask } from 'node-cron'
import { lastCompleteRun } from '../db/runs.ts'
import { countOutdated } from '../db/stored-payloads.ts'
import { REGISTRIES, REGISTRY_FACTS, type Registry } from '../domain/registry.ts'
import { followHints } from '../ingest/hints.ts'
import { RegistryError } from '../ingest/http.ts'
import { type IngestDeps, type IngestProgress, ingest } from '../ingest/ingest.ts'
import { normaliseAll, RegistryBusyError } from '../ingest/normalise-all.ts'
import { NORMALISER_VERSION } from '../ingest/prepare.ts'
import type { RegistrySource } from '../ingest/source.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const ZONE = 'Europe/Paris'
/** Everybody's cron fires at the full minute: ours comes some minutes later, never the same. */
const RANDOM_DELAY_MS = 10 * MINUTE_MS
/** Feeds are read between sweeps, by day: the registries publish early in the morning and through working hours. */
const HINTS_CRON = '50 6-22 * * *'
/** A start after a longer pause than this reads the registries at once instead of waiting for the schedule. */
const STALE_AFTER_MS = 12 * HOUR_MS
/** Waits between tries while a registry cannot be read; then the next slot takes over. */
const RETRY_AFTER_MS = [1, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)

export interface ScheduleOptions {
  sources: Record<Registry, RegistrySource>
  /** When each registry is read, as cron expressions in French time; null switches it off. */
  crons: Record<Registry, string | null>
  owner: string
  onProgress?: (progress: IngestProgress) => void
  /** Called when a run has ended, however. */
  onEnd?: () => void
  /** Told of bugs: they end the run, not the schedule. */
  onError: (registry: Registry, error: unknown) => void
  hintsCron?: string
  randomDelayMs?: number
  retryAfterMs?: readonly number[]
  /** How waiting is done, real time by default; throws when the signal is aborted. */
  rest?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/**
 * Reads the registries: at once where nothing recent is held, then at their times, and what their feeds name in
 * between. Any number of workers may do this on one database: a run holds its registry's lease, and a slot that
 * another worker has completed is left alone. A registry that cannot be read is tried again, ever less often; one that
 * is being maintained when that ends.
 */
export function startSchedule(
  deps: IngestDeps,
  options: ScheduleOptions,
): { next: (registry: Registry) => Date | null; stop: () => Promise<void> } {
  const { sources, crons, owner, onProgress, onEnd, randomDelayMs = RANDOM_DELAY_MS } = options
  const { rest = (ms, given) => sleep(ms, undefined, { signal: given }) } = options
  const { log, now } = deps
  const stopping = new AbortController()
  const { signal } = stopping
  const busy = new Map<Registry, Promise<void>>()
  const runOptions = { owner, signal, ...(onProgress ? { onProgress } : {}) }

  /** One thing at a time per registry in this process; what it throws is a bug, and does not stop the schedule. */
  function take(registry: Registry, work: () => Promise<void>): Promise<void> {
    if (busy.has(registry) || signal.aborted) return Promise.resolve()
    const done = work()
      .catch((error: unknown) => {
        if (!signal.aborted) options.onError(registry, error)
      })
      .finally(() => {
        busy.delete(registry)
        onEnd?.()
      })
    busy.set(registry, done)
    return done
  }

  /** Try until some worker has completed a run that began after `since`. A maintenance is waited for, and is no try. */
  async function read(registry: Registry, since: Date): Promise<void> {
    const delays = [...(options.retryAfterMs ?? RETRY_AFTER_MS)]
    while (!signal.aborted) {
      const last = await lastCompleteRun(deps.db, registry)
      if (last && Date.parse(last.startedAt) >= since.getTime()) return
      const { outcome, pausedUntil } = await ingest(sources[registry], deps, runOptions)
      if (outcome === 'complete' || signal.aborted) return
      const delayMs = pausedUntil === null ? delays.shift() : msUntil(pausedUntil)
      if (delayMs === undefined) return
      const next = new Date(now().getTime() + delayMs)
      const facts = { registry, nextTryAt: next.toISOString() }
      if (pausedUntil !== null) log.info(facts, maintenance(registry, next))
      else if (outcome === 'skipped') log.info(facts, elsewhere(registry, next))
      else log.warn(facts, trouble(registry, next))
      await rest(delayMs, signal)
    }
  }

  /** Everybody comes back when a maintenance ends: we come some minutes later. */
  function msUntil(instant: string): number {
    return Math.max(0, Date.parse(instant) - now().getTime()) + Math.round(Math.random() * randomDelayMs)
  }

  /** After an upgrade: what an older normaliser read is read anew, from what is stored. */
  async function reread(registry: Registry): Promise<void> {
    if ((await countOutdated(deps.db, registry, NORMALISER_VERSION)) === 0) return
    log.info({ registry }, 'stored records are read anew: the normaliser has changed')
    await normaliseAll(sources[registry], deps, { owner, signal }).catch((error: unknown) => {
      if (!(error instanceof RegistryBusyError)) throw error
    })
  }

  async function readHints(registry: Registry): Promise<void> {
    // Before the first sweep everything is new: the sweep brings it.
    if (!(await lastCompleteRun(deps.db, registry))) return
    await followHints(sources[registry], deps, runOptions).catch((error: unknown) => {
      if (!(error instanceof RegistryError)) throw error
      log.warn({ registry }, `the feed was not read: ${error.message}`)
    })
  }

  const timing = { timezone: ZONE, noOverlap: true, maxRandomDelay: randomDelayMs, suppressMissedWarning: true }
  const sweeps = new Map<Registry, ScheduledTask>()
  const tasks: ScheduledTask[] = []
  for (const registry of REGISTRIES) {
    const expression = crons[registry]
    if (expression === null) continue
    const sweep = cron.schedule(expression, ({ date }) => take(registry, () => read(registry, date)), timing)
    sweeps.set(registry, sweep)
    tasks.push(
      sweep,
      cron.schedule(options.hintsCron ?? HINTS_CRON, () => take(registry, () => readHints(registry)), timing),
    )
    void take(registry, async () => {
      await reread(registry)
      await read(registry, new Date(now().getTime() - STALE_AFTER_MS))
    })
  }

  return {
    next: (registry) => sweeps.get(registry)?.getNextRun() ?? null,
    async stop() {
      stopping.abort()
      for (const task of tasks) await task.destroy()
      await Promise.all(busy.values())
    },
  }
}

const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })

function maintenance(registry: Registry, next: Date): string {
  return `${REGISTRY_FACTS[registry].name} is being maintained and will be read at ${clock.format(next)}. What we have is served meanwhile.`
}

function elsewhere(registry: Registry, next: Date): string {
  return `${REGISTRY_FACTS[registry].name} is being read by another process; it is looked again at ${clock.format(next)}.`
}

function trouble(registry: Registry, next: Date): string {
  const { name } = REGISTRY_FACTS[registry]
  return `${name} could not be read; next try at ${clock.format(next)}. What we have is served meanwhile.`
}
