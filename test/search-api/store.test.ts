import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { endRun, startRun } from '../../db/runs.ts'
import { putTrials, removeTrials } from '../../db/trials.ts'
import { createCatalogue } from '../../search-api/catalogue.ts'
import { createStore } from '../../search-api/store.ts'
import { memoryDatabase } from '../support/databases.ts'
import { trialOf } from './fakes.ts'

const AT = new Date('2026-01-12T08:00:00Z')
const SOURCE = {
  registry: 'ctgov',
  registryId: 'NCT90000001',
  url: 'https://registry.invalid/NCT90000001',
  overallStatus: 'RECRUITING',
  franceStatus: null,
  lastUpdateDate: '2026-01-10',
} as const

let db: Database
beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())

describe('the API on a database', () => {
  test('finds a trial by id and number, and follows what is committed', async () => {
    const store = createStore(db)
    const catalogue = createCatalogue({
      store,
      now: () => 0,
      onError: (error) => expect(error).toBeNull(),
      // What is found is found because it was told.
      pollMs: 1e6,
    })
    await catalogue.start()
    await db.transaction((tx) =>
      putTrials(
        tx,
        [{ trial: trialOf({ sources: [SOURCE] }) }, { trial: trialOf({ id: 'trial-2', identifiers: [], sites: [] }) }],
        AT,
      ),
    )
    await expect.poll(() => catalogue.state()).toMatchObject({ trials: 1, sequence: 2 })
    expect((await store.trial('nct90000001'))?.id).toBe('trial-1')
    expect(await store.trial('NCT99999999')).toBeNull()
    expect((await store.trialsByIds(['trial-2', 'nowhere'])).map(({ id }) => id)).toEqual(['trial-2'])

    await db.transaction((tx) => removeTrials(tx, [{ id: 'trial-1' }], AT))
    await expect.poll(() => catalogue.state()).toMatchObject({ trials: 0, sequence: 3 })
    expect((await store.changes({ since: 1, limit: 10 })).map(({ trialId, kind }) => [trialId, kind])).toEqual([
      ['trial-2', 'created'],
      ['trial-1', 'removed'],
    ])
    catalogue.close()
  })

  test('tells how far each registry has been read', async () => {
    const store = createStore(db)
    const first = await startRun(db, { registry: 'ctgov', kind: 'full', since: null, owner: 'test' }, AT)
    expect((await store.sources())[0]).toEqual({
      registry: 'ctgov',
      lastComplete: null,
      running: { startedAt: AT.toISOString(), fetched: 0, announced: null },
      pausedUntil: null,
      records: 0,
    })
    await endRun(db, first, { outcome: 'complete', fetched: 7, quarantined: 1, dataVersion: '2026-01-11T09:00:05' }, AT)
    expect((await store.sources())[0]).toMatchObject({
      lastComplete: { endedAt: AT.toISOString(), fetched: 7, quarantined: 1, dataVersion: '2026-01-11T09:00:05' },
      running: null,
    })
  })
})
