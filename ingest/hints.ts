import type { Run } from '../db/runs.ts'
import { type IngestDeps, type IngestOptions, ingest } from './ingest.ts'
import type { RegistrySource } from './source.ts'
import { newerThanHeld } from './watchdog.ts'

/**
 * Between two sweeps: read at once what the registry's feed names and we do not hold yet. Null when there is nothing
 * to do, or no feed. Throws RegistryError when the feed cannot be read: it is only a hint, the next sweep sees all.
 */
export async function followHints(
  source: RegistrySource,
  deps: IngestDeps,
  options: IngestOptions,
): Promise<Run | null> {
  if (!source.readFeed || source.pausedUntil?.(deps.now())) return null
  const due = await newerThanHeld(deps.db, source, await source.readFeed(options.signal))
  const ids = [...new Set(due.map(({ registryId }) => registryId))]
  return ids.length === 0 ? null : ingest(source, deps, { ...options, sweep: { ids } })
}
