import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { lastCompleteRun } from '../db/runs.ts'
import { REGISTRIES, REGISTRY_FACTS, type Registry } from '../domain/registry.ts'
import { ingest } from '../ingest/ingest.ts'
import type { CommandOutput } from './command.ts'
import type { Log } from './open.ts'
import { createProgress } from './progress.ts'
import { ingestDeps, OWNER, openSources } from './sources.ts'

const MINUTE_MS = 60_000
/** A start after a longer pause than this reads the registries at once instead of waiting for the schedule. */
const STALE_AFTER_MS = 12 * 60 * MINUTE_MS
/** Waits between tries while a registry cannot be read; then the schedule takes over. */
const RETRY_AFTER_MS = [1, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)

/**
 * Reads the registries: at once where we have nothing or nothing recent, then on schedule. A registry that cannot be
 * reached is said, with the time of the next try; what we have is served meanwhile.
 */
export function startWorker(db: Database, config: Config, log: Log, output: CommandOutput): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const sources = openSources(config, log)
  const deps = ingestDeps(db, log)
  const progress = createProgress(output)

  async function read(registry: Registry): Promise<boolean> {
    const ended = await ingest(sources.of[registry], deps, { owner: OWNER, signal, onProgress: progress.show })
    progress.done()
    return ended.outcome === 'complete' || ended.outcome === 'skipped'
  }

  async function catchUp(registry: Registry): Promise<void> {
    const last = await lastCompleteRun(db, registry)
    if (last && Date.now() - Date.parse(last.startedAt) < STALE_AFTER_MS) return
    for (const delay of RETRY_AFTER_MS) {
      if (await read(registry)) return
      if (signal.aborted) return
      const next = new Date(Date.now() + delay)
      log.warn(
        { registry, nextTryAt: next.toISOString() },
        `${REGISTRY_FACTS[registry].name} could not be read; next try at ${clock.format(next)}. What we have is served meanwhile.`,
      )
      await sleep(delay, undefined, { signal })
    }
  }

  const schedules: Record<Registry, string | null> = { ctgov: config.ingestCronCtgov, ctis: config.ingestCronCtis }
  const running = REGISTRIES.filter((registry) => schedules[registry] !== null).map((registry) =>
    catchUp(registry).catch((error) => {
      if (!signal.aborted) log.error({ registry, reason: String((error as Error).stack) }, 'ingest')
    }),
  )
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
      await sources.close()
    },
  }
}

const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' })
