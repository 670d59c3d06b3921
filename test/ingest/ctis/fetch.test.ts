import { afterEach, expect, test } from 'vitest'
import { createCtisSource } from '../../../ingest/ctis/source.ts'
import { createHttp, RegistryError } from '../../../ingest/http.ts'
import type { FetchOptions, RawRecord, SweepReport } from '../../../ingest/source.ts'
import { inventStudy } from '../../registries/invent.ts'
import { type RenderOptions, renderCtis } from '../../registries/render-ctis.ts'
import { type Registries, startRegistries } from '../../registries/server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close()
})

const numberOf = (number: number) => `2024-59${String(number).padStart(4, '0')}-11-00`

interface Rendered {
  ctNumber: string
  publishDate: string
  authorizedApplication: { memberStatesConcerned: { mscName: string; mscPublicStatusCode: number }[] }
}

function invent(number: number, options: Partial<RenderOptions> = {}): Rendered {
  const study = inventStudy({ number, secondaryIds: [numberOf(number)] })
  return renderCtis(study, { seed: number, franceCode: 4, ...options })?.payload as unknown as Rendered
}

/** The same trial, in Spain only. */
function inSpain(number: number): unknown {
  const trial = invent(number)
  const [state] = trial.authorizedApplication.memberStatesConcerned
  if (state) state.mscName = 'Spain'
  return trial
}

async function connect(trials: unknown[], { pageSize = 2 } = {}) {
  const registries = await startRegistries({ ctis: [...trials, inSpain(900)] })
  const http = createHttp({
    userAgent: 'test',
    requestsPerSecond: Number.POSITIVE_INFINITY,
    clock: { now: Date.now, sleep: async () => undefined },
  })
  open.push(http, registries)
  const source = createCtisSource({ http, baseUrl: registries.ctisUrl, pageSize, readCriteria: () => [] })
  return { registries, sweep: (options: FetchOptions) => collect(source.fetch(options)) }
}

async function collect(stream: AsyncGenerator<RawRecord, SweepReport>) {
  const records: RawRecord[] = []
  for (;;) {
    const { done, value } = await stream.next()
    if (done) return { records, numbers: records.map(({ registryId }) => registryId), report: value }
    records.push(value)
  }
}

const retrieved = ({ requests }: Registries) => requests.filter((line) => line.includes('/retrieve/'))
const full: FetchOptions = { sweep: { kind: 'full' } }

test('a sweep gives every French trial, whatever its status, and no other', async () => {
  const { sweep, registries } = await connect([invent(3), invent(1, { franceCode: 8 }), invent(2, { franceCode: 1 })])
  const { numbers, records, report } = await sweep(full)
  expect(numbers).toEqual([numberOf(1), numberOf(2), numberOf(3)])
  expect(report).toEqual({ announced: 3, received: 3, dataVersion: null, gone: [], renamed: {} })
  expect(records[0]?.version).toBe('8|20/01/2025|10/11/2026')
  const searches = registries.requests.filter((line) => line.startsWith('POST'))
  expect(searches[1]).toContain(
    '{"pagination":{"page":1,"size":2},"sort":{"property":"ctNumber","direction":"ASC"},"searchCriteria":{"msc":[250]}}',
  )
})

test('people are removed before anything is stored; the sponsor’s desk stays', async () => {
  const { sweep } = await connect([invent(1)])
  const stored = JSON.stringify((await sweep(full)).records)
  expect(stored).not.toMatch(/personInfo|investigateur|Prénom|Dr Invented|scientificContacts/)
  expect(stored).toContain('Clinical Trials Information')
})

test('what did not change is not downloaded, and is told', async () => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  const held = new Map((await sweep(full)).records.map(({ registryId, version }) => [registryId, version]))
  registries.ctis.put([invent(2, { franceCode: 5 }), invent(3, { daysLater: 1 }), invent(4)])
  registries.requests.length = 0
  const unchanged: string[] = []
  const { numbers, report } = await sweep({
    sweep: { kind: 'delta', since: '2026-11-01' },
    known: (id) => held.get(id),
    onUnchanged: (id) => unchanged.push(id),
  })
  expect(numbers).toEqual([numberOf(2), numberOf(3), numberOf(4)])
  expect(unchanged).toEqual([numberOf(1)])
  expect(retrieved(registries)).toHaveLength(3)
  expect(report).toMatchObject({ announced: 4, received: 4 })
})

