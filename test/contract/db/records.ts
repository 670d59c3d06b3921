import { beforeAll, describe, expect, test } from 'vitest'
import { contentHash } from '../../../db/content.ts'
import type { Database } from '../../../db/database.ts'
import { quarantineRecords } from '../../../db/quarantine.ts'
import { heldHeads, recordHeads, sourceVersions } from '../../../db/record-heads.ts'
import { departRecords, missRecords, putRecords, rereadRecords, seenRecords } from '../../../db/records.ts'
import { assignRecords, recordsOfTrials, relatedRecords } from '../../../db/related-records.ts'
import { recordHistory } from '../../../db/schema.ts'
import { countOutdated, countRecords, streamPayloads } from '../../../db/stored-payloads.ts'
import { ctisRecordWith } from '../../ingest/record-factory.ts'
import { LATER, NOON, nct, type Open, putRecord, recordOf, toPut } from './given.ts'

/** What must hold of records and their relations on either database. */
export function recordsContract(open: Open): void {
  describe('records', () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
    })
    const head = async (number: number) => (await recordHeads(db, 'ctgov', [nct(number)])).get(nct(number))
    const history = async (number: number) => {
      const rows = await db.orm.select().from(recordHistory)
      return rows.filter((row) => row.registryId === nct(number)).map(({ version, hash }) => `${version} ${hash}`)
    }

    test('a new content is a new version with its place in the history, the same content is not', async () => {
      const first = toPut(recordOf(1), { hash: 'h1' })
      await putRecord(db, first)
      await putRecord(db, { ...first, normaliserVersion: '2' }, LATER)
      expect(await head(1)).toMatchObject({ version: 1, hash: 'h1', normaliserVersion: '2', state: 'present' })
      await putRecord(db, { ...first, hash: 'h2' }, LATER)
      await putRecord(db, first, LATER)
      expect(await head(1)).toMatchObject({ version: 3, hash: 'h1' })
      expect(await history(1)).toEqual(['1 h1', '2 h2', '3 h1'])
    })

    test('of a record given twice in one batch the last counts', async () => {
      const twice = [toPut(recordOf(2), { hash: 'first' }), toPut(recordOf(2), { hash: 'last' })]
      await db.transaction((tx) => putRecords(tx, twice, { runId: null, at: NOON }))
      expect(await head(2)).toMatchObject({ hash: 'last', version: 1 })
    })

    test('a payload comes back as received, but for what PostgreSQL refuses', async () => {
      const payload = { text: 'a\u0000b \ud83d c', deep: [{ '\u0000key': null }], number: 1.5e300 }
      await putRecord(db, toPut(recordOf(3), { payload, hash: contentHash(payload) }))
      const found = []
      for await (const batch of streamPayloads(db, 'ctgov', 2)) found.push(...batch)
      expect(found.map(({ registryId }) => registryId)).toEqual([nct(1), nct(2), nct(3)])
      expect(found[2]?.payload).toEqual({ text: 'ab \ufffd c', deep: [{ key: null }], number: 1.5e300 })
    })

    test('missing since the first time it was missed, present again when seen, departed when confirmed', async () => {
      await putRecord(db, toPut(recordOf(4), { sourceVersion: 'v1' }))
      const miss = (at: Date) => db.transaction((tx) => missRecords(tx, 'ctgov', [nct(4)], at))
      await miss(NOON)
      await miss(LATER)
      expect(await head(4)).toMatchObject({ state: 'missing', missingSince: NOON })
      await db.transaction((tx) => seenRecords(tx, 'ctgov', [nct(4)], LATER))
      expect(await head(4)).toMatchObject({ state: 'present', missingSince: null })
      expect((await sourceVersions(db, 'ctgov')).get(nct(4))).toBe('v1')
      await db.transaction((tx) => departRecords(tx, 'ctgov', [nct(4)]))
      expect((await heldHeads(db, 'ctgov')).map(({ registryId }) => registryId)).not.toContain(nct(4))
      expect((await sourceVersions(db, 'ctgov')).has(nct(4))).toBe(false)
      await putRecord(db, toPut(recordOf(4)), LATER)
      expect(await head(4)).toMatchObject({ state: 'present' })
    })

    test('are outdated when another normaliser read them, but for those that this one refused', async () => {
      const outdated = () => countOutdated(db, 'ctgov', '7')
      const before = await outdated()
      await putRecord(db, toPut(recordOf(6), { normaliserVersion: '6' }))
      await putRecord(db, toPut(recordOf(7), { normaliserVersion: '7' }))
      expect(await outdated()).toBe(before + 1)
      const refused = {
        registry: 'ctgov' as const,
        registryId: nct(6),
        payload: {},
        field: 'title',
        reason: 'odd',
        runId: null,
      }
      await db.transaction((tx) => quarantineRecords(tx, [refused], NOON))
      expect(await outdated()).toBe(before)
      expect(await countOutdated(db, 'ctis', '7')).toBe(0)
    })

    test('reading a payload anew changes what it says and nothing else', async () => {
      await putRecord(db, toPut(recordOf(5), { absent: ['sex'] }))
      await db.transaction((tx) => departRecords(tx, 'ctgov', [nct(5)]))
      const anew = toPut(recordOf(5, { briefTitle: 'read anew' }), {
        normaliserVersion: '9',
        hash: 'other',
        open: false,
      })
      await db.transaction((tx) => rereadRecords(tx, [anew], LATER))
      expect(await head(5)).toMatchObject({ state: 'departed', version: 1, normaliserVersion: '9', hash: 'other' })
      const [record] = await relatedRecords(db, [{ registry: 'ctgov', registryId: nct(5) }])
      expect(record?.normalised.briefTitle).toBe('read anew')
    })

    test('counts are of what is held: open ones, and those that lack a field', async () => {
      expect(await countRecords(db, 'ctis')).toEqual({ all: 0, open: 0, absent: {} })
      const ctis = (registryId: string) => ctisRecordWith({ registryId })
      await putRecord(db, toPut(ctis('a'), { absent: ['sex', 'phases'] }))
      await putRecord(db, toPut(ctis('b'), { absent: ['sex'], open: false }))
      await putRecord(db, toPut(ctis('c'), { absent: ['sex'] }))
      await db.transaction((tx) => departRecords(tx, 'ctis', ['c']))
      expect(await countRecords(db, 'ctis')).toEqual({ all: 2, open: 1, absent: { sex: 2, phases: 1 } })
    })
  })

  describe('records that hang together', () => {
    let db: Database
    const keysOf = async (number: number) => {
      const related = await relatedRecords(db, [{ registry: 'ctgov', registryId: nct(number) }])
      return related.map(({ registry, registryId }) => `${registry}:${registryId}`)
    }
    beforeAll(async () => {
      db = await open()
      const eudract = { kind: 'eudract' as const, value: '2019-000001-10' }
      const own = (number: number) => ({ kind: 'nct' as const, value: nct(number) })
      await putRecord(db, toPut(recordOf(1, { identifiers: [own(1), eudract] })))
      await putRecord(db, toPut(ctisRecordWith({ identifiers: [eudract, { kind: 'euct', value: '2023-500001-10' }] })))
      await putRecord(db, toPut(recordOf(2, { identifiers: [own(2), { kind: 'euct', value: '2023-500001-10' }] })))
      await putRecord(db, toPut(recordOf(3)))
      await putRecord(db, toPut(recordOf(4)))
    })

    test('are those that name a common number, any number of steps away', async () => {
      expect(await keysOf(1)).toEqual(['ctgov:NCT00000001', 'ctgov:NCT00000002', 'ctis:2023-500001-10-00'])
      expect(await keysOf(3)).toEqual(['ctgov:NCT00000003'])
      expect(await relatedRecords(db, [])).toEqual([])
      expect(await keysOf(99)).toEqual([])
    })

    test('and those that were last part of the same trial, gone ones too', async () => {
      const key = (number: number) => ({ registry: 'ctgov' as const, registryId: nct(number), trialId: 'together' })
      await db.transaction((tx) => assignRecords(tx, [key(3), key(4)]))
      await db.transaction((tx) => departRecords(tx, 'ctgov', [nct(4)]))
      expect(await keysOf(3)).toEqual(['ctgov:NCT00000003', 'ctgov:NCT00000004'])
      const live = await recordsOfTrials(db, ['together'])
      expect(live.map(({ registryId }) => registryId)).toEqual([nct(3)])
    })

    test('a number that a record no longer names does not count any more', async () => {
      await putRecord(db, toPut(recordOf(2)))
      expect(await keysOf(2)).toEqual(['ctgov:NCT00000002'])
    })
  })
}
