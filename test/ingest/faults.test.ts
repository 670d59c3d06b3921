import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { listQuarantine } from '../../db/quarantine.ts'
import { recordHeads } from '../../db/record-heads.ts'
import type { Run } from '../../db/runs.ts'
import { getTrial } from '../../db/trials.ts'
import { createCtgovSource } from '../../ingest/ctgov/source.ts'
import { createCtisSource } from '../../ingest/ctis/source.ts'
import { followHints } from '../../ingest/hints.ts'
import { createHttp, type Http } from '../../ingest/http.ts'
import { type IngestOptions, ingest } from '../../ingest/ingest.ts'
import type { RegistrySource } from '../../ingest/source.ts'
import type { Fault, FaultRule } from '../registries/faults.ts'
import { type Invention, inventedNumber, inventStudy } from '../registries/invent.ts'
import { renderCtis } from '../registries/render-ctis.ts'
import { type Registries, startRegistries } from '../registries/server.ts'
import { emptied, memoryDatabase } from '../support/databases.ts'
import { quietDeps } from './quiet-deps.ts'

/**
 * Every fault of a registry, in the middle of an ordinary day: trial 1 has closed, trial 2 has a new title, trial 9
 * is new, trials 2 to 8 are open as they were. Whatever goes wrong, none of these may disappear; and the next run
 * that goes well repairs everything. ingest/README.md lists the outcomes.
 */
const FIRST = 1
const LAST = 8
const HOUR_MS = 3_600_000
/** A Monday: no maintenance of CTIS. */
const MONDAY = Date.parse('2026-11-16T06:00:00Z')

let db: Database
let registries: Registries
let http: Http
let now = MONDAY

beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await emptied(db)
  now = MONDAY
  registries = await startRegistries()
  http = createHttp({
    userAgent: 'test',
    requestsPerSecond: Number.POSITIVE_INFINITY,
    timeoutMs: 400,
    maxBytes: 200_000,
    attempts: 3,
    clock: { now: Date.now, sleep: async () => undefined },
  })
})
afterEach(async () => {
  await http.close()
  await registries.close()
})

interface World {
  source: () => RegistrySource
  numberOf: (number: number) => string
  put: (inventions: Invention[]) => void
  remove: (numbers: number[]) => void
  /** The registry gives a record that cannot be used. */
  spoil: (number: number) => void
}

const readCriteria = () => []
const euct = (number: number) => `2024-59${String(number).padStart(4, '0')}-11-00`
const asCtis = (invention: Invention) =>
  renderCtis(inventStudy({ ...invention, secondaryIds: [euct(invention.number)] }), {
    seed: invention.number,
    onlyInOne: 0,
    withNct: false,
  })?.payload

const WORLDS: Record<'ctgov' | 'ctis', World> = {
  ctgov: {
    source: () => createCtgovSource({ http, baseUrl: registries.ctgovUrl, pageSize: 3, readCriteria }),
    numberOf: inventedNumber,
    put: (inventions) => registries.ctgov.put(inventions.map(inventStudy)),
    remove: (numbers) => registries.ctgov.remove(numbers.map(inventedNumber)),
    spoil: (number) => registries.ctgov.put([inventStudy({ number, title: '', updated: '2026-11-16' })]),
  },
  ctis: {
    source: () => createCtisSource({ http, baseUrl: registries.ctisUrl, pageSize: 3, readCriteria }),
    numberOf: euct,
    put: (inventions) => registries.ctis.put(inventions.map(asCtis)),
    remove: (numbers) => registries.ctis.remove(numbers.map(euct)),
    spoil: (number) => {
      registries.ctis.put([asCtis({ number, updated: '2026-11-16' })])
      registries.faults.add({ fault: { kind: 'instead', body: RETIRED }, on: new RegExp(`retrieve/${euct(number)}`) })
    },
  },
}

const deps = () => quietDeps(db, { now: () => new Date(now++) })

function run(world: World, options: Partial<IngestOptions> = {}): Promise<Run> {
  return ingest(world.source(), deps(), { owner: 'test', ...options })
}

