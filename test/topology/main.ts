/**
 * The topology of docker-compose.yml with real processes, until Ctrl-C: `npm run topology`, with `-- --port 8080
 * --apis 2 --workers 1 --studies 300`. Invented trials; PostgreSQL and Meilisearch of its own, removed at the end.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { inventStudies } from '../registries/invent.ts'
import { startRegistries } from '../registries/server.ts'
import { startTopology } from './topology.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    apis: { type: 'string', default: '2' },
    workers: { type: 'string', default: '1' },
    studies: { type: 'string', default: '300' },
  },
})
const registries = await startRegistries({ ctgov: inventStudies(Number(values.studies)) })
const topology = await startTopology({
  apis: Number(values.apis),
  workers: Number(values.workers),
  balancerPort: Number(values.port),
  env: {
    CTGOV_URL: registries.ctgovUrl,
    CTIS_URL: registries.ctisUrl,
    INGEST_CRON_CTGOV: '20 5 * * *',
    DEMO: '1',
  },
})
console.log(`Balancer:     ${topology.balancer.url}`)
for (const { pid, url } of topology.apis) console.log(`API:          ${url} (process ${pid})`)
for (const { pid } of topology.workers) console.log(`Worker:       process ${pid}`)
console.log(`PostgreSQL:   ${topology.databaseUrl}`)
console.log(`Meilisearch:  ${topology.meilisearch.url}`)
console.log('Ctrl-C ends and removes everything.')
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await topology.stop()
await registries.close()
process.exit(0)
