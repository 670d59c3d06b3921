import { readConfig } from '../config.ts'
import { REGISTRIES, REGISTRY_FACTS, type Registry } from '../domain/registry.ts'
import { type NormaliseReport, normaliseAll } from '../ingest/normalise-all.ts'
import type { CommandContext } from './command.ts'
import { keepHeapSmall } from './heap.ts'
import { createLog, openDatabase } from './open.ts'
import { ingestDeps, OWNER, openSources } from './sources.ts'

/** `essais normalise --all`: read every stored record anew, and what is in quarantine, without downloading. */
export async function normaliseStored(
  { env, stdout, stderr, signal }: CommandContext,
  only: Registry | null,
): Promise<number> {
  const config = readConfig(env)
  keepHeapSmall()
  const log = createLog(config, stderr)
  const sources = openSources(config, log)
  const db = await openDatabase(config)
  try {
    const deps = ingestDeps(db, log)
    for (const registry of only ? [only] : REGISTRIES) {
      const onProgress = ({ read }: NormaliseReport, of: number) => {
        if (stdout.isTTY) stdout.write(`\r${REGISTRY_FACTS[registry].name}: ${read} of ${of}`)
      }
      const report = await normaliseAll(sources.of[registry], deps, { owner: OWNER, signal, onProgress })
      stdout.write(`${stdout.isTTY ? '\r' : ''}${REGISTRY_FACTS[registry].name}: ${words(report)}\n`)
    }
    return 0
  } finally {
    await sources.close()
    await db.close()
  }
}

function words({ read, refused, released, trialsChanged }: NormaliseReport): string {
  return `${read} records read anew, ${refused} refused, ${released} released from quarantine, ${trialsChanged} trials changed.`
}