test('by number: there, gone, and not a CTIS number at all', async () => {
  const { sweep, registries } = await connect([invent(1)])
  const ids = [numberOf(1), numberOf(7), '2019-003842-34']
  const { numbers, report } = await sweep({ sweep: { kind: 'ids', ids } })
  expect(numbers).toEqual([numberOf(1)])
  expect(report).toMatchObject({ announced: 3, received: 3, gone: [numberOf(7), '2019-003842-34'] })
  expect(retrieved(registries)).toHaveLength(2)
})

test('404 for a number is gone too', async () => {
  const { sweep, registries } = await connect([invent(1)])
  registries.faults.add({ fault: { kind: 'status', status: 404 }, on: /retrieve/ })
  expect((await sweep({ sweep: { kind: 'ids', ids: [numberOf(1)] } })).report.gone).toEqual([numberOf(1)])
})

test('a listed trial that is not given is passed on empty, without version, to be asked for again', async () => {
  const { sweep, registries } = await connect([invent(1), invent(2)])
  registries.faults.add({ fault: { kind: 'empty' }, on: new RegExp(numberOf(1)) })
  const { records, report } = await sweep(full)
  expect(records[0]).toEqual({ registryId: numberOf(1), payload: {} })
  expect(records[1]?.version).toBeDefined()
  expect(report).toMatchObject({ announced: 2, received: 2 })
})

test.each<[string, Parameters<Registries['faults']['add']>[0], string]>([
  ['a warning', { fault: { kind: 'warning' } }, 'did not understand the search'],
  ['no rows for the filter', { fault: { kind: 'no_rows' }, on: /msc/ }, 'the filter was not understood'],
  ['the whole corpus for the filter', { fault: { kind: 'ignored_filter' }, on: /msc/ }, 'the filter was ignored'],
  ['the whole corpus later', { fault: { kind: 'ignored_filter' }, on: /msc/, after: 1 }, 'the filter was ignored'],
  ['{} for a list', { fault: { kind: 'empty' }, on: /search/ }, 'not a page of trials'],
  ['403', { fault: { kind: 'status', status: 403 } }, 'answered 403'],
  ['429 for good', { fault: { kind: 'status', status: 429 } }, 'answered 429, after 5 attempts'],
  ['503 for good', { fault: { kind: 'status', status: 503 }, on: /retrieve/ }, 'answered 503, after 5 attempts'],
  ['HTML for good', { fault: { kind: 'html' }, on: /retrieve/ }, 'answered text/html'],
  ['truncated bodies for good', { fault: { kind: 'truncated' }, on: /retrieve/ }, 'that are not JSON'],
])('%s ends the sweep with its reason', async (_, rule, reason) => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  registries.faults.add(rule)
  const failure = await sweep(full).catch((error) => error)
  expect(failure).toBeInstanceOf(RegistryError)
  expect(failure.message).toContain(reason)
})

test.each(['html', 'truncated', 'cut', 'reset'] as const)('%s once: asked for again, nothing is lost', async (kind) => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  registries.faults.add({ fault: { kind }, on: /retrieve/, times: 1 })
  registries.faults.add({ fault: { kind }, on: /search/, after: 2, times: 1 })
  const { numbers } = await sweep(full)
  expect(numbers).toEqual([numberOf(1), numberOf(2), numberOf(3)])
})

test('rows missing from a page leave the sweep short, and the report says so', async () => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  registries.faults.add({ fault: { kind: 'short', rows: 1 }, on: /msc/, after: 1, times: 1 })
  expect((await sweep(full)).report).toMatchObject({ announced: 3, received: 2 })
})

test('a trial published in mid-sweep starts the list again, without downloading twice', async () => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  const pages: number[] = []
  const { numbers, report } = await sweep({
    ...full,
    onPage: ({ number }) => {
      if (pages.push(number) === 1) registries.ctis.put([invent(4)])
    },
  })
  expect(numbers).toEqual([1, 2, 3, 4].map(numberOf))
  expect(retrieved(registries)).toHaveLength(4)
  expect(report).toMatchObject({ announced: 4, received: 4 })
})

test('lone surrogates and U+0000 are repaired before anything is stored', async () => {
  const trial = invent(1)
  const { sweep } = await connect([{ ...trial, note: 'a\udc9d\u0000b' }])
  expect((await sweep(full)).records[0]?.payload).toMatchObject({ note: 'a\ufffdb' })
})

test('an abort ends the sweep between two downloads', async () => {
  const { sweep, registries } = await connect([invent(1), invent(2), invent(3)])
  const stop = new AbortController()
  await expect(sweep({ ...full, signal: stop.signal, onPage: () => stop.abort(new Error('by hand')) })).rejects.toThrow(
    'by hand',
  )
  expect(retrieved(registries)).toHaveLength(2)
})
