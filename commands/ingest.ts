import { readConfig } from '../config.ts'
import { listQuarantine } from '../db/quarantine.ts'
import type { Run as IngestRun } from '../db/runs.ts'
import { REGISTRIES, type Registry } from '../domain/registry.ts'
import { type IngestOptions, ingest } from '../ingest/ingest.ts'
import { type Run, readArguments, UsageError } from './command.ts'
import { keepHeapSmall } from './heap.ts'
import { createLog, openDatabase } from './open.ts'
import { createProgress } from './progress.ts'
import { ingestDeps, OWNER, openSources } from './sources.ts'

const REASONS_SHOWN = 20

/**
 * `essais ingest`: one run of one registry. Exit code 1 when it did not end well; what was read is kept all the same.
 */
export const run: Run = async (args, { env, stdout, stderr, signal }) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { full: { type: 'boolean', default: false }, once: { type: 'string', multiple: true } },
  })
  const registry = readRegistry(positionals)
  if (values.full && values.once) throw new UsageError('--full reads everything, --once one number: give one of them')
  const config = readConfig(env)
  keepHeapSmall()
  const log = createLog({ ...config, logLevel: stdout.isTTY ? 'warn' : config.logLevel }, stderr)
  const sources = openSources(config, log)
  const progress = createProgress(stdout)
  const db = await openDatabase(config)
  try {
    const options: IngestOptions = { owner: OWNER, signal, onProgress: progress.show }
    if (values.full) options.sweep = 'full'
    if (values.once) options.sweep = { ids: values.once }
    const ended = await ingest(sources.of[registry], ingestDeps(db, log), options)
    progress.done()
    stdout.write(closingLine(ended))
    if (ended.quarantined > 0) {
      for (const { registryId, field, reason } of await listQuarantine(db, { registry, limit: REASONS_SHOWN })) {
        stdout.write(`  refused ${registryId}: ${field}: ${reason}\n`)
      }
    }
    return ended.outcome === 'complete' ? 0 : 1
  } finally {
    progress.done()
    await sources.close()
    await db.close()
  }
}

function readRegistry([name, ...more]: string[]): Registry {
  const registry = REGISTRIES.find((candidate) => candidate === name)
  if (!registry || more.length > 0) throw new UsageError(`name one registry: ${REGISTRIES.join(' or ')}`)
  return registry
}

function closingLine(run: IngestRun): string {
  const { outcome, reason, fetched, created, updated, unchanged, quarantined, departed, trialsChanged } = run
  const counts = `${fetched} read: ${created} new, ${updated} changed, ${unchanged} same, ${quarantined} refused, ${departed} gone; ${trialsChanged} trials changed`
  return `Run ${run.id} ${outcome}${reason ? ` (${reason})` : ''}. ${counts}.\n`
}
