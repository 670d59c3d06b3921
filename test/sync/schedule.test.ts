import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../db/database.ts'
import { recentRuns } from '../../db/runs.ts'
import { sourceStates } from '../../db/sources.ts'
import { countOutdated } from '../../db/stored-payloads.ts'
import { getTrial } from '../../db/trials.ts'
import { RegistryError } from '../../ingest/http.ts'
import { ingest } from '../../ingest/ingest.ts'
import { NORMALISER_VERSION } from '../../ingest/prepare.ts'
import { type ScheduleOptions, startSchedule } from '../../sync/schedule.ts'
import { nct, recordOf } from '../contract/db/given.ts'
import { createFakeRegistry, type FakeRegistry } from '../ingest/fake-source.ts'
import { quietDeps } from '../ingest/quiet-deps.ts'
import { ctisRecordWith } from '../ingest/record-factory.ts'
import { emptied, memoryDatabase } from '../support/databases.ts'

const NEVER = '0 0 1 1 *'
const EVERY_SECOND = '* * * * * *'

let db: Database
let ctgov: FakeRegistry
let ctis: FakeRegistry
let running: { stop: () => Promise<void> }[] = []
let errors: unknown[] = []
let warnings: string[] = []

beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await emptied(db)
  ctgov = createFakeRegistry('ctgov', (id, fields) => recordOf(Number(id.slice(3)), fields))
  ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, ...fields }))
  ctgov.records.set(nct(1), { fields: {} })
  errors = []
  warnings = []
})
afterEach(async () => {
  for (const schedule of running) await schedule.stop()
  running = []
})

