import { beforeAll, describe, expect, test } from 'vitest'
import { latestSequence } from '../../../db/changes.ts'
import type { Database } from '../../../db/database.ts'
import { assignRecords } from '../../../db/related-records.ts'
import {
  moveSiteStatuses,
  partnerStatuses,
  type SiteStatusWrite,
  StaleVersionError,
  setSiteStatus,
  setSiteStatuses,
  siteStatusHistory,
  siteStatusOf,
  UnknownSiteError,
} from '../../../db/site-statuses.ts'
import { getTrial, removeTrials } from '../../../db/trials.ts'
import { mergeRecords } from '../../../ingest/merge.ts'
import { nct, type Open, put, putRecord, recordOf, toPut, trialOf } from './given.ts'

const AT = new Date('2026-11-20T23:30:00.000Z')

/** What must hold of partners’ statuses and their audit on either database. */
export function siteStatusesContract(open: Open): void {
  describe('partners’ site statuses', () => {
    let db: Database
    const write = (siteId: string, fields: Partial<SiteStatusWrite> = {}): SiteStatusWrite => ({
      siteId,
      status: 'SUSPENDED',
      note: null,
      author: 'key-1',
      at: AT,
      expectedVersion: 0,
      ...fields,
    })
    const given = async (number: number) => {
      await putRecord(db, toPut(recordOf(number)))
      const trialId = `trial-${number}`
      await db.transaction((tx) => assignRecords(tx, [{ registry: 'ctgov', registryId: nct(number), trialId }]))
      await put(db, [trialOf(trialId, number)])
    }
    beforeAll(async () => {
      db = await open()
      for (const number of [1, 2, 3, 4, 5, 6]) await given(number)
    })

    test('a write changes the trial, its change row and the audit at once; the day is the French one', async () => {
      const before = await latestSequence(db)
      const { siteStatus, trial } = await setSiteStatus(db, write('site-1', { note: 'pause\u0000' }), mergeRecords)
      expect(siteStatus).toEqual({
        siteId: 'site-1',
        trialId: 'trial-1',
        status: 'SUSPENDED',
        statusDate: '2026-11-21',
        note: 'pause',
        author: 'key-1',
        version: 1,
        at: AT.toISOString(),
      })
      expect(trial.trial.sites[0]).toMatchObject({ status: 'SUSPENDED', statusSource: 'partner' })
      expect((await getTrial(db, 'trial-1'))?.trial).toEqual(trial.trial)
      expect(await latestSequence(db)).toBe(before + 1)
      expect(await siteStatusOf(db, 'site-1')).toEqual(siteStatus)
      expect(await siteStatusHistory(db, { siteId: 'site-1' })).toEqual([{ ...siteStatus, previousStatus: null }])
    })

    test('a write needs the version that stands; a stale one changes nothing and says what stands', async () => {
      const set = (expectedVersion: number | null, status: SiteStatusWrite['status']) =>
        setSiteStatus(db, write('site-2', { expectedVersion, status }), mergeRecords)
      await set(0, 'SUSPENDED')
      const before = await latestSequence(db)
      const stale = await set(0, 'RECRUITING').catch((error: unknown) => error)
      expect(stale).toBeInstanceOf(StaleVersionError)
      expect((stale as StaleVersionError).current).toMatchObject({ version: 1, status: 'SUSPENDED' })
      expect(await latestSequence(db)).toBe(before)
      expect((await set(1, 'RECRUITING')).siteStatus.version).toBe(2)
      expect((await set(null, 'RECRUITING')).siteStatus.version).toBe(3)
      const audit = await siteStatusHistory(db, { siteId: 'site-2' })
      expect(audit.map(({ version, previousStatus }) => `${version} ${previousStatus}`)).toEqual([
        '3 RECRUITING',
        '2 SUSPENDED',
        '1 null',
      ])
    })

    test('a site that does not exist is an error, and of several writes none is kept then', async () => {
      await expect(setSiteStatus(db, write('nowhere'), mergeRecords)).rejects.toBeInstanceOf(UnknownSiteError)
      await expect(siteStatusOf(db, 'nowhere')).rejects.toBeInstanceOf(UnknownSiteError)
      const several = db.transaction((tx) => setSiteStatuses(tx, [write('site-3'), write('nowhere')], mergeRecords))
      await expect(several).rejects.toBeInstanceOf(UnknownSiteError)
      expect(await siteStatusOf(db, 'site-3')).toBeNull()
    })

    test('saying the same again is a version and an audit row, but no change of the trial', async () => {
      await setSiteStatus(db, write('site-4'), mergeRecords)
      const before = await latestSequence(db)
      await setSiteStatus(db, write('site-4', { expectedVersion: 1 }), mergeRecords)
      expect(await latestSequence(db)).toBe(before)
      expect(await siteStatusHistory(db, { siteId: 'site-4' })).toHaveLength(2)
    })

    test('the word follows its site to another trial, and to another id of it', async () => {
      await setSiteStatus(db, write('site-5'), mergeRecords)
      const trial = trialOf('trial-6', 6)
      const [own] = trial.sites
      const [moved] = trialOf('trial-5', 5).sites
      if (!own || !moved) throw new Error('sites')
      await db.transaction((tx) => removeTrials(tx, [{ id: 'trial-5', into: 'trial-6' }], AT))
      const joined = { ...own, sources: [...own.sources, ...moved.sources] }
      await put(db, [{ ...trial, sites: [joined] }])
      await db.transaction((tx) => moveSiteStatuses(tx, ['trial-5', 'trial-6'], [{ id: 'trial-5', into: 'trial-6' }]))
      expect(await siteStatusOf(db, 'site-6')).toMatchObject({ siteId: 'site-5', trialId: 'trial-6', version: 1 })
      expect(await siteStatusOf(db, 'site-5')).toMatchObject({ version: 1 })
      expect(await partnerStatuses(db, ['trial-6'])).toEqual([
        { siteId: 'site-5', status: 'SUSPENDED', date: '2026-11-21' },
      ])
      const next = await setSiteStatus(db, write('site-6', { expectedVersion: 1 }), mergeRecords)
      expect(next.siteStatus).toMatchObject({ siteId: 'site-5', version: 2 })
    })
  })
}
