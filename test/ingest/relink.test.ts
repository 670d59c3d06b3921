import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { latestSequence, readChanges } from '../../db/changes.ts'
import type { Database } from '../../db/database.ts'
import { acquireLease } from '../../db/leases.ts'
import { linksOf } from '../../db/links.ts'
import { listQuarantine } from '../../db/quarantine.ts'
import { recordHeads } from '../../db/record-heads.ts'
import { setSiteStatus, siteStatusOf } from '../../db/site-statuses.ts'
import { countTrials, getTrial } from '../../db/trials.ts'
import { findIdentifiers } from '../../domain/identifiers.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { decide, undecide } from '../../ingest/decide.ts'
import { ingest, leaseName } from '../../ingest/ingest.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { normaliseAll, RegistryBusyError } from '../../ingest/normalise-all.ts'
import { NormaliseError } from '../../ingest/source.ts'
import { trialIdOf } from '../../ingest/trial-ids.ts'
import { nct, recordOf } from '../contract/db/given.ts'
import { emptied, memoryDatabase } from '../support/databases.ts'
import { createFakeRegistry, type FakeRegistry } from './fake-source.ts'
import { quietDeps } from './quiet-deps.ts'
import { ctisRecordWith, siteWith } from './record-factory.ts'

const EU = '2023-500001-10-00'
const CTGOV_ID = trialIdOf(`ctgov:${nct(1)}`)
const CTIS_ID = trialIdOf(`ctis:${EU}`)

let db: Database
let clock = 0
let ctgov: FakeRegistry
let ctis: FakeRegistry

beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await emptied(db)
  clock = Date.parse('2026-11-01T06:00:00Z')
  ctgov = createFakeRegistry('ctgov', (id, fields) => recordOf(Number(id.slice(3)), fields))
  ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, ...fields }))
})

const now = () => {
  clock += 60_000
  return new Date(clock)
}
const deps = () => quietDeps(db, { now })
const read = (registry: FakeRegistry) => ingest(registry.source, deps(), { owner: 'test', sweep: 'full' })
const titleOf = async (id: string) => (await getTrial(db, id))?.trial.briefTitle

const atCtgov = (fields: Partial<NormalisedRecord> = {}) => ctgov.records.set(nct(1), { fields })
const atCtis = (named: string, fields: Partial<NormalisedRecord> = {}) =>
  ctis.records.set(EU, {
    fields: {
      briefTitle: 'As CTIS has it',
      identifiers: findIdentifiers(`${EU} ${named}`),
      sites: [siteWith({ id: 'ctis-site', facility: 'Hôpital Inventé' })],
      ...fields,
    },
  })

describe('two records of one study', () => {
  test('become one trial whatever comes first; the older id stays and the other leads to it', async () => {
    atCtgov()
    atCtis(nct(1))
    await read(ctis)
    await read(ctgov)
    expect(await countTrials(db)).toEqual({ all: 1, open: 1 })
    const trial = await getTrial(db, nct(1))
    expect(trial?.id).toBe(CTIS_ID)
    expect(trial?.trial.sources.map(({ registry }) => registry)).toEqual(['ctgov', 'ctis'])
    expect((await getTrial(db, EU))?.id).toBe(CTIS_ID)
    expect(await linksOf(db, `ctgov:${nct(1)}`)).toMatchObject([{ b: `ctis:${EU}`, method: 'nct', unlinkedAt: null }])
  })

  test('found to be one only later are joined, with a change row for each of the two', async () => {
    atCtgov()
    atCtis('')
    await read(ctgov)
    await read(ctis)
    expect((await countTrials(db)).all).toBe(2)
    const before = await latestSequence(db)
    atCtis(nct(1))
    await read(ctis)
    expect((await countTrials(db)).all).toBe(1)
    expect((await getTrial(db, CTIS_ID))?.id, 'its address keeps working').toBe(CTGOV_ID)
    const changes = await readChanges(db, { since: before })
    expect(changes.map(({ trialId, kind }) => `${trialId} ${kind}`)).toEqual([
      `${CTIS_ID} removed`,
      `${CTGOV_ID} updated`,
    ])
  })

  test('that no longer name each other fall apart, each with the id it had', async () => {
    atCtgov()
    atCtis('')
    await read(ctgov)
    await read(ctis)
    atCtis(nct(1))
    await read(ctis)
    atCtis('')
    await read(ctis)
    expect((await getTrial(db, nct(1)))?.id).toBe(CTGOV_ID)
    expect((await getTrial(db, EU))?.id).toBe(CTIS_ID)
    expect(await titleOf(CTIS_ID)).toBe('As CTIS has it')
    expect((await linksOf(db, `ctis:${EU}`))[0]?.unlinkedAt).not.toBeNull()
  })

  test('when one of them is gone the other stays, under the same id', async () => {
    atCtgov()
    atCtis(nct(1))
    await read(ctgov)
    await read(ctis)
    ctgov.records.clear()
    expect(await read(ctgov)).toMatchObject({ departed: 1 })
    expect((await getTrial(db, CTGOV_ID))?.trial.sources.map(({ registry }) => registry)).toEqual(['ctis'])
  })
})

