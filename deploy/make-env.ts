/** Write to stdout the passwords and keys that docker-compose.yml asks for: `npm run docker:env > .env`, once. */
import { randomBytes } from 'node:crypto'
import { keyFor, MEILISEARCH_KEYS } from '../sync/meilisearch-keys.ts'

const masterKey = randomBytes(32).toString('hex')
const values = {
  POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
  MEILI_MASTER_KEY: masterKey,
  MEILI_SEARCH_KEY: keyFor(masterKey, MEILISEARCH_KEYS.search.uid),
  MEILI_FEED_KEY: keyFor(masterKey, MEILISEARCH_KEYS.feed.uid),
}
for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}=${value}\n`)
