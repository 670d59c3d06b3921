import { afterEach, expect, test } from 'vitest'
import { createCtgovSource } from '../../../ingest/ctgov/source.ts'
import { createHttp, RegistryError } from '../../../ingest/http.ts'
import type { FetchOptions, SweepReport } from '../../../ingest/source.ts'
import { RECORDED_CTGOV, recordedTest } from '../../recorded.ts'
import { type Invention, inventedNumber, inventStudy } from '../../registries/invent.ts'
import { readNdjson } from '../../registries/ndjson.ts'
import { type Registries, startRegistries } from '../../registries/server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close()
})

async function connect(inventions: Invention[], { pageSize = 2, ctgov = [] as unknown[] } = {}) {
  const registries = await startRegistries({ ctgov: [...inventions.map(inventStudy), ...ctgov] })
  const http = createHttp({
    userAgent: 'test',
    requestsPerSecond: Number.POSITIVE_INFINITY,
    clock: { now: Date.now, sleep: async () => undefined },
  })
  open.push(http, registries)
  const source = createCtgovSource({ http, baseUrl: registries.ctgovUrl, pageSize, readCriteria: () => [] })
  return { registries, sweep: (options: FetchOptions) => collect(source.fetch(options)) }
}

async function collect(records: AsyncGenerator<{ registryId: string }, SweepReport>) {
  const numbers: string[] = []
  for (;;) {
    const { done, value } = await records.next()
    if (done) return { numbers, report: value }
    numbers.push(value.registryId)
  }
}

const listRequests = ({ requests }: Registries) => requests.filter((line) => line.includes('/v2/studies?'))
const numbered = (...numbers: number[]) => numbers.map(inventedNumber)
const full: FetchOptions = { sweep: { kind: 'full' } }

test('a full sweep gives the studies with a French site that is open or about to be, and no other', async () => {
  const { sweep, registries } = await connect([
    { number: 1 },
    { number: 2, sites: ['Spain/RECRUITING', 'France/COMPLETED'] },
    { number: 3, sites: ['Spain/COMPLETED', 'Réunion/NOT_YET_RECRUITING'] },
    { number: 4, sites: ['French Guiana/RECRUITING'], status: 'ENROLLING_BY_INVITATION' },
    { number: 5, sites: ['Spain/RECRUITING'] },
    { number: 6, status: 'COMPLETED' },
    { number: 7, sites: ['France'] },
    { number: 8, status: 'UNKNOWN' },
    { number: 9, status: 'AVAILABLE', sites: ['New Caledonia/AVAILABLE'] },
  ])
  const { numbers, report } = await sweep(full)
  expect(numbers.toSorted()).toEqual(numbered(1, 3, 4, 9))
  expect(report).toEqual({ announced: 4, received: 4, dataVersion: '2026-11-20T09:00:05', gone: [], renamed: {} })
  expect(listRequests(registries)[0]).toContain('fields=ProtocolSection,DerivedSection,HasResults')
})

test('pages are streamed one by one, and a full last page is followed by an empty one', async () => {
  const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }])
  const pages: number[] = []
  const { numbers } = await sweep({ ...full, onPage: ({ rows }) => pages.push(rows) })
  expect(numbers).toHaveLength(4)
  expect(pages).toEqual([2, 2, 0])
  const [first, second] = listRequests(registries)
  expect(first).toContain('countTotal=true')
  expect(second).not.toContain('countTotal')
  expect(second).toContain('filter.advanced=SEARCH[Location]')
})

test('nothing open: no rows, nothing announced, no failure', async () => {
  const { sweep } = await connect([{ number: 1, status: 'COMPLETED' }])
  expect((await sweep(full)).report).toMatchObject({ announced: 0, received: 0 })
})

test('a delta gives what was updated since a day, studies that have just closed among it', async () => {
  const { sweep } = await connect([
    { number: 1, updated: '2026-11-17' },
    { number: 2, updated: '2026-11-18', status: 'COMPLETED', sites: ['France'] },
    { number: 3, updated: '2026-11-19', sites: ['Martinique/RECRUITING'] },
    { number: 4, updated: '2026-11-19', sites: ['Spain/RECRUITING'] },
  ])
  const { numbers } = await sweep({ sweep: { kind: 'delta', since: '2026-11-18' } })
  expect(numbers).toEqual(numbered(2, 3))
})

