import { readConfig } from '../config.ts'
import { restore } from '../db/restore.ts'
import { countTrials } from '../db/trials.ts'
import { REGISTRIES } from '../domain/registry.ts'
import { normaliseAll } from '../ingest/normalise-all.ts'
import { type Run, readArguments, UsageError } from './command.ts'
import { createLog, openDatabase } from './open.ts'
import { ingestDeps, OWNER, openSources } from './sources.ts'

/** `essais restore DIR`: fill an empty database from a backup, and compute everything else from it. */
export const run: Run = async (args, { env, stdout, stderr, signal }) => {
  const { positionals } = readArguments({ args, allowPositionals: true })
  const [folder, ...others] = positionals
  if (!folder || others.length > 0) throw new UsageError('name the one folder of the backup')
  const config = readConfig(env)
  const log = createLog(config, stderr)
  const sources = openSources(config, log)
  const db = await openDatabase(config)
  try {
    const { createdAt } = await restore(db, folder)
    const deps = ingestDeps(db, log)
    for (const registry of REGISTRIES) await normaliseAll(sources.of[registry], deps, { owner: OWNER, signal })
    const { all, open } = await countTrials(db)
    stdout.write(`Restored the backup of ${createdAt}: ${all} trials, ${open} of them open.\n`)
    stdout.write('The search index is rebuilt by `essais reindex`, or by itself when the service starts.\n')
    return 0
  } finally {
    await sources.close()
    await db.close()
  }
}
