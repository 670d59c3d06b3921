import { expect, test } from 'vitest'
import { connect } from '../../db/connect.ts'
import { countTrials, getTrial } from '../../db/trials.ts'
import { ingest } from '../../ingest/ingest.ts'
import { nct } from '../contract/db/given.ts'
import { inventedRegistries } from '../kill/invented.ts'
import { describePostgres } from '../support/databases.ts'
import { quietDeps } from './quiet-deps.ts'

describePostgres('two registries read at the same time by two processes', (server) => {
  test('end in the same trials as one after the other', { timeout: 60_000 }, async () => {
    const databaseUrl = await server().createDatabase()
    const { ctgov, ctis } = inventedRegistries(1)
    const runs = await Promise.all(
      [ctgov, ctis].map(async ({ source }) => {
        const db = await connect({ databaseUrl, dataDir: '' })
        const run = await ingest(source, quietDeps(db), { owner: source.registry })
        await db.close()
        return run
      }),
    )
    expect(runs.map(({ outcome }) => outcome)).toEqual(['complete', 'complete'])
    const db = await connect({ databaseUrl, dataDir: '' })
    // 260 and 150 records; 89 stand in both registries, one of the 260 cannot be used.
    expect((await countTrials(db)).all).toBe(259 + 150 - 89)
    for (const number of [1, 50, 90]) {
      const trial = await getTrial(db, nct(number))
      expect(trial?.trial.sources.map(({ registry }) => registry)).toEqual(['ctgov', 'ctis'])
    }
    await db.close()
  })
})