test('a delta of the version we hold asks for the version only', async () => {
  const { sweep, registries } = await connect([{ number: 1 }])
  const delta: FetchOptions = { sweep: { kind: 'delta', since: '2026-11-01' }, heldVersion: '2026-11-20T09:00:05' }
  expect(await sweep(delta)).toEqual({
    numbers: [],
    report: { announced: 0, received: 0, dataVersion: '2026-11-20T09:00:05', gone: [], renamed: {} },
  })
  expect(listRequests(registries)).toEqual([])
})

test('by number: found, closed, renamed, gone, each is told apart', async () => {
  const { sweep, registries } = await connect([
    { number: 1 },
    { number: 2, status: 'COMPLETED', sites: ['France'] },
    { number: 3, aliases: [33] },
  ])
  const { numbers, report } = await sweep({ sweep: { kind: 'ids', ids: numbered(1, 2, 33, 44) } })
  expect(numbers).toEqual(numbered(1, 2, 3))
  expect(report).toMatchObject({
    announced: 4,
    received: 4,
    gone: numbered(44),
    renamed: { [inventedNumber(33)]: inventedNumber(3) },
  })
  expect(listRequests(registries)[0]).toContain('pageSize=1000')
})

test('a number that the list does not answer is asked for alone, and its redirect followed', async () => {
  const { sweep, registries } = await connect([{ number: 3, aliases: [33] }])
  registries.faults.add({ fault: { kind: 'short', rows: 1 }, on: /filter\.ids/ })
  const { numbers, report } = await sweep({ sweep: { kind: 'ids', ids: numbered(33) } })
  expect(numbers).toEqual(numbered(3))
  expect(report).toMatchObject({ gone: [], renamed: { [inventedNumber(33)]: inventedNumber(3) } })
})

test('more numbers than one request holds are asked for in several', async () => {
  const many = Array.from({ length: 501 }, (_, index) => ({ number: index + 1 }))
  const { sweep, registries } = await connect(many)
  const { numbers, report } = await sweep({
    sweep: { kind: 'ids', ids: many.map(({ number }) => inventedNumber(number)) },
  })
  expect(numbers).toHaveLength(501)
  expect(report.gone).toEqual([])
  expect(listRequests(registries)).toHaveLength(2)
})

test('when the data move in mid-sweep, the sweep starts again and reports the version it ends with', async () => {
  const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
  registries.faults.add({ fault: { kind: 'data_moves' }, on: /pageToken/, times: 1 })
  const { numbers, report } = await sweep(full)
  expect(new Set(numbers)).toEqual(new Set(numbered(1, 2, 3)))
  expect(report).toMatchObject({ announced: 3, received: 3, dataVersion: '2026-11-21T09:00:05' })
})

test('when the data move after the last page, the sweep starts again', async () => {
  const { sweep, registries } = await connect([{ number: 1 }])
  registries.faults.add({ fault: { kind: 'data_moves' }, on: /version/, after: 1, times: 1 })
  const { numbers, report } = await sweep(full)
  expect(numbers).toEqual(numbered(1, 1))
  expect(report).toMatchObject({ received: 1, dataVersion: '2026-11-21T09:00:05' })
})

test('a refused page token starts the sweep again', async () => {
  const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
  registries.faults.add({ fault: { kind: 'stale_token' }, on: /pageToken/, times: 1 })
  const { numbers, report } = await sweep(full)
  expect(new Set(numbers)).toEqual(new Set(numbered(1, 2, 3)))
  expect(report.received).toBe(3)
})

test('a page token that is always refused ends the sweep with an error, not in a circle', async () => {
  const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
  registries.faults.add({ fault: { kind: 'stale_token' }, on: /pageToken/ })
  await expect(sweep(full)).rejects.toThrow('a page token was refused; given up after 3 restarts')
})

test('a refused first page is our mistake: it ends the sweep at once', async () => {
  const { sweep, registries } = await connect([{ number: 1 }])
  registries.faults.add({ fault: { kind: 'status', status: 400 }, on: /v2\/studies\?/ })
  await expect(sweep(full)).rejects.toMatchObject({ name: 'RegistryError', status: 400 })
  expect(listRequests(registries)).toHaveLength(1)
})