/** Trials 1 to 8, and one in Spain so that France is not everything; all read. */
async function firstDay(world: World): Promise<void> {
  const spanish = { ...(asCtis({ number: 900 }) as object), authorizedApplication: SPANISH }
  registries.ctis.put([spanish])
  world.put(range(FIRST, LAST).map((number) => ({ number, updated: '2026-11-10' })))
  expect(await run(world)).toMatchObject({ outcome: 'complete', created: LAST })
}

/** A record in the format before June 2024. */
const RETIRED = { ctNumber: euct(3), authorizedPartI: {}, memberStatesConcerned: [] }

const SPANISH = {
  authorizedPartI: { trialDetails: { clinicalTrialIdentifiers: { publicTitle: 'In Spain' } } },
  memberStatesConcerned: [{ mscName: 'Spain', mscPublicStatusCode: 4, lastDecisionDate: '2025-01-01' }],
}

/** What an ordinary day brings. */
function dayPasses(world: World): void {
  now += 24 * HOUR_MS
  world.put([
    { number: 1, status: 'COMPLETED', sites: ['France/COMPLETED'], updated: '2026-11-16' },
    { number: 2, title: 'Another title', updated: '2026-11-16' },
    { number: LAST + 1, updated: '2026-11-16' },
  ])
}

async function openNumbers(world: World): Promise<number[]> {
  const numbers: number[] = []
  for (const number of range(FIRST, LAST + 1)) {
    if ((await getTrial(db, world.numberOf(number)))?.open) numbers.push(number)
  }
  return numbers
}

/** Trials 2 to 8 were open all the time: a fault may leave news unread, it hides none of them. */
async function expectNothingHidden(world: World): Promise<void> {
  expect((await openNumbers(world)).filter((number) => number > 1 && number <= LAST)).toEqual(range(2, LAST))
}

/** The next day without faults: everything as if nothing had been wrong. */
async function expectRepaired(world: World): Promise<void> {
  registries.faults.clear()
  now += 24 * HOUR_MS
  expect(await run(world)).toMatchObject({ outcome: 'complete' })
  expect(await openNumbers(world)).toEqual(range(2, LAST + 1))
  expect((await getTrial(db, world.numberOf(2)))?.trial.briefTitle).toBe('Another title')
  expect(await listQuarantine(db)).toEqual([])
}

interface Case {
  fault: Fault
  rule?: Omit<FaultRule, 'fault'>
  outcome: Run['outcome']
  reason?: RegExp
}

const LIST = { ctgov: /v2\/studies\?/, ctis: /"msc"/ }
const RECORD = { ctgov: /pageToken/, ctis: /retrieve/ }
const FAULTS: (Omit<Case, 'rule'> & { name: string; stays: boolean })[] = [
  { name: 'a web page with 200, once', stays: false, fault: { kind: 'html' }, outcome: 'complete' },
  { name: 'half a body, once', stays: false, fault: { kind: 'truncated' }, outcome: 'complete' },
  { name: 'half a body', stays: true, fault: { kind: 'truncated' }, outcome: 'failed', reason: /not JSON/ },
  { name: 'a connection cut in mid-body, once', stays: false, fault: { kind: 'cut' }, outcome: 'complete' },
  { name: 'a connection reset, once', stays: false, fault: { kind: 'reset' }, outcome: 'complete' },
  { name: 'a connection reset', stays: true, fault: { kind: 'reset' }, outcome: 'failed', reason: /could not be read/ },
  { name: 'no answer in time, once', stays: false, fault: { kind: 'slow', delayMs: 600 }, outcome: 'complete' },
  {
    name: '400',
    stays: true,
    fault: { kind: 'status', status: 400 },
    outcome: 'failed',
    reason: /answered 400$/,
  },
  { name: '403', stays: true, fault: { kind: 'status', status: 403 }, outcome: 'failed', reason: /answered 403$/ },
  { name: '429', stays: true, fault: { kind: 'status', status: 429 }, outcome: 'failed', reason: /429, after 3/ },
  { name: 'a web page with 200', stays: true, fault: { kind: 'html' }, outcome: 'failed', reason: /text\/html/ },
  { name: 'a connection cut', stays: true, fault: { kind: 'cut' }, outcome: 'failed', reason: /could not be read/ },
  { name: '429, once', stays: false, fault: { kind: 'status', status: 429, retryAfter: '2' }, outcome: 'complete' },
  {
    name: '503 with an hour of Retry-After',
    stays: true,
    fault: { kind: 'status', status: 503, retryAfter: '3600' },
    outcome: 'failed',
    reason: /503, after 1 attempt$/,
  },
  { name: '500', stays: true, fault: { kind: 'status', status: 500 }, outcome: 'failed', reason: /500, after 3/ },
]

