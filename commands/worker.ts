import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { reasonOf } from '../db/errors.ts'
import type { Places } from '../domain/places/places.ts'
import { startSchedule } from '../sync/schedule.ts'
import type { CommandOutput } from './command.ts'
import type { Log } from './open.ts'
import { createProgress } from './progress.ts'
import { ingestDeps, OWNER, openSources } from './sources.ts'

/** Reads the registries of this configuration on schedule, and shows how far a run is. */
export function startWorker(
  db: Database,
  config: Config,
  { log, places, output }: { log: Log; places: Places; output: CommandOutput },
): { stop(): Promise<void> } {
  const sources = openSources(config, log)
  const progress = createProgress(output)
  const schedule = startSchedule(ingestDeps(db, log, places), {
    sources: sources.of,
    crons: { ctgov: config.ingestCronCtgov, ctis: config.ingestCronCtis },
    owner: OWNER,
    onProgress: progress.show,
    onEnd: progress.done,
    onError: (registry, error) => log.error({ registry, reason: reasonOf(error), frames: framesOf(error) }, 'ingest'),
  })
  return {
    async stop() {
      try {
        await schedule.stop()
      } finally {
        await sources.close()
      }
    },
  }
}

/** Where it was thrown. */
function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim())
}