test('a short sweep reports fewer rows than were announced', async () => {
  const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
  registries.faults.add({ fault: { kind: 'short', rows: 1 }, on: /v2\/studies\?/, times: 1 })
  expect((await sweep(full)).report).toMatchObject({ announced: 3, received: 2 })
})

test.each(['html', 'truncated', 'cut', 'reset'] as const)(
  '%s once: the page is asked for again and nothing is lost',
  async (kind) => {
    const { sweep, registries } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
    registries.faults.add({ fault: { kind }, on: /pageToken/, times: 1 })
    const { numbers, report } = await sweep(full)
    expect(numbers).toEqual(numbered(1, 2, 3))
    expect(report).toMatchObject({ announced: 3, received: 3 })
  },
)

test.each<[string, Parameters<Registries['faults']['add']>[0]]>([
  ['HTML with 200', { fault: { kind: 'html' } }],
  ['truncated bodies', { fault: { kind: 'truncated' } }],
  ['403', { fault: { kind: 'status', status: 403 } }],
  ['429', { fault: { kind: 'status', status: 429 } }],
  ['503', { fault: { kind: 'status', status: 503 } }],
  ['{} for a page', { fault: { kind: 'empty' }, on: /v2\/studies/ }],
  ['{} for the version', { fault: { kind: 'empty' }, on: /version/ }],
])('%s for good ends the sweep with RegistryError', async (_, rule) => {
  const { sweep, registries } = await connect([{ number: 1 }])
  registries.faults.add(rule)
  await expect(sweep(full)).rejects.toBeInstanceOf(RegistryError)
})

test('403 is not asked for again', async () => {
  const { sweep, registries } = await connect([{ number: 1 }])
  registries.faults.add({ fault: { kind: 'status', status: 403 } })
  await expect(sweep(full)).rejects.toMatchObject({ status: 403 })
  expect(registries.requests).toHaveLength(1)
})

test('an abort ends the sweep', async () => {
  const { sweep } = await connect([{ number: 1 }, { number: 2 }, { number: 3 }])
  const stop = new AbortController()
  const options: FetchOptions = { ...full, signal: stop.signal, onPage: () => stop.abort(new Error('by hand')) }
  await expect(sweep(options)).rejects.toThrow('by hand')
})

test('a study without a number is passed on under its place, for the run to keep', async () => {
  const { sweep, registries } = await connect([{ number: 1 }])
  const { nctId: _, ...identificationModule } = inventStudy({ number: 2 }).protocolSection.identificationModule
  const { protocolSection } = inventStudy({ number: 2, updated: '2026-11-19' })
  registries.ctgov.put([{ protocolSection: { ...protocolSection, identificationModule } }])
  expect((await sweep(full)).numbers).toEqual([inventedNumber(1), 'page 1, study 2'])
})

recordedTest('of all recorded studies, exactly those with an open French site are swept', async () => {
  const studies: Recorded[] = []
  for (const path of RECORDED_CTGOV) for await (const study of readNdjson(path)) studies.push(study as Recorded)
  const OPEN = /^(RECRUITING|NOT_YET_RECRUITING|ENROLLING_BY_INVITATION|AVAILABLE)$/
  const expected = studies.filter(
    ({ protocolSection: { statusModule, contactsLocationsModule } }) =>
      OPEN.test(statusModule.overallStatus) &&
      contactsLocationsModule?.locations?.some(
        ({ country, status }) => country === 'France' && OPEN.test(status ?? ''),
      ),
  )
  const { sweep } = await connect([], { pageSize: 500, ctgov: studies })
  const { numbers, report } = await sweep(full)
  expect(numbers.toSorted()).toEqual(
    expected.map(({ protocolSection }) => protocolSection.identificationModule.nctId).toSorted(),
  )
  expect(report.announced).toBe(expected.length)
  expect(expected.length).toBeGreaterThan(50)
})

interface Recorded {
  protocolSection: {
    identificationModule: { nctId: string }
    statusModule: { overallStatus: string }
    contactsLocationsModule?: { locations?: { country: string; status?: string }[] }
  }
}
