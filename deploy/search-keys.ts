/**
 * Make the search and feed keys known to Meilisearch. With `--keep`: and look every ten seconds whether it still has
 * them, until SIGTERM.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { keepKeys, makeKeys } from './keys.ts'

const EVERY_MS = 10_000
const MADE = 'Meilisearch knows the keys.\n'

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } })
const { MEILI_URL: url, MEILI_MASTER_KEY: masterKey } = process.env

if (!url || !masterKey) {
  process.stderr.write('MEILI_URL and MEILI_MASTER_KEY must be set: where Meilisearch is, and its master key.\n')
  process.exitCode = 2
} else if (values.keep) {
  const keys = keepKeys({
    url,
    masterKey,
    everyMs: EVERY_MS,
    onMade: () => process.stdout.write(MADE),
    onTrouble: (error) => process.stderr.write(`Meilisearch: ${(error as Error).message}\n`),
  })
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await keys.stop()
} else {
  await makeKeys({ url, masterKey })
  process.stdout.write(MADE)
}
