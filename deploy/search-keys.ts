/** Make the search and feed keys known to Meilisearch; those it has already stay as they are. */
import { Meilisearch } from 'meilisearch'
import { MEILISEARCH_KEYS } from '../sync/meilisearch-keys.ts'

const { MEILI_URL = '', MEILI_MASTER_KEY = '' } = process.env
const client = new Meilisearch({ host: MEILI_URL, apiKey: MEILI_MASTER_KEY, timeout: 10_000 })
const { results } = await client.getKeys({ limit: 1000 })
for (const key of Object.values(MEILISEARCH_KEYS)) {
  if (!results.some(({ uid }) => uid === key.uid)) await client.createKey(key)
}
process.stdout.write('Meilisearch knows the keys.\n')
