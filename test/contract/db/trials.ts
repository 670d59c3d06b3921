import { beforeAll, describe, expect, test } from 'vitest'
import { latestSequence, readChanges } from '../../../db/changes.ts'
import type { Database } from '../../../db/database.ts'
import { countTrials, getTrial, putTrials, removeTrials, streamTrials, trialsByIds } from '../../../db/trials.ts'
import { siteWith } from '../../ingest/record-factory.ts'
import { LATER, NOON, nct, type Open, put, trialOf } from './given.ts'

/** What must hold of trials and their numbers on either database. */
export function trialsContract(open: Open): void {
  describe('trials', () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
    })

    test('a trial is read as it was written, by id, by number in any case, and not by anything else', async () => {
      const trial = trialOf('read', 1)
      await put(db, [trial])
      for (const asked of ['read', nct(1), nct(1).toLowerCase(), ` ${nct(1)} `]) {
        const stored = await getTrial(db, asked)
        expect(stored?.trial).toEqual(trial)
        expect(stored).toMatchObject({ id: 'read', open: true, updatedAt: NOON.toISOString() })
      }
      for (const asked of ['', 'rea', `${nct(1)}0`, `${nct(1)} ${nct(2)}`, "' or true --", nct(99)]) {
        expect(await getTrial(db, asked), asked).toBeNull()
      }
    })

    test('an EU CT number leads to its trial with and without a resubmission, whichever', async () => {
      await put(db, [trialOf('euct', 2, { identifiers: [{ kind: 'euct', value: '2023-500001-10' }] })])
      for (const asked of ['2023-500001-10', '2023-500001-10-00', '2023-500001-10-03']) {
        expect((await getTrial(db, asked))?.id).toBe('euct')
      }
      expect(await getTrial(db, '2023-500001-10-0')).toBeNull()
    })

    test('an older number of a record leads to its trial', async () => {
      await put(db, [{ trial: trialOf('aliased', 3), aliases: [nct(300)] }])
      expect((await getTrial(db, nct(300)))?.id).toBe('aliased')
    })

    test('a number quoted by two trials is nobody’s, unless it is the own number of one', async () => {
      const quoted = [{ kind: 'eudract' as const, value: '2019-000001-10' }]
      await put(db, [trialOf('quotes-a', 4, { identifiers: quoted }), trialOf('quotes-b', 5, { identifiers: quoted })])
      expect(await getTrial(db, '2019-000001-10')).toBeNull()
      await put(db, [trialOf('quotes-c', 6, { identifiers: [{ kind: 'nct', value: nct(4) }] })])
      expect((await getTrial(db, nct(4)))?.id).toBe('quotes-a')
    })

    test('what is the same is not touched: no change row, no new date', async () => {
      const trial = trialOf('same', 10)
      expect(await put(db, [trial])).toEqual({ created: 1, updated: 0, unchanged: 0 })
      const before = await latestSequence(db)
      const reordered = Object.fromEntries(Object.entries(trial).reverse()) as typeof trial
      expect(await put(db, [reordered], LATER)).toEqual({ created: 0, updated: 0, unchanged: 1 })
      expect(await latestSequence(db)).toBe(before)
      expect((await getTrial(db, 'same'))?.updatedAt).toBe(NOON.toISOString())
    })

    test('what is different is replaced whole: content, hash, numbers, openness', async () => {
      await put(db, [trialOf('other', 11, { identifiers: [{ kind: 'eudract', value: '2019-000011-11' }] })])
      const before = await getTrial(db, 'other')
      const closed = trialOf('other', 11, { sites: [] })
      expect(await put(db, [closed], LATER)).toEqual({ created: 0, updated: 1, unchanged: 0 })
      const after = await getTrial(db, 'other')
      expect(after).toMatchObject({ trial: closed, open: false, updatedAt: LATER.toISOString() })
      expect(after?.hash).not.toBe(before?.hash)
      expect(await getTrial(db, '2019-000011-11')).toBeNull()
    })

    test('of a trial given twice in one batch the last counts, once', async () => {
      const before = await latestSequence(db)
      const twice = [trialOf('twice', 12, { briefTitle: 'first' }), trialOf('twice', 12, { briefTitle: 'last' })]
      expect(await put(db, twice)).toEqual({ created: 1, updated: 0, unchanged: 0 })
      expect((await getTrial(db, 'twice'))?.trial.briefTitle).toBe('last')
      expect(await latestSequence(db)).toBe(before + 1)
    })

    test('text that PostgreSQL refuses is made storable, and then counts as the same', async () => {
      const odd = trialOf('odd', 13, { briefTitle: 'a\u0000b\ud800c\udc9d é 😀 \\u0000 "' })
      await put(db, [odd])
      expect((await getTrial(db, 'odd'))?.trial.briefTitle).toBe('ab\ufffdc\ufffd é 😀 \\u0000 "')
      expect(await put(db, [odd])).toMatchObject({ unchanged: 1 })
    })

    test('a site that moves to another trial of the same batch is found there', async () => {
      const moving = siteWith({ id: 'moving' })
      const withSite = (id: string, number: number, has: boolean) => {
        const trial = trialOf(id, number)
        const [own] = trial.sites
        return { ...trial, sites: own && has ? [own, { ...own, id: moving.id }] : trial.sites }
      }
      await put(db, [withSite('from', 14, true), withSite('to', 15, false)])
      await put(db, [withSite('to', 15, true), withSite('from', 14, false)])
      await put(db, [withSite('from', 14, true), withSite('to', 15, false)])
      expect((await getTrial(db, 'from'))?.trial.sites).toHaveLength(2)
    })

    test('a batch is kept whole or not at all', async () => {
      const before = await latestSequence(db)
      const many = Array.from({ length: 250 }, (_, index) => trialOf(`never-${index}`, 1000 + index))
      const attempt = db.transaction(async (tx) => {
        await putTrials(
          tx,
          many.map((trial) => ({ trial })),
          NOON,
        )
        throw new Error('after all was written')
      })
      await expect(attempt).rejects.toThrow('after all was written')
      expect(
        await trialsByIds(
          db,
          many.map(({ id }) => id),
        ),
      ).toEqual([])
      expect(await latestSequence(db)).toBe(before)
    })
  })

  describe('many trials', () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
      await put(
        db,
        Array.from({ length: 250 }, (_, i) => trialOf(`many-${i}`, i, i % 5 === 0 ? { sites: [] } : {})),
      )
    })

    test('are streamed once each, in batches, all or only those that may recruit', async () => {
      const all: string[] = []
      for await (const batch of streamTrials(db, { batch: 60 })) {
        expect(batch.length).toBeLessThanOrEqual(60)
        all.push(...batch.map(({ id }) => id))
      }
      expect(new Set(all).size).toBe(250)
      expect(all).toHaveLength(250)
      let open = 0
      for await (const batch of streamTrials(db, { openOnly: true })) open += batch.length
      expect(open).toBe(200)
      expect(await countTrials(db)).toEqual({ all: 250, open: 200 })
    })

    test('are found by ids, whatever else is asked for', async () => {
      const ids = Array.from({ length: 230 }, (_, index) => `many-${index}`)
      const found = await trialsByIds(db, [...ids, 'nobody'])
      expect(found.map(({ id }) => id).sort()).toEqual(ids.toSorted())
      expect(await trialsByIds(db, [])).toEqual([])
    })
  })

  describe('trials taken away', () => {
    let db: Database
    const remove = (gone: { id: string; into?: string }[]) => db.transaction((tx) => removeTrials(tx, gone, LATER))
    beforeAll(async () => {
      db = await open()
      await put(
        db,
        ['a', 'b', 'c'].map((id, index) => trialOf(id, index + 1)),
      )
    })

    test('one joined into another leads there, and so do all that led to it', async () => {
      expect(await remove([{ id: 'b', into: 'a' }])).toBe(1)
      expect((await getTrial(db, 'b'))?.id).toBe('a')
      expect(await remove([{ id: 'a', into: 'c' }])).toBe(1)
      expect((await getTrial(db, 'a'))?.id).toBe('c')
      expect((await getTrial(db, 'b'))?.id).toBe('c')
      expect(await getTrial(db, nct(2))).toBeNull()
    })

    test('one that is written again is itself again', async () => {
      await put(db, [trialOf('b', 2)])
      expect((await getTrial(db, 'b'))?.id).toBe('b')
      expect((await getTrial(db, 'a'))?.id).toBe('c')
    })

    test('one that is gone is gone, once; each removal has its change row', async () => {
      expect(await remove([{ id: 'b' }, { id: 'nobody' }])).toBe(1)
      expect(await remove([{ id: 'b' }])).toBe(0)
      expect(await getTrial(db, 'b')).toBeNull()
      const kinds = (await readChanges(db, { since: 0 })).map(({ trialId, kind }) => `${trialId} ${kind}`)
      expect(kinds).toEqual(['a created', 'b created', 'c created', 'b removed', 'a removed', 'b created', 'b removed'])
    })
  })
}
