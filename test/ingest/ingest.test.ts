import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { latestSequence, readChanges } from '../../db/changes.ts'
import type { Database } from '../../db/database.ts'
import { acquireLease, releaseLease } from '../../db/leases.ts'
import { listQuarantine } from '../../db/quarantine.ts'
import { recordHeads } from '../../db/record-heads.ts'
import { recentRuns, startRun } from '../../db/runs.ts'
import { countTrials, getTrial } from '../../db/trials.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { RegistryError } from '../../ingest/http.ts'
import { type IngestOptions, type IngestProgress, ingest, leaseName } from '../../ingest/ingest.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { nct, recordOf } from '../contract/db/given.ts'
import { emptied, memoryDatabase } from '../support/databases.ts'
import { createFakeRegistry, type FakeRegistry, type Payload } from './fake-source.ts'
import { ctisRecordWith, siteWith } from './record-factory.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let db: Database
let clock = 0
let ctgov: FakeRegistry
let ctis: FakeRegistry
const warnings: string[] = []

beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await emptied(db)
  clock = Date.parse('2026-11-01T06:00:00Z')
  warnings.length = 0
  ctgov = createFakeRegistry('ctgov', (id, fields) => recordOf(Number(id.slice(3)), fields))
  ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, identifiers: [], ...fields }))
})

const deps = () => ({
  db,
  locate: (site: NormalisedRecord['sites'][number]) => ({ ...site, departement: '69' }),
  merge: mergeRecords,
  now: () => new Date(clock++),
  log: { info() {}, warn: (_facts: object, text: string) => void warnings.push(text) },
})
const run = (registry: FakeRegistry, options: Partial<IngestOptions> = {}) =>
  ingest(registry.source, deps(), { owner: 'test', ...options })

/** Numbers from…to are listed, with these fields. */
function list(registry: FakeRegistry, from: number, to: number, fields: Partial<NormalisedRecord> = {}): void {
  for (let number = from; number <= to; number++) registry.records.set(idIn(registry, number), { fields })
}
const idIn = (registry: FakeRegistry, number: number) =>
  registry === ctgov ? nct(number) : `2023-5${String(number).padStart(5, '0')}-10-00`
const spoil = (registry: FakeRegistry, number: number, payload: Partial<Payload>) =>
  registry.records.set(idIn(registry, number), { fields: {}, ...payload })
const stateOf = async (registry: FakeRegistry, number: number) =>
  (await recordHeads(db, registry.source.registry, [idIn(registry, number)])).get(idIn(registry, number))?.state