describe('a decision of the house', () => {
  const pair = { a: `ctis:${EU}`, b: `ctgov:${nct(1)}` }

  test('that two records are different studies parts them, holds through every run, and can be taken back', async () => {
    atCtgov()
    atCtis(nct(1))
    await read(ctgov)
    await read(ctis)
    expect(await decide(db, { ...pair, reason: 'another cohort', author: 'house' }, mergeRecords, now())).toBe(2)
    expect((await getTrial(db, nct(1)))?.trial.sources).toHaveLength(1)
    expect((await getTrial(db, EU))?.id).toBe(CTIS_ID)
    atCtis(nct(1), { acronym: 'AGAIN' })
    await read(ctis)
    expect((await countTrials(db)).all).toBe(2)
    expect(await undecide(db, pair, mergeRecords, now())).toBe(2)
    expect((await getTrial(db, EU))?.id).toBe(CTGOV_ID)
    expect(await undecide(db, pair, mergeRecords, now())).toBeNull()
  })

  test('that a record is not to be used hides it, and can be taken back', async () => {
    atCtgov()
    atCtis(nct(1))
    await read(ctgov)
    await read(ctis)
    const single = { a: `ctgov:${nct(1)}`, b: null }
    expect(await decide(db, { ...single, reason: 'a test record', author: 'house' }, mergeRecords, now())).toBe(1)
    expect(await titleOf(EU)).toBe('As CTIS has it')
    await read(ctgov)
    expect((await getTrial(db, EU))?.trial.sources).toHaveLength(1)
    await undecide(db, single, mergeRecords, now())
    expect((await getTrial(db, EU))?.trial.sources).toHaveLength(2)
  })
})

describe('a partner’s word on a site', () => {
  const close = (siteId: string) =>
    setSiteStatus(
      db,
      { siteId, status: 'SUSPENDED', note: null, author: 'key', at: now(), expectedVersion: 0 },
      mergeRecords,
    )
  const statuses = async (id: string) =>
    (await getTrial(db, id))?.trial.sites.map(({ status, statusSource }) => `${status} ${statusSource}`)

  test('stands through new runs, through a join and through its undoing', async () => {
    atCtis('')
    await read(ctis)
    await close('ctis-site')
    expect(await statuses(EU)).toEqual(['SUSPENDED partner'])
    atCtis('', { acronym: 'NEW' })
    await read(ctis)
    expect(await statuses(EU)).toEqual(['SUSPENDED partner'])

    ctgov.records.set(nct(1), { fields: { identifiers: findIdentifiers(`${nct(1)} ${EU}`) } })
    await read(ctgov)
    expect((await getTrial(db, nct(1)))?.id).toBe(CTIS_ID)
    const joined = (await getTrial(db, nct(1)))?.trial.sites.find((site) =>
      site.sources.some(({ siteId }) => siteId === 'ctis-site'),
    )
    expect(joined).toMatchObject({ status: 'SUSPENDED', statusSource: 'partner' })
    expect(await siteStatusOf(db, joined?.id ?? '')).toMatchObject({ version: 1, trialId: CTIS_ID })

    atCtgov()
    await read(ctgov)
    expect(await statuses(EU)).toEqual(['SUSPENDED partner'])
    expect(await siteStatusOf(db, 'ctis-site')).toMatchObject({ version: 1, trialId: CTIS_ID })
  })
})

describe('reading stored records anew', () => {
  const again = (registry: FakeRegistry) => normaliseAll(registry.source, deps(), { owner: 'test' })

  test('with the same normaliser changes nothing', async () => {
    for (let number = 1; number <= 120; number++) ctgov.records.set(nct(number), { fields: {} })
    await read(ctgov)
    const before = await latestSequence(db)
    expect(await again(ctgov)).toEqual({ registry: 'ctgov', read: 120, refused: 0, released: 0, trialsChanged: 0 })
    expect(await latestSequence(db)).toBe(before)
    expect(ctgov.sweeps).toEqual(['full'])
  })

  test('with a better one brings what it now says, and what it can now use', async () => {
    atCtgov()
    ctgov.records.set(nct(2), { fields: {}, unusable: 'a shape it did not know' })
    await read(ctgov)
    ctgov.source.normalise = ({ registryId }) => recordOf(Number(registryId.slice(3)), { briefTitle: 'Read better' })
    expect(await again(ctgov)).toMatchObject({ read: 1, released: 1, trialsChanged: 2 })
    expect(await titleOf(nct(1))).toBe('Read better')
    expect(await titleOf(nct(2))).toBe('Read better')
    expect(await listQuarantine(db)).toEqual([])
  })

  test('with a stricter one puts aside what it refuses; its last good content stays', async () => {
    atCtgov()
    await read(ctgov)
    ctgov.source.normalise = ({ registryId }) => {
      throw new NormaliseError(registryId, 'title', 'too odd')
    }
    expect(await again(ctgov)).toMatchObject({ read: 0, refused: 1, released: 0 })
    expect(await titleOf(nct(1))).toBe('An invented trial')
    expect(await listQuarantine(db)).toHaveLength(1)
  })

  test('brings back nothing that was confirmed gone', async () => {
    atCtgov()
    await read(ctgov)
    ctgov.records.clear()
    await read(ctgov)
    await again(ctgov)
    expect(await getTrial(db, nct(1))).toBeNull()
    expect((await recordHeads(db, 'ctgov', [nct(1)])).get(nct(1))?.state).toBe('departed')
  })

  test('waits for nobody: while the registry is being read it says so', async () => {
    await acquireLease(db, { name: leaseName('ctgov'), owner: 'a run' })
    await expect(again(ctgov)).rejects.toBeInstanceOf(RegistryBusyError)
    await expect(again(ctgov)).rejects.toThrow('being read by a run')
  })
})
