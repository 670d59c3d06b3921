import { readConfig } from '../config.ts'
import { checkIndex, type IndexCheck, repairIndex, requestRebuild } from '../sync/rebuild.ts'
import { type Run, readArguments } from './command.ts'
import { keepHeapSmall } from './heap.ts'
import { createLog, openDatabase, openIndex } from './open.ts'
import { OWNER } from './sources.ts'

const IDS_SHOWN = 5

/**
 * `essais reindex`: build the text index anew beside the live one and swap it in. With `--check`: compare index and
 * database document by document, and put right what differs; exit code 1 when something still differs afterwards.
 */
export const run: Run = async (args, { env, stdout, stderr, signal }) => {
  const { values } = readArguments({ args, options: { check: { type: 'boolean', default: false } } })
  const config = readConfig(env)
  keepHeapSmall()
  const log = createLog(config, stderr)
  const db = await openDatabase(config)
  try {
    const index = await openIndex(config, log)
    try {
      if (db.kind === 'postgres' && !index.shared) {
        stdout.write('Without MEILI_URL each process keeps its own text index in memory: restart it to rebuild it.\n')
        return 0
      }
      if (!values.check) {
        const { documents, refused, position } = await requestRebuild(db, index, { owner: OWNER, signal })
        stdout.write(`${documents} trials indexed, at change ${position}. ${refusals(refused ?? [])}\n`)
        return refused?.length ? 1 : 0
      }
      const found = await checkIndex(db, index)
      stdout.write(`${found.documents} trials compared: ${differences(found)}\n`)
      if (isClean(found)) return 0
      const left = await repairIndex(db, index, found)
      stdout.write(`After repair: ${differences(left)} ${refusals(left.refused)}\n`)
      return isClean(left) ? 0 : 1
    } finally {
      await index.close()
    }
  } finally {
    await db.close()
  }
}

function isClean({ missing, outdated, extra }: IndexCheck): boolean {
  return missing.length + outdated.length + extra.length === 0
}

function differences(check: IndexCheck): string {
  if (isClean(check)) return 'index and database are the same.'
  const { missing, outdated, extra } = check
  return `${some(missing, 'missing')}, ${some(outdated, 'outdated')}, ${some(extra, 'too many')}.`
}

function refusals(ids: string[]): string {
  return ids.length === 0 ? '' : `The engine refuses ${some(ids, 'of them')}.`
}

function some(ids: string[], what: string): string {
  const shown = ids.slice(0, IDS_SHOWN).join(', ')
  return `${ids.length} ${what}${shown ? ` (${shown}${ids.length > IDS_SHOWN ? ', …' : ''})` : ''}`
}