describe('a run', () => {
  test('brings every record once, located, as trials with change rows, and counts what it did', async () => {
    list(ctgov, 1, 130)
    const seen: IngestProgress[] = []
    const done = await run(ctgov, { onProgress: (progress) => seen.push({ ...progress }) })
    expect(done).toMatchObject({
      outcome: 'complete',
      kind: 'full',
      fetched: 130,
      created: 130,
      announced: 130,
      reason: null,
    })
    expect(done).toMatchObject({
      updated: 0,
      unchanged: 0,
      quarantined: 0,
      departed: 0,
      trialsChanged: 130,
      dataVersion: 'v1',
    })
    expect(await countTrials(db)).toEqual({ all: 130, open: 130 })
    expect(await latestSequence(db)).toBe(130)
    expect((await getTrial(db, nct(7)))?.trial.sites[0]?.departement).toBe('69')
    expect(seen.at(-1)).toMatchObject({ registry: 'ctgov', announced: 130, fetched: 130 })
    expect(seen.length).toBeGreaterThanOrEqual(3)
  })

  test('with nothing new writes no change, whatever the registry stamps anew', async () => {
    list(ctgov, 1, 30)
    await run(ctgov)
    const before = await latestSequence(db)
    for (const payload of ctgov.records.values()) payload.stamp = 2
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ outcome: 'complete', unchanged: 30, trialsChanged: 0 })
    expect(await latestSequence(db)).toBe(before)
  })

  test('takes what changed, and only that', async () => {
    list(ctgov, 1, 30)
    await run(ctgov)
    list(ctgov, 30, 31, { briefTitle: 'New title' })
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 29,
      trialsChanged: 2,
    })
    const changes = await readChanges(db, { since: 30 })
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['created', 'updated'])
  })

  test('asks for everything at first, then for what changed since two days before the last complete one', async () => {
    list(ctgov, 1, 5)
    await run(ctgov)
    clock += HOUR
    ctgov.dataVersion = 'v2'
    ctgov.failAfter = { records: 2, error: new RegistryError('out of order', 'http://registry', 503) }
    await run(ctgov)
    ctgov.failAfter = null
    clock += DAY / 2
    expect(await run(ctgov)).toMatchObject({ kind: 'delta', since: '2026-10-30', outcome: 'complete' })
    clock += DAY
    expect(await run(ctgov)).toMatchObject({ kind: 'full' })
    expect(ctgov.sweeps).toEqual(['full', 'delta 2026-10-30', 'delta 2026-10-30', 'full'])
  })

  test('of a registry that stamps its lists downloads only what it does not hold', async () => {
    ctis.stampOf = ({ stamp }) => `stamp ${stamp ?? 0}`
    list(ctis, 1, 12)
    await run(ctis)
    spoil(ctis, 3, { stamp: 1, fields: { briefTitle: 'Changed' } })
    let given = 0
    const { normalise } = ctis.source
    ctis.source.normalise = (raw) => {
      given += 1
      return normalise(raw)
    }
    expect(await run(ctis)).toMatchObject({ fetched: 12, updated: 1, unchanged: 11, outcome: 'complete' })
    expect(given).toBe(1)
  })

  test('of a record given twice in one sweep keeps the last, once', async () => {
    list(ctgov, 1, 3)
    const { fetch } = ctgov.source
    ctgov.source.fetch = async function* (options) {
      yield { registryId: nct(2), payload: { fields: { briefTitle: 'from a pass that was abandoned' } } }
      return yield* fetch(options)
    }
    expect(await run(ctgov)).toMatchObject({ outcome: 'complete', fetched: 3, created: 3, trialsChanged: 3 })
    expect((await getTrial(db, nct(2)))?.trial.briefTitle).toBe('An invented trial')
  })
})

describe('a bad record', () => {
  test('is put aside with its payload and reason; the others come through; its last good content stays', async () => {
    list(ctgov, 1, 10)
    await run(ctgov)
    spoil(ctgov, 4, { unusable: 'no title\u0000' })
    list(ctgov, 11, 11)
    spoil(ctgov, 12, { unusable: 'no title' })
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({
      outcome: 'complete',
      quarantined: 2,
      created: 1,
      missing: 0,
    })
    const aside = await listQuarantine(db)
    expect(aside.map(({ registryId }) => registryId).sort()).toEqual([nct(4), nct(12)])
    expect(aside[0]).toMatchObject({ field: 'title', payload: { fields: {} } })
    expect(aside[0]?.reason).toContain('no title')
    expect((await getTrial(db, nct(4)))?.open).toBe(true)
    expect(await getTrial(db, nct(12))).toBeNull()
  })

  test('is used as soon as it is good again', async () => {
    spoil(ctgov, 1, { unusable: 'no title' })
    await run(ctgov)
    spoil(ctgov, 1, {})
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ created: 1, quarantined: 0 })
    expect(await listQuarantine(db)).toEqual([])
  })

  test('that shows a bug stops the run, which is noted as failed', async () => {
    list(ctgov, 1, 150)
    spoil(ctgov, 120, { bug: true })
    await expect(run(ctgov)).rejects.toThrow('a bug in the normaliser')
    const [last] = await recentRuns(db)
    expect(last).toMatchObject({ outcome: 'failed', reason: 'a bug in the normaliser', created: 100 })
  })

  test('among too many makes the run fail', async () => {
    list(ctgov, 1, 100)
    for (let number = 1; number <= 30; number++) spoil(ctgov, number, { unusable: 'renamed field' })
    const failed = await run(ctgov)
    expect(failed).toMatchObject({ outcome: 'failed', quarantined: 30 })
    expect(failed.reason).toMatch(/30 of 100 records cannot be used/)
  })
})