describe.each(['ctgov', 'ctis'] as const)('%s', (registry) => {
  const world = WORLDS[registry]

  const places = [
    ['in a list', LIST[registry]],
    ['further on', RECORD[registry]],
  ] as const
  const cases = places.flatMap(([place, on], index) =>
    // A fault that goes by is tried in both places, one that stays in one of them.
    FAULTS.filter(({ stays }) => !stays || index === 0).map((one) => ({ ...one, place, on })),
  )

  test.each(cases)('$name, $place', async ({ fault, stays, on, outcome, reason }) => {
    await firstDay(world)
    dayPasses(world)
    registries.faults.add({ fault, on, ...(!stays && { times: 1 }) })
    const ended = await run(world)
    expect(ended.outcome).toBe(outcome)
    if (reason) expect(ended.reason).toMatch(reason)
    await expectNothingHidden(world)
    await expectRepaired(world)
  })

  const OWN: Record<'ctgov' | 'ctis', [string, Case][]> = {
    ctgov: [
      [
        'a page token refused, once',
        { fault: { kind: 'stale_token' }, rule: { on: /pageToken/, times: 1 }, outcome: 'complete' },
      ],
      [
        'page tokens refused',
        { fault: { kind: 'stale_token' }, rule: { on: /pageToken/ }, outcome: 'failed', reason: /given up/ },
      ],
      [
        'data that move in mid-sweep',
        { fault: { kind: 'data_moves' }, rule: { on: /pageToken/, times: 1 }, outcome: 'complete' },
      ],
      [
        'data that never stop moving',
        { fault: { kind: 'data_moves' }, outcome: 'failed', reason: /given up after 3 restarts/ },
      ],
      ['{} for a page', { fault: { kind: 'empty' }, rule: { on: /studies/ }, outcome: 'failed', reason: /not a page/ }],
      [
        '{} for the version',
        { fault: { kind: 'empty' }, rule: { on: /version/ }, outcome: 'failed', reason: /dataTimestamp/ },
      ],
      ['404 for everything', { fault: { kind: 'status', status: 404 }, outcome: 'failed', reason: /404/ }],
      [
        'a list short of its last rows',
        { fault: { kind: 'short', rows: 2 }, rule: { on: /pageToken/ }, outcome: 'failed', reason: /short sweep/ },
      ],
    ],
    ctis: [
      ['a warning instead of rows', { fault: { kind: 'warning' }, outcome: 'failed', reason: /did not understand/ }],
      [
        'no rows for France',
        { fault: { kind: 'no_rows' }, rule: { on: /msc/ }, outcome: 'failed', reason: /not understood/ },
      ],
      [
        'the whole corpus for France',
        { fault: { kind: 'ignored_filter' }, rule: { on: /msc/ }, outcome: 'failed', reason: /ignored/ },
      ],
      [
        'the whole corpus from the second page on',
        { fault: { kind: 'ignored_filter' }, rule: { on: /msc/, after: 2 }, outcome: 'failed', reason: /ignored/ },
      ],
      ['{} for a list', { fault: { kind: 'empty' }, rule: { on: /search/ }, outcome: 'failed', reason: /not a page/ }],
      [
        'a list short of its last rows',
        { fault: { kind: 'short', rows: 2 }, rule: { on: /msc/, after: 1 }, outcome: 'failed', reason: /short sweep/ },
      ],
      ['{} for the trials that changed', { fault: { kind: 'empty' }, rule: { on: /retrieve/ }, outcome: 'complete' }],
      [
        '404 for the trials that changed',
        { fault: { kind: 'status', status: 404 }, rule: { on: /retrieve/ }, outcome: 'complete' },
      ],
    ],
  }

  test.each(OWN[registry])('%s', async (_name, { fault, rule, outcome, reason }) => {
    await firstDay(world)
    dayPasses(world)
    registries.faults.add({ fault, ...rule })
    const ended = await run(world)
    expect(ended.outcome).toBe(outcome)
    if (reason) expect(ended.reason).toMatch(reason)
    await expectNothingHidden(world)
    await expectRepaired(world)
  })

  test('a fault on the very first run leaves what was read, and the next run completes it', async () => {
    registries.ctis.put([{ ...(asCtis({ number: 900 }) as object), authorizedApplication: SPANISH }])
    world.put(range(FIRST, LAST).map((number) => ({ number, updated: '2026-11-10' })))
    registries.faults.add({ fault: { kind: 'status', status: 503 }, on: RECORD[registry], after: 1 })
    expect(await run(world)).toMatchObject({ outcome: 'failed' })
    registries.faults.clear()
    expect(await run(world)).toMatchObject({ outcome: 'complete', kind: 'full' })
    expect(await openNumbers(world)).toEqual(range(FIRST, LAST))
  })

  test('a registry that cannot be reached', async () => {
    await firstDay(world)
    dayPasses(world)
    const { source } = { source: world.source() }
    await registries.close()
    expect(await ingest(source, deps(), { owner: 'test' })).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('ECONNREFUSED'),
    })
    await expectNothingHidden(world)
    registries = await startRegistries()
  })

  test('a body over the cap', async () => {
    await firstDay(world)
    dayPasses(world)
    world.put([{ number: 14, updated: '2026-11-16', eligibility: 'x'.repeat(300_000) }])
    expect(await run(world)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('more than 200000 bytes'),
    })
    await expectNothingHidden(world)
    world.remove([14])
    await expectRepaired(world)
  })

  test('most trials gone at once: the run is refused, nothing is hidden', async () => {
    await firstDay(world)
    now += 24 * HOUR_MS
    world.remove(range(4, LAST))
    expect(await run(world)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('would leave at once'),
    })
    await expectNothingHidden(world)
    world.put(range(4, LAST).map((number) => ({ number, updated: '2026-11-10' })))
    dayPasses(world)
    await expectRepaired(world)
  })

  test('a trial that is really gone goes, when a second look says so', async () => {
    await firstDay(world)
    now += 24 * HOUR_MS
    world.remove([5])
    await run(world)
    now += 24 * HOUR_MS
    await run(world)
    expect((await openNumbers(world)).includes(5)).toBe(false)
    expect(await openNumbers(world)).toHaveLength(LAST - 1)
    const head = (await recordHeads(db, registry, [world.numberOf(5)])).get(world.numberOf(5))
    expect(head?.state).toBe('departed')
  })

  test('a bad record is put aside and its last good content stays', async () => {
    await firstDay(world)
    dayPasses(world)
    world.spoil(3)
    expect(await run(world)).toMatchObject({ outcome: 'complete', quarantined: 1 })
    await expectNothingHidden(world)
    expect((await listQuarantine(db)).map(({ registryId }) => registryId)).toEqual([world.numberOf(3)])
    world.put([{ number: 3, updated: '2026-11-17' }])
    await expectRepaired(world)
  })
})

