import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { listCheckpoints, readCheckpoint, writeCheckpoint } from '../../../db/checkpoints.ts'
import { type Database, rowsOf } from '../../../db/database.ts'
import { exclude, exclusionsAmong, liftExclusion, listExclusions } from '../../../db/exclusions.ts'
import { acquireLease, leaseHolder, releaseLease, renewLease, withLease } from '../../../db/leases.ts'
import { linksOf, logLinks } from '../../../db/links.ts'
import { listQuarantine, quarantineRecords, releaseRecords, streamQuarantine } from '../../../db/quarantine.ts'
import { closeKilledRuns, endRun, lastCompleteRun, progressRun, recentRuns, startRun } from '../../../db/runs.ts'
import { sourceStates } from '../../../db/sources.ts'
import { LATER, NOON, type Open, putRecord, recordOf, SOON, toPut } from './given.ts'

/** What must hold of leases, runs, quarantine, decisions and checkpoints on either database. */
export function operationsContract(open: Open): void {
  describe('operations', () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
    })

    describe('leases', () => {
      const runOut = (name: string) =>
        db.orm.execute(sql`update leases set expires_at = clock_timestamp() - interval '1 second' where name = ${name}`)

      test('one holder at a time; free again when given back, or when it ran out', async () => {
        const [mine, yours] = [
          { name: 'job', owner: 'me' },
          { name: 'job', owner: 'you' },
        ]
        expect(await acquireLease(db, mine)).toBe(true)
        expect(await acquireLease(db, yours)).toBe(false)
        expect(await acquireLease(db, mine)).toBe(false)
        expect(await leaseHolder(db, 'job')).toMatchObject({ owner: 'me' })
        await releaseLease(db, yours)
        expect(await acquireLease(db, yours)).toBe(false)
        await releaseLease(db, mine)
        expect(await leaseHolder(db, 'job')).toBeNull()
        expect(await acquireLease(db, yours)).toBe(true)
        await runOut('job')
        expect(await leaseHolder(db, 'job')).toBeNull()
        expect(await acquireLease(db, mine)).toBe(true)
        expect(await renewLease(db, yours)).toBe(false)
        expect(await renewLease(db, mine)).toBe(true)
      })

      test('of many that ask at once one gets it', async () => {
        const asked = Array.from({ length: 12 }, (_, index) => acquireLease(db, { name: 'race', owner: `w${index}` }))
        expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
      })

      test('work is done by the holder only, and the lease is given back even when it fails', async () => {
        const lease = { name: 'work', owner: 'a' }
        const inner = await withLease(db, lease, () => withLease(db, { ...lease, owner: 'b' }, async () => 'never'))
        expect(inner).toMatchObject({ held: true, result: { held: false, by: { owner: 'a' } } })
        await expect(withLease(db, lease, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
        expect(await withLease(db, lease, async () => 'done')).toEqual({ held: true, result: 'done' })
      })

      test('it is renewed while work goes on, and work is told when it was lost', async () => {
        const lease = { name: 'long', owner: 'a', ttlMs: 600 }
        await withLease(db, lease, async (lost) => {
          const { expiresAt } = (await leaseHolder(db, 'long')) ?? { expiresAt: '' }
          await vi.waitFor(async () => {
            const now = (await leaseHolder(db, 'long'))?.expiresAt ?? ''
            expect(now > expiresAt).toBe(true)
          }, SOON)
          expect(lost.aborted).toBe(false)
          await db.orm.execute(sql`update leases set owner = 'thief' where name = 'long'`)
          await vi.waitFor(() => expect(lost.aborted).toBe(true), SOON)
        })
        const rows = await rowsOf(db, sql`select owner from leases where name = 'long'`)
        expect(rows, 'what is somebody else’s is not given back').toEqual([{ owner: 'thief' }])
      })
    })

    test('runs: counts as they come, outcome at the end, the killed ones closed, the last complete found', async () => {
      const begin = (kind: 'full' | 'delta' | 'ids', at = NOON) =>
        startRun(db, { registry: 'ctgov', kind, since: kind === 'delta' ? '2026-11-18' : null, owner: 'w' }, at)
      expect(await lastCompleteRun(db, 'ctgov')).toBeNull()
      const full = await begin('full')
      await progressRun(db, full, { fetched: 40, announced: 100 })
      expect((await sourceStates(db))[0]?.running).toEqual({
        startedAt: NOON.toISOString(),
        fetched: 40,
        announced: 100,
      })
      const ended = await endRun(
        db,
        full,
        { outcome: 'complete', fetched: 100, dataVersion: 'v1', nullRates: { sex: 0.5 } },
        LATER,
      )
      expect(ended).toMatchObject({ id: full, outcome: 'complete', fetched: 100, nullRates: { sex: 0.5 } })
      await begin('delta', LATER)
      expect(await closeKilledRuns(db, 'ctis', LATER)).toBe(0)
      expect(await closeKilledRuns(db, 'ctgov', LATER)).toBe(1)
      await endRun(db, await begin('ids', LATER), { outcome: 'complete' }, LATER)
      await endRun(db, await begin('delta', LATER), { outcome: 'skipped', reason: 'maintenance' }, LATER)
      expect((await lastCompleteRun(db, 'ctgov'))?.id).toBe(full)
      expect((await recentRuns(db)).map(({ outcome }) => outcome)).toEqual(['complete', 'interrupted', 'complete'])
      expect((await recentRuns(db, { skipped: true, limit: 1 }))[0]).toMatchObject({
        outcome: 'skipped',
        reason: 'maintenance',
      })
      await expect(endRun(db, 9999, { outcome: 'failed' }, NOON)).rejects.toThrow('no run 9999')
    })

    test('quarantine: payload and reason, the first day kept, released when usable', async () => {
      const refused = {
        registry: 'ctis' as const,
        registryId: 'x',
        payload: { bad: '\u0000' },
        field: 'title',
        runId: null,
      }
      await db.transaction((tx) => quarantineRecords(tx, [{ ...refused, reason: 'one' }], NOON))
      const twice = [
        { ...refused, reason: 'two' },
        { ...refused, reason: 'three' },
      ]
      await db.transaction((tx) => quarantineRecords(tx, twice, LATER))
      expect(await listQuarantine(db, { registry: 'ctis' })).toEqual([
        { ...refused, payload: { bad: '' }, reason: 'three', firstAt: NOON.toISOString(), lastAt: LATER.toISOString() },
      ])
      const streamed = []
      for await (const batch of streamQuarantine(db, 'ctis')) streamed.push(...batch)
      expect(streamed).toHaveLength(1)
      await db.transaction((tx) => releaseRecords(tx, 'ctis', ['x', 'y']))
      expect(await listQuarantine(db)).toEqual([])
    })

    test('exclusions: of one record or of a pair in either order, with the reason, and taken back', async () => {
      const decide = (a: string, b: string | null, reason: string) =>
        db.transaction((tx) => exclude(tx, { a, b, reason, author: 'house' }, NOON))
      await decide('ctis:2', 'ctgov:1', 'other study')
      await decide('ctgov:1', 'ctis:2', 'another cohort')
      await decide('ctgov:3', null, 'test record')
      const at = NOON.toISOString()
      const pair = { a: 'ctgov:1', b: 'ctis:2', reason: 'another cohort', author: 'house', at }
      const single = { a: 'ctgov:3', b: null, reason: 'test record', author: 'house', at }
      expect(await listExclusions(db)).toEqual([pair, single])
      expect(await exclusionsAmong(db, ['ctgov:1', 'ctgov:3'])).toEqual([single])
      expect(await exclusionsAmong(db, ['ctis:2', 'ctgov:1'])).toEqual([pair])
      expect(await exclusionsAmong(db, [])).toEqual([])
      expect(await db.transaction((tx) => liftExclusion(tx, 'ctis:2', 'ctgov:1'))).toBe(true)
      expect(await db.transaction((tx) => liftExclusion(tx, 'ctis:2', 'ctgov:1'))).toBe(false)
    })

    test('links: opened, closed and opened again, never forgotten', async () => {
      const link = { a: 'ctgov:1', b: 'ctis:2', method: 'nct', value: 'NCT1' }
      const log = (links: (typeof link)[], at: Date) =>
        db.transaction((tx) => logLinks(tx, ['ctgov:1', 'ctis:2'], links, at))
      await log([link, { ...link, method: 'euct', value: '2023-1' }], NOON)
      await log([link], LATER)
      const times = async () =>
        (await linksOf(db, 'ctis:2')).map(({ method, linkedAt, unlinkedAt }) => [method, linkedAt, unlinkedAt])
      const [noon, later] = [NOON.toISOString(), LATER.toISOString()]
      expect(await times()).toEqual([
        ['euct', noon, later],
        ['nct', noon, null],
      ])
      await log([link], LATER)
      await log([], LATER)
      await log([link], LATER)
      expect(await times()).toEqual([
        ['euct', noon, later],
        ['nct', later, null],
      ])
    })

    test('checkpoints: one per target', async () => {
      expect(await readCheckpoint(db, 'a')).toBeNull()
      await writeCheckpoint(db, { target: 'a', sequence: 3 }, NOON)
      await writeCheckpoint(db, { target: 'b', sequence: 4, detail: { settings: 'x' } }, NOON)
      await writeCheckpoint(db, { target: 'a', sequence: 5 }, LATER)
      expect(await readCheckpoint(db, 'a')).toEqual({
        target: 'a',
        sequence: 5,
        detail: null,
        updatedAt: LATER.toISOString(),
      })
      expect((await listCheckpoints(db)).map(({ target }) => target)).toEqual(['a', 'b'])
    })

    test('the state of the registries: records held, the last complete run, a maintenance until the next attempt', async () => {
      await putRecord(db, toPut(recordOf(1)))
      await putRecord(db, toPut(recordOf(2), { open: false }))
      const [ctgov, ctis] = await sourceStates(db)
      expect(ctgov).toMatchObject({ registry: 'ctgov', records: 2, running: null, pausedUntil: null })
      expect(ctgov?.lastComplete).toMatchObject({ fetched: 100, dataVersion: 'v1', endedAt: LATER.toISOString() })
      expect(ctis).toMatchObject({ registry: 'ctis', records: 0, lastComplete: null })
      const begin = () => startRun(db, { registry: 'ctis', kind: 'delta', since: null, owner: 'w' }, NOON)
      await endRun(db, await begin(), { outcome: 'skipped', reason: 'maintenance', pausedUntil: LATER }, NOON)
      expect((await sourceStates(db))[1]).toMatchObject({ pausedUntil: LATER.toISOString(), running: null })
      await begin()
      expect((await sourceStates(db))[1]).toMatchObject({ pausedUntil: null, running: { fetched: 0 } })
    })
  })
}