const deps = () => quietDeps(db, { log: { info() {}, warn: (_facts, text) => void warnings.push(text) } })
function start(fields: Partial<ScheduleOptions> = {}) {
  const schedule = startSchedule(deps(), {
    sources: { ctgov: ctgov.source, ctis: ctis.source },
    crons: { ctgov: NEVER, ctis: null },
    owner: `worker-${running.length}`,
    randomDelayMs: 0,
    retryAfterMs: [1, 1, 1],
    onError: (_registry, error) => errors.push(error),
    ...fields,
  })
  running.push(schedule)
  return schedule
}
/** The machine may be busy: what is waited for comes within this time. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 })
const outcomes = async () => (await recentRuns(db, { skipped: true })).map(({ outcome }) => outcome)

describe('the schedule', () => {
  test('reads at once what was never read, and leaves alone what is switched off', async () => {
    start()
    await eventually(async () => expect(await outcomes()).toEqual(['complete']))
    expect((await getTrial(db, nct(1)))?.id).toBeDefined()
    expect(ctis.sweeps).toEqual([])
  })

  test('with something recent waits for the time that is set, and says when that is', async () => {
    await ingest(ctgov.source, deps(), { owner: 'before' })
    const schedule = start({ crons: { ctgov: '20 5 * * *', ctis: null } })
    const next = schedule.next('ctgov')
    expect(next?.toLocaleTimeString('fr-FR', { timeZone: 'Europe/Paris' })).toBe('05:20:00')
    expect(schedule.next('ctis')).toBeNull()
    await schedule.stop()
    expect(await outcomes()).toEqual(['complete'])
  })

  test('reads again at its time', async () => {
    await ingest(ctgov.source, deps(), { owner: 'before' })
    start({ crons: { ctgov: EVERY_SECOND, ctis: null } })
    await eventually(async () => expect((await outcomes()).length).toBeGreaterThan(1))
    expect(ctgov.sweeps[1]).toMatch(/^delta/)
  })

  test('tries again, after a pause, what could not be read', async () => {
    let failures = 2
    const { fetch } = ctgov.source
    ctgov.source.fetch = (options) => {
      if (failures-- > 0) throw new RegistryError('out of order', 'http://registry', 503)
      return fetch(options)
    }
    start()
    await eventually(async () => expect(await outcomes()).toEqual(['complete', 'failed', 'failed']))
    expect(warnings.filter((text) => text.includes('could not be read'))).toHaveLength(2)
    expect(errors).toEqual([])
  })

  test('started in a maintenance of the registry, reads it when that ends, and tells when that will be', async () => {
    let time = Date.parse('2026-11-24T18:30:00Z')
    const over = Date.parse('2026-11-24T20:00:00Z')
    const told: object[] = []
    const rests: number[] = []
    let goOn = () => {}
    const paused = {
      ...ctgov.source,
      pausedUntil: (now: Date) => (now.getTime() < over ? new Date(over) : null),
    }
    const schedule = startSchedule(
      { ...deps(), now: () => new Date(time), log: { info: (facts) => told.push(facts), warn() {} } },
      {
        sources: { ctgov: paused, ctis: ctis.source },
        crons: { ctgov: NEVER, ctis: null },
        owner: 'worker',
        randomDelayMs: 0,
        retryAfterMs: [],
        rest: (ms) =>
          new Promise<void>((resolve) => {
            rests.push(ms)
            goOn = () => {
              time += ms
              resolve()
            }
          }),
        onError: (_registry, error) => errors.push(error),
      },
    )
    running.push(schedule)
    await eventually(() => expect(rests).toEqual([90 * 60_000]))
    expect(ctgov.sweeps, 'no request is made').toEqual([])
    expect(told).toContainEqual({ registry: 'ctgov', nextTryAt: '2026-11-24T20:00:00.000Z' })
    expect((await sourceStates(db))[0]).toMatchObject({ pausedUntil: '2026-11-24T20:00:00.000Z', running: null })

    goOn()
    await eventually(async () => expect(await outcomes()).toEqual(['complete', 'skipped']))
    expect((await sourceStates(db))[0]).toMatchObject({ pausedUntil: null })
    expect(errors).toEqual([])
  })

  test('of several workers on one database only one reads', async () => {
    for (let number = 2; number < 250; number++) ctgov.records.set(nct(number), { fields: {} })
    start({ retryAfterMs: [20, 20, 20, 20, 20, 20] })
    start({ retryAfterMs: [20, 20, 20, 20, 20, 20] })
    await eventually(async () => expect(await outcomes()).toContain('complete'))
    for (const schedule of running) await schedule.stop()
    expect((await outcomes()).filter((outcome) => outcome !== 'skipped')).toEqual(['complete'])
    expect(ctgov.sweeps).toEqual(['full'])
    expect(warnings, 'to wait for another is no trouble').toEqual([])
  })

  test('stops in the middle of a run, which is noted as interrupted', async () => {
    for (let number = 2; number < 250; number++) ctgov.records.set(nct(number), { fields: {} })
    let begun = () => {}
    const inTheMiddle = new Promise<void>((resolve) => {
      begun = resolve
    })
    ctgov.onRecord = (count) => count === 120 && begun()
    const schedule = start()
    await inTheMiddle
    await schedule.stop()
    expect(await outcomes()).toEqual(['interrupted'])
    expect(errors).toEqual([])
  })

  test('survives a bug and tells of it', async () => {
    ctgov.records.set(nct(2), { fields: {}, bug: true })
    start()
    await eventually(() => expect(errors).toHaveLength(1))
    expect(String(errors[0])).toContain('a bug in the normaliser')
  })

  test('follows what a feed names between two sweeps', async () => {
    await ingest(ctgov.source, deps(), { owner: 'before' })
    ctgov.records.set(nct(7), { fields: { lastUpdateDate: '2026-11-20' } })
    ctgov.source.readFeed = async () => [{ registryId: nct(7), published: '2026-11-20' }]
    start({ hintsCron: EVERY_SECOND })
    await eventually(async () => expect((await getTrial(db, nct(7)))?.id).toBeDefined())
    expect(ctgov.sweeps).toContain(`ids ${nct(7)}`)
  })

  test('reads anew, without downloading, what an older normaliser read', async () => {
    await ingest(ctgov.source, deps(), { owner: 'before' })
    await db.orm.execute(sql`update records set normaliser_version = 'old', normalised = '{}'::jsonb`)
    start()
    await eventually(async () => expect(await countOutdated(db, 'ctgov', NORMALISER_VERSION)).toBe(0))
    expect((await getTrial(db, nct(1)))?.trial.briefTitle).toBe('An invented trial')
    expect(ctgov.sweeps).toEqual(['full'])
  })
})
