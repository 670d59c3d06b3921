/** Fetch the Meilisearch server that the tests run against into `.tools`: `npm run fetch:meilisearch`. */
import { fetchMeilisearch } from '../test/support/meilisearch.ts'

process.stdout.write(`${await fetchMeilisearch()}\n`)
