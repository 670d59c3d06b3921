/**
 * Two API processes under steady load while the registry is read and the text index rebuilt, again and again:
 * `npm run bench:load`, with `-- --minutes 10 --trials 10000`.
 */
import { parseArgs } from 'node:util'
import { runEssais } from '../test/topology/essais.ts'
import { record } from './record.ts'
import { load, mostPerSecond, residentMb, startServed } from './served.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    trials: { type: 'string', default: '10000' },
  },
})
const MINUTES = Number(values.minutes)
const TRIALS = Number(values.trials)
const SHARE_OF_MAXIMUM = 2 / 3
const WARM_UP_SECONDS = 10
const MAXIMUM_SECONDS = 20
const SAMPLE_MS = 2_000
/** Trials whose text changes at each reading of the registry. */
const CHANGED = Math.ceil(TRIALS / 50)

const served = await startServed(TRIALS)
const { topology } = served
await mostPerSecond(served, WARM_UP_SECONDS)
const most = await mostPerSecond(served, MAXIMUM_SECONDS)
const rate = Math.round(most.perSecond * SHARE_OF_MAXIMUM)

let going = true
const rounds = { ingests: 0, rebuilds: 0 }
const atWork = (async () => {
  for (let edition = 1; going; edition++) {
    served.retitle(CHANGED, `Edition ${edition}`)
    await runEssais(['ingest', 'ctgov', '--full'], topology.env)
    rounds.ingests++
    if (!going) break
    await runEssais(['reindex'], topology.env)
    rounds.rebuilds++
  }
})()

const rows = []
for (let minute = 1; minute <= MINUTES; minute++) {
  const samples: number[][] = []
  const sampling = setInterval(() => samples.push(topology.apis.map(({ pid }) => residentMb(pid))), SAMPLE_MS)
  const { perSecond, failed, turnedAway, p50, p99 } = await load(served, { seconds: 60, rate })
  clearInterval(sampling)
  const memory = topology.apis.map((_, at) => samples.reduce((sum, one) => sum + (one[at] ?? 0), 0) / samples.length)
  rows.push({
    minute,
    'requests/s': Math.round(perSecond),
    failed,
    'of them 503': turnedAway,
    'p50 ms': p50,
    'p99 ms': p99,
    'MB of each API': memory.map(Math.round).join(', '),
  })
  console.log(rows.at(-1))
}
going = false
await atWork
const check = await runEssais(['reindex', '--check'], topology.env)
await served.stop()

const failed = rows.reduce((sum, row) => sum + row.failed, 0)
record(`Load on two API processes, ${values.trials} trials`, rows, [
  `Two thirds of the ${Math.round(most.perSecond)} answers per second that the two reach when nothing else runs, asked at moments that do not depend on the answers (Poisson); latencies of the slower one, from when a request was due; memory as the mean of the minute.`,
  `Meanwhile ${rounds.ingests} full readings of the registry, ${CHANGED} changed texts each, and ${rounds.rebuilds} rebuilds of the text index, each a process of its own. PostgreSQL, Meilisearch, worker, registry and the clients share the machine.`,
  `${failed} requests failed. Afterwards \`reindex --check\`: ${check.at(-1)}`,
])
process.exit(failed === 0 ? 0 : 1)