describe('ctgov', () => {
  const world = WORLDS.ctgov

  test('a delta that fails is asked for again with the same start, and closures come through it', async () => {
    await firstDay(world)
    now += 6 * HOUR_MS
    world.put([{ number: 1, status: 'COMPLETED', sites: ['France'], updated: '2026-11-16' }])
    registries.faults.add({ fault: { kind: 'status', status: 503 }, on: /studies/ })
    expect(await run(world)).toMatchObject({ outcome: 'failed', kind: 'delta' })
    expect(await openNumbers(world)).toEqual(range(FIRST, LAST))
    registries.faults.clear()
    expect(await run(world)).toMatchObject({ outcome: 'complete', kind: 'delta', updated: 1 })
    expect(await openNumbers(world)).toEqual(range(2, LAST))
  })

  test('a study under a new number is one trial, and its old number still leads to it', async () => {
    await firstDay(world)
    now += 24 * HOUR_MS
    world.remove([5])
    world.put([{ number: 50, aliases: [5], updated: '2026-11-16' }])
    expect(await run(world)).toMatchObject({ outcome: 'complete' })
    const trial = await getTrial(db, inventedNumber(5))
    expect(trial?.open).toBe(true)
    expect(trial?.id).toBe((await getTrial(db, inventedNumber(50)))?.id)
  })

  test('the feed raises an alarm when a delta misses what it names', async () => {
    await firstDay(world)
    now += 6 * HOUR_MS
    world.put([{ number: LAST + 1, updated: '2026-11-16' }])
    registries.faults.add({ fault: { kind: 'no_studies' }, on: /LastUpdatePostDate\]RANGE/ })
    const ended = await run(world)
    expect(ended).toMatchObject({ outcome: 'complete', kind: 'delta' })
    expect(ended.alarms).toEqual([expect.stringContaining(`${inventedNumber(LAST + 1)} (2026-11-16)`)])
  })

  test('a feed that cannot be read raises none', async () => {
    await firstDay(world)
    now += 6 * HOUR_MS
    registries.faults.add({ fault: { kind: 'html' }, on: /rss/ })
    world.put([{ number: LAST + 1, updated: '2026-11-16' }])
    expect(await run(world)).toMatchObject({ outcome: 'complete', alarms: [], created: 1 })
  })
})

