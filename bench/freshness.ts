/**
 * How soon a site status committed by one process is in the answers of another, under load: `npm run bench:freshness`,
 * with `-- --trials 2000 --writes 100` for a shorter one.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { connect } from '../db/connect.ts'
import { sites, trialIdentifiers } from '../db/schema.ts'
import { setSiteStatus } from '../db/site-statuses.ts'
import { mergeRecords } from '../ingest/merge.ts'
import { quantile } from './quantile.ts'
import { createRandom } from './random.ts'
import { record } from './record.ts'
import { load, post, startServed } from './served.ts'
import type { SteadyLoad } from './steady-load.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '10000' },
    writes: { type: 'string', default: '500' },
    /** Searches per second over both API processes meanwhile. */
    rate: { type: 'string', default: '60' },
  },
})
const WRITES = Number(values.writes)
const RATE = Number(values.rate)
const WARM_UP_SECONDS = 5
/** Between two writes, on average: they do not come in step with anything. */
const PAUSE_MS = 200
const GIVEN_UP_MS = 30_000

const served = await startServed(Number(values.trials))
const { topology, lone } = served
const db = await connect({ databaseUrl: topology.databaseUrl, dataDir: '' })
const random = createRandom(11)
const [, other] = topology.apis
const reader = other?.url ?? ''

await load(served, { seconds: WARM_UP_SECONDS, rate: RATE })
let loading = true
const loads: SteadyLoad[] = []
const underLoad = (async () => {
  while (loading) loads.push(await load(served, { seconds: 10, rate: RATE }))
})()

const written: number[] = []
const seen: number[] = []
const searched: number[] = []
for (let at = 0; at < WRITES; at++) {
  await sleep(random.next() * 2 * PAUSE_MS)
  const number = lone[at % lone.length] ?? ''
  const siteId = await siteOf(number)
  const open = Math.floor(at / lone.length) % 2 === 1
  const startedAt = performance.now()
  const given = { siteId, status: open ? 'RECRUITING' : 'SUSPENDED', note: null, author: 'bench' } as const
  await setSiteStatus(db, { ...given, at: new Date(), expectedVersion: null }, mergeRecords)
  const committedAt = performance.now()
  written.push(committedAt - startedAt)
  seen.push((await visible(number, open ? 1 : 0)) - committedAt)
}
loading = false
await underLoad
await db.close()
const states = await Promise.all(topology.apis.map(({ lines }) => lines.length))
await served.stop()

const row = (what: string, times: number[]) => ({
  what,
  'p50 ms': quantile(times, 0.5).toFixed(0),
  'p99 ms': quantile(times, 0.99).toFixed(0),
  'longest ms': Math.max(...times).toFixed(0),
})
const failed = loads.reduce((total, one) => total + one.failed, 0)
const answered = loads.reduce((total, one) => total + one.answered, 0)
record(
  `Freshness across processes, ${values.trials} trials`,
  [
    row('a status is committed', written),
    row('from the commit to the answer of another process', seen),
    row('of it the search that shows it', searched),
  ],
  [
    `${WRITES} status writes committed by a process of their own through the store (no HTTP route writes yet), each then looked for in POST /v1/search of an API process, again and again; target: p99 ≤ 1 s.`,
    `Meanwhile both API processes answer ${RATE} drawn questions per second: ${answered} answers, ${failed} failed (${loads.reduce((total, one) => total + one.turnedAway, 0)} of them turned away with 503), p99 ${Math.max(...loads.map(({ p99 }) => p99))} ms in the worst ten seconds. ${states.reduce((a, b) => a + b)} warnings logged by them.`,
  ],
)
process.exit(failed === 0 && quantile(seen, 0.99) <= 1_000 ? 0 : 1)

/** When the answer first has so many trials of that number. */
async function visible(number: string, total: number): Promise<number> {
  const deadline = performance.now() + GIVEN_UP_MS
  for (;;) {
    const askedAt = performance.now()
    const answer = (await (await post(reader, { text: number, size: 1 })).json()) as { total: number }
    const now = performance.now()
    if (answer.total === total) {
      searched.push(now - askedAt)
      return now
    }
    if (now > deadline) throw new Error(`the status of ${number} was not seen after ${GIVEN_UP_MS} ms`)
  }
}

async function siteOf(number: string): Promise<string> {
  const [row] = await db.orm
    .select({ id: sites.id })
    .from(sites)
    .innerJoin(trialIdentifiers, eq(trialIdentifiers.trialId, sites.trialId))
    .where(eq(trialIdentifiers.value, number))
  if (!row) throw new Error(`${number} has no site`)
  return row.id
}