describe('a registry that fails', () => {
  const open = async () => (await countTrials(db)).open

  test('in mid-sweep: what was read is kept, nothing is hidden, the next run repairs everything', async () => {
    list(ctgov, 1, 250)
    ctgov.failAfter = { records: 220, error: new RegistryError('answered 503', 'http://registry', 503) }
    expect(await run(ctgov)).toMatchObject({ outcome: 'failed', created: 200, reason: expect.stringContaining('503') })
    expect(await open()).toBe(200)
    ctgov.failAfter = null
    expect(await run(ctgov)).toMatchObject({ outcome: 'complete', kind: 'full', created: 50, unchanged: 200 })
    expect(await open()).toBe(250)
  })

  test('by giving fewer rows than announced', async () => {
    list(ctgov, 1, 50)
    await run(ctgov)
    for (let number = 1; number <= 20; number++) ctgov.records.delete(nct(number))
    ctgov.missingRows = 20
    const failed = await run(ctgov, { sweep: 'full' })
    expect(failed).toMatchObject({ outcome: 'failed', missing: 0, departed: 0 })
    expect(failed.reason).toMatch(/announced 50 records and gave 30/)
    expect(await open()).toBe(50)
    expect(await stateOf(ctgov, 1)).toBe('present')
  })

  test('by announcing far fewer than last time', async () => {
    list(ctgov, 1, 300)
    await run(ctgov)
    ctgov.records.clear()
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ outcome: 'failed', departed: 0 })
    expect(await open()).toBe(300)
  })

  test('by losing a field: nothing of the batch that shows it is written', async () => {
    list(ctgov, 1, 250)
    await run(ctgov)
    list(ctgov, 1, 250, { sites: [] })
    const failed = await run(ctgov, { sweep: 'full' })
    expect(failed).toMatchObject({ outcome: 'failed', updated: 0 })
    expect(failed.reason).toMatch(/the field sites is gone/)
    expect(await open()).toBe(250)
  })

  test('slowly: a rising share of records without a field is an alarm, the run is complete', async () => {
    list(ctgov, 1, 250)
    await run(ctgov)
    list(ctgov, 1, 15, { sponsor: null })
    const done = await run(ctgov, { sweep: 'full' })
    expect(done).toMatchObject({ outcome: 'complete', alarms: ['sponsor is missing from 6 % of records, 0 % before'] })
    expect(warnings).toEqual(done.alarms)
  })
})

