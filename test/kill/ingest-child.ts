import { connect } from '../../db/connect.ts'
import { ingest } from '../../ingest/ingest.ts'
import { quietDeps } from '../ingest/quiet-deps.ts'
import { inventedRegistries } from './invented.ts'

/** Ingests both invented registries of a day in full, says how far it is, and ends with "done". It may be killed. */
const [dataDir = '', day = '1', databaseUrl = ''] = process.argv.slice(2)
const { ctgov, ctis } = inventedRegistries(day === '2' ? 2 : 1)
const db = await connect({ dataDir, databaseUrl })
console.log('open')
for (const { source } of [ctgov, ctis]) {
  let outcome: string | null = null
  // A lease of a process that was killed runs out by itself.
  while (outcome === null || outcome === 'skipped') {
    const run = await ingest(source, quietDeps(db), {
      owner: `child-${process.pid}`,
      sweep: 'full',
      onProgress: ({ fetched }) => console.log(`${source.registry} ${fetched}`),
    })
    outcome = run.outcome
    if (outcome === 'failed') throw new Error(run.reason ?? 'failed')
    if (outcome === 'skipped') await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
await db.close()
console.log('done')
