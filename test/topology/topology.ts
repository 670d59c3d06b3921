import { keyFor, MEILISEARCH_KEYS } from '../../sync/meilisearch-keys.ts'
import { startMeilisearch, type TestMeilisearch } from '../support/meilisearch.ts'
import { freePort } from '../support/ports.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { answering, type Environment, type Essais, runEssais, startEssais } from './essais.ts'

export interface TopologyOptions {
  apis?: number
  workers?: number
  /** On top of what every process is given: registries, schedule, limits. */
  env?: Environment
  /** Where the processes look for Meilisearch instead: a line that can be cut. */
  meiliUrl?: (real: string) => Promise<string>
  /** More arguments for Meilisearch. */
  meiliArgs?: string[]
  balancerPort?: number
}

export interface Topology {
  postgres: TestPostgres
  meilisearch: TestMeilisearch
  databaseUrl: string
  balancer: Balancer
  apis: Essais[]
  workers: Essais[]
  /** What a command of the worker's rights is given: `runEssais(['reindex', '--check'], topology.env)`. */
  env: Environment
  /** Another process with the environment of API number `at`: the same port. Resolves when it is ready. */
  startApi(at: number): Promise<Essais>
  startWorker(): Essais
  /** End every process and both servers, and remove their data. */
  stop(): Promise<void>
}

/**
 * The topology of docker-compose.yml with real processes on this machine, loopback only, ports free-chosen:
 * PostgreSQL that waits for the disk, Meilisearch with a master key that only `deploy/search-keys.ts` is given, API
 * processes with a key that can only search, workers with the feed key, a balancer in front. Resolves when every API
 * process is ready.
 */
export async function startTopology(options: TopologyOptions = {}): Promise<Topology> {
  const { apis = 2, workers = 1, meiliUrl = async (real) => real, meiliArgs = [] } = options
  const [postgres, meilisearch] = await Promise.all([
    startPostgres({ durable: true }),
    startMeilisearch({ args: meiliArgs }),
  ])
  const { masterKey } = meilisearch
  await runEssais([], { MEILI_URL: meilisearch.url, MEILI_MASTER_KEY: masterKey }, 'deploy/search-keys.ts')
  const databaseUrl = await postgres.createDatabase()
  const shared = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    MEILI_URL: await meiliUrl(meilisearch.url),
    INGEST_CRON_CTGOV: '',
    INGEST_CRON_CTIS: '',
    REQUESTS_PER_MINUTE: '0',
    ...options.env,
  }
  const env = { ...shared, MEILI_API_KEY: keyFor(masterKey, MEILISEARCH_KEYS.feed.uid) }
  const searching = {
    ...shared,
    MEILI_API_KEY: keyFor(masterKey, MEILISEARCH_KEYS.search.uid),
    TRUST_PROXY: '127.0.0.1',
  }
  const ports = await Promise.all(Array.from({ length: apis }, freePort))

  const topology: Omit<Topology, 'balancer'> = {
    postgres,
    meilisearch,
    databaseUrl,
    apis: [],
    workers: [],
    env,
    async startApi(at) {
      const api = startEssais(['serve', '--role', 'api'], { ...searching, PORT: String(ports[at]) })
      topology.apis[at] = api
      await answering(api)
      return api
    },
    startWorker() {
      const worker = startEssais(['serve', '--role', 'worker'], env)
      topology.workers.push(worker)
      return worker
    },
    async stop() {
      await Promise.all([...topology.apis, ...topology.workers].map((one) => one.kill()))
      await balancer.close()
      await Promise.all([postgres.stop(), meilisearch.stop()])
    },
  }
  for (let at = 0; at < workers; at++) topology.startWorker()
  await Promise.all(ports.map((_, at) => topology.startApi(at)))
  const balancer = await startBalancer(
    ports.map((port) => `http://127.0.0.1:${port}`),
    options.balancerPort,
  )
  return Object.assign(topology, { balancer })
}