describe('a record that is no longer listed', () => {
  test('of ClinicalTrials.gov is read again by number: closed, gone, or under another number', async () => {
    list(ctgov, 1, 20)
    await run(ctgov)
    const renamedId = (await getTrial(db, nct(3)))?.id
    for (const number of [1, 2, 3]) ctgov.records.delete(nct(number))
    const closed = { overallStatus: 'COMPLETED' as const, sites: [siteWith({ status: 'COMPLETED' })] }
    ctgov.unlisted.set(nct(1), { fields: closed })
    ctgov.unlisted.set(nct(103), { fields: { aliases: [nct(3)] } })
    ctgov.renamed[nct(3)] = nct(103)
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({
      outcome: 'complete',
      missing: 3,
      departed: 2,
      fetched: 19,
    })
    expect(await getTrial(db, nct(1))).toMatchObject({ open: false })
    expect(await stateOf(ctgov, 1)).toBe('present')
    expect(await getTrial(db, nct(2))).toBeNull()
    expect(await stateOf(ctgov, 2)).toBe('departed')
    const renamed = await getTrial(db, nct(103))
    expect(renamed?.id, 'the address of the trial stays').toBe(renamedId)
    expect((await getTrial(db, nct(3)))?.id).toBe(renamedId)
  })

  test('that closed is not missed a second time', async () => {
    list(ctgov, 1, 10)
    await run(ctgov)
    ctgov.records.delete(nct(1))
    ctgov.unlisted.set(nct(1), { fields: { overallStatus: 'COMPLETED' } })
    await run(ctgov, { sweep: 'full' })
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ missing: 0 })
    expect(ctgov.sweeps.filter((sweep) => sweep.startsWith('ids'))).toHaveLength(1)
  })

  test('stays when the registry cannot be asked a second time', async () => {
    list(ctgov, 1, 10)
    await run(ctgov)
    ctgov.records.delete(nct(1))
    const { fetch } = ctgov.source
    ctgov.source.fetch = (options) => {
      if (options.sweep.kind === 'ids') throw new RegistryError('answered HTML', 'http://registry', 200)
      return fetch(options)
    }
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ outcome: 'failed', departed: 0 })
    expect(await getTrial(db, nct(1))).toMatchObject({ open: true })
    ctgov.source.fetch = fetch
    expect(await run(ctgov, { sweep: 'full' })).toMatchObject({ outcome: 'complete', departed: 1 })
    expect(await getTrial(db, nct(1))).toBeNull()
  })

  test('of CTIS stays until a second look on another day, and returns when it is listed again', async () => {
    list(ctis, 1, 200)
    await run(ctis)
    for (const number of [1, 2]) ctis.records.delete(idIn(ctis, number))
    expect(await run(ctis)).toMatchObject({ outcome: 'complete', missing: 2, departed: 0 })
    clock += HOUR
    expect(await run(ctis)).toMatchObject({ missing: 2, departed: 0 })
    expect((await countTrials(db)).open).toBe(200)
    list(ctis, 2, 2)
    clock += DAY
    expect(await run(ctis)).toMatchObject({ missing: 1, departed: 1 })
    expect((await countTrials(db)).open).toBe(199)
    const before = await latestSequence(db)
    list(ctis, 1, 1)
    expect(await run(ctis)).toMatchObject({ outcome: 'complete' })
    expect((await countTrials(db)).open).toBe(200)
    expect((await readChanges(db, { since: before })).map(({ kind }) => kind)).toEqual(['created'])
  })

  test('of CTIS, among too many, makes the run fail and is not even noted', async () => {
    list(ctis, 1, 100)
    await run(ctis)
    for (let number = 1; number <= 10; number++) ctis.records.delete(idIn(ctis, number))
    const failed = await run(ctis)
    expect(failed).toMatchObject({ outcome: 'failed', missing: 0 })
    expect(failed.reason).toMatch(/10 of 100 open records would leave/)
    expect(await stateOf(ctis, 1)).toBe('present')
  })

  test('of ClinicalTrials.gov, among too many that it says it does not have, hides none', async () => {
    list(ctgov, 1, 200)
    await run(ctgov)
    for (let number = 1; number <= 10; number++) ctgov.records.delete(nct(number))
    const failed = await run(ctgov, { sweep: 'full' })
    expect(failed).toMatchObject({ outcome: 'failed', missing: 10, departed: 0 })
    expect((await countTrials(db)).open).toBe(200)
  })

  test('can be asked for alone', async () => {
    list(ctgov, 1, 100)
    await run(ctgov)
    spoil(ctgov, 5, { fields: { briefTitle: 'Looked at alone' } })
    expect(await run(ctgov, { sweep: { ids: [nct(5)] } })).toMatchObject({
      kind: 'ids',
      outcome: 'complete',
      updated: 1,
    })
    ctgov.records.delete(nct(5))
    expect(await run(ctgov, { sweep: { ids: [nct(5)] } })).toMatchObject({ departed: 1 })
    expect(await getTrial(db, nct(5))).toBeNull()
  })
})

describe('a run that is not alone, or is stopped', () => {
  test('is skipped while another process holds the job', async () => {
    list(ctgov, 1, 5)
    const lease = { name: leaseName('ctgov'), owner: 'other' }
    await acquireLease(db, lease)
    const skipped = await run(ctgov)
    expect(skipped).toMatchObject({ outcome: 'skipped', fetched: 0 })
    expect(skipped.reason).toMatch(/^other holds the job until 2/)
    expect(await run(ctis), 'another registry is another job').toMatchObject({ outcome: 'complete' })
    await releaseLease(db, lease)
    expect(await run(ctgov)).toMatchObject({ outcome: 'complete' })
  })

  test('is interrupted by the signal between two batches; the next one completes it', async () => {
    list(ctgov, 1, 300)
    const controller = new AbortController()
    ctgov.onRecord = (count) => void (count === 150 && controller.abort())
    expect(await run(ctgov, { signal: controller.signal })).toMatchObject({ outcome: 'interrupted', created: 100 })
    ctgov.onRecord = () => {}
    expect(await run(ctgov)).toMatchObject({ outcome: 'complete', kind: 'full', created: 200, unchanged: 100 })
  })

  test('closes the runs of processes that were killed', async () => {
    await startRun(db, { registry: 'ctgov', kind: 'full', since: null, owner: 'killed' }, new Date(clock))
    list(ctgov, 1, 1)
    await run(ctgov)
    expect((await recentRuns(db)).map(({ outcome }) => outcome)).toEqual(['complete', 'interrupted'])
  })
})