describe('ctis', () => {
  const world = WORLDS.ctis

  test('in a maintenance window the run is skipped, and no request is made', async () => {
    await firstDay(world)
    now = Date.parse('2026-11-17T17:30:00Z')
    registries.requests.length = 0
    expect(await run(world)).toMatchObject({
      outcome: 'skipped',
      reason: 'maintenance of the registry until 2026-11-17T20:00:00.000Z',
    })
    expect(registries.requests).toEqual([])
  })

  test('a trial missing from one list is looked for on another day, and stays while it is there', async () => {
    await firstDay(world)
    now += 24 * HOUR_MS
    world.remove([5])
    expect(await run(world)).toMatchObject({ outcome: 'complete', missing: 1, departed: 0 })
    expect(await openNumbers(world)).toContain(5)
    world.put([{ number: 5, updated: '2026-11-10' }])
    now += 24 * HOUR_MS
    expect(await run(world)).toMatchObject({ outcome: 'complete', missing: 0, departed: 0 })
    expect(await openNumbers(world)).toEqual(range(FIRST, LAST))
  })

  test('a record in the retired format is put aside with that reason', async () => {
    await firstDay(world)
    dayPasses(world)
    world.spoil(3)
    await run(world)
    expect((await listQuarantine(db))[0]?.reason).toContain('the format that CTIS retired')
  })

  test('another trial than the one asked for is put aside', async () => {
    await firstDay(world)
    dayPasses(world)
    registries.faults.add({
      fault: { kind: 'instead', body: asCtis({ number: 5 }) },
      on: new RegExp(`retrieve/${euct(2)}`),
    })
    expect(await run(world)).toMatchObject({ outcome: 'complete', quarantined: 1 })
    expect((await getTrial(db, euct(2)))?.trial.briefTitle).toBe('Invented study 2')
    await expectNothingHidden(world)
    await expectRepaired(world)
  })

  test('between two sweeps the feed is followed for what is newer than what we hold', async () => {
    await firstDay(world)
    now += 2 * HOUR_MS
    world.put([
      { number: 2, title: 'Another title', updated: '2026-11-16' },
      { number: LAST + 1, updated: '2026-11-16' },
    ])
    const options = { owner: 'test' }
    expect(await followHints(world.source(), deps(), options)).toMatchObject({
      outcome: 'complete',
      kind: 'ids',
      fetched: 2,
    })
    expect(await openNumbers(world)).toEqual(range(FIRST, LAST + 1))
    expect(await followHints(world.source(), deps(), options)).toBeNull()
  })
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
