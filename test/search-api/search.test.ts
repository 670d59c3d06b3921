import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Answer } from '../../domain/answer.ts'
import { buildApp } from '../../search-api/app.ts'
import type { App } from '../../search-api/deps.ts'
import { fakeDeps, trialOf } from './fakes.ts'

let world: Awaited<ReturnType<typeof fakeDeps>>
let app: App

beforeAll(async () => {
  world = await fakeDeps()
  app = await buildApp(world.deps)
})
afterAll(() => app.close())
afterEach(async () => {
  world.index.broken = false
  for (const id of ['trial-2', 'trial-3']) world.memory.drop(id)
  await world.catalogue.refresh()
})

const search = (payload: unknown) => app.inject({ method: 'POST', url: '/v1/search', payload: payload as object })

describe('POST /v1/search', () => {
  test('{} lists every open trial and must not be cached', async () => {
    const answer = await search({})
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(Value.Errors(Answer, answer.json())).toEqual([])
    expect(answer.json()).toMatchObject({
      total: 1,
      results: [{ id: 'trial-1' }],
      warnings: [],
      dataVersion: expect.stringMatching(/^\d+\.2026-01-12$/),
    })
  })

  test('text narrows to what the index finds', async () => {
    expect((await search({ text: 'kinase' })).json().total).toBe(1)
    expect((await search({ text: 'nothing of the kind' })).json()).toMatchObject({ total: 0, results: [] })
  })

  test('with the index down the answer says that text was ignored', async () => {
    world.index.broken = true
    const answer = await search({ text: 'kinase', lang: 'en' })
    expect(answer.json()).toMatchObject({ total: 1, warnings: [{ code: 'text_ignored' }] })
  })

  test('an index that does not answer is given up in time, and asked no more', async () => {
    let givenUp = false
    const waiting = await buildApp({
      ...world.deps,
      index: {
        ...world.deps.index,
        search: (_text, { signal }) =>
          new Promise((_, reject) => {
            signal?.addEventListener('abort', () => {
              givenUp = true
              reject(signal.reason)
            })
          }),
      },
    })
    const answer = await waiting.inject({ method: 'POST', url: '/v1/search', payload: { text: 'kinase', lang: 'en' } })
    expect(answer.json()).toMatchObject({ total: 1, warnings: [{ code: 'text_ignored' }] })
    expect(givenUp).toBe(true)
    await waiting.close()
  })

  test('a cursor leads to the next page, and only of the same question', async () => {
    for (const id of ['trial-2', 'trial-3']) world.memory.put(trialOf({ id }))
    await world.catalogue.refresh()
    const first = (await search({ size: 2 })).json()
    const second = (await search({ size: 2, cursor: first.nextCursor })).json()
    expect([...first.results, ...second.results].map(({ rank }) => rank)).toEqual([1, 2, 3])
    for (const wrong of [{ age: 3, cursor: first.nextCursor }, { cursor: 'x' }]) {
      const answer = await search(wrong)
      expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([400, '/cursor'])
    }
  })

  test.each([
    [{ cancer: 'luad' }],
    [{ cancer: 'ANY' }],
    [{ stage: 'iv' }],
    [{ setting: ['relapsed'] }],
    [{ biomarkers: [{ gene: 'her2', alteration: 'amplification', state: 'present' }] }],
    [{ biomarkers: [{ gene: 'ERBB2', alteration: 'V777L', state: 'absent' }] }],
    [{ priorTherapies: ['Nivolumab', 'anti-PD-1/PD-L1'] }],
  ])('%j is understood', async (question) => {
    expect((await search(question)).statusCode).toBe(200)
  })

  test('a question that no trial has a criterion for yet is said, not ignored', async () => {
    const answer = await search({ ecog: 1, biomarkers: [{ gene: 'HER2', state: 'present' }] })
    const texts: string[] = answer.json().warnings.map(({ text }: { text: string }) => text)
    expect(texts).toHaveLength(2)
    expect(texts.join()).toContain('biomarkers')
    expect(texts.join()).toContain('ecog')
  })
})

describe('places', () => {
  test.each([
    [{ postalCode: '69008' }],
    [{ city: 'lyon' }],
    [{ code: '69123' }],
    [{ lat: 45.7, lon: 4.8 }],
    [{ city: 'Saint-Denis', departement: '30' }],
  ])('%j is found without a warning', async (place) => {
    const answer = await search({ place })
    expect([answer.statusCode, answer.json().warnings]).toEqual([200, []])
  })

  test('of homonyms the plainly largest is taken, and that is said', async () => {
    expect((await search({ place: { city: 'Montreuil' } })).json().warnings).toMatchObject([{ code: 'place_homonym' }])
  })

  test('a point that stands for an area is said to be approximate', async () => {
    const { warnings } = (await search({ place: { postalCode: '01500' }, lang: 'en' })).json()
    expect(warnings).toMatchObject([{ code: 'place_approximate' }])
  })
})

const WRONG: [what: string, body: unknown, status: number, errors: object[]][] = [
  [
    'an unknown field',
    { ecogg: 1 },
    400,
    [{ pointer: '/ecogg', detail: expect.stringContaining('unknown field "ecogg"') }],
  ],
  ['a negative radius', { radiusKm: -1 }, 400, [{ pointer: '/radiusKm', detail: '"radiusKm" must be greater than 0' }]],
  [
    'a latitude of 200',
    { place: { lat: 200, lon: 3 } },
    400,
    [{ pointer: '/place/lat', detail: '"place.lat" must be at most 90' }],
  ],
  [
    'a postal code of letters',
    { place: { postalCode: 'Lyon' } },
    400,
    [{ pointer: '/place/postalCode', detail: expect.stringContaining('five digits') }],
  ],
  [
    'a place of nothing',
    { place: {} },
    400,
    [{ pointer: '/place', detail: expect.stringContaining('{ postalCode }') }],
  ],
  [
    'a place as a word',
    { place: 'Lyon' },
    400,
    [{ pointer: '/place', detail: expect.stringContaining('{ lat, lon }') }],
  ],
  ['half a point', { place: { lat: 45 } }, 400, [{ pointer: '/place/lon', detail: '"lon" is missing' }]],
  [
    'an unknown postal code',
    { place: { postalCode: '69999' } },
    400,
    [{ pointer: '/place/postalCode', suggestions: [{ value: '69123', label: 'Lyon (69)' }] }],
  ],
  ['an unknown commune', { place: { city: 'Atlantis' } }, 400, [{ pointer: '/place/city' }]],
  [
    'a misspelt commune',
    { place: { city: 'Lyonn' } },
    400,
    [{ pointer: '/place/city', suggestions: [{ value: '69123', label: 'Lyon (69)' }] }],
  ],
  [
    'a name of several communes',
    { place: { city: 'saint denis' } },
    400,
    [{ pointer: '/place/city', suggestions: expect.arrayContaining([{ value: '30247', label: 'Saint-Denis (30)' }]) }],
  ],
  [
    'an unknown cancer',
    { cancer: 'LUADD' },
    400,
    [{ pointer: '/cancer', suggestions: expect.arrayContaining([expect.objectContaining({ value: 'LUAD' })]) }],
  ],
  ['a cancer by name', { cancer: 'Breast cancer' }, 400, [{ pointer: '/cancer' }]],
  ['an unknown gene', { biomarkers: [{ gene: 'HERR2', state: 'present' }] }, 400, [{ pointer: '/biomarkers/0/gene' }]],
  [
    'an unknown alteration',
    { biomarkers: [{ gene: 'HER2', alteration: 'wobbly', state: 'present' }] },
    400,
    [{ pointer: '/biomarkers/0/alteration', detail: expect.stringContaining('amplification') }],
  ],
  ['an unknown therapy', { priorTherapies: ['nivolumab', 'nivolimab'] }, 400, [{ pointer: '/priorTherapies/1' }]],
  ['an unknown stage', { stage: 'V' }, 400, [{ pointer: '/stage', detail: expect.stringContaining('metastatic') }]],
  ['an unknown setting', { setting: ['relapsed', 'bored'] }, 400, [{ pointer: '/setting/1' }]],
  ['a number as text', { age: '64' }, 400, [{ pointer: '/age', detail: '"age" must be a number' }]],
  ['an unknown sex', { sex: 'F' }, 400, [{ pointer: '/sex', detail: '"sex" must be one of FEMALE, MALE' }]],
  [
    'a biomarker without state',
    { biomarkers: [{ gene: 'EGFR' }] },
    400,
    [{ pointer: '/biomarkers/0/state', detail: '"state" is missing' }],
  ],
  ['an empty text', { text: '' }, 400, [{ pointer: '/text', detail: expect.stringContaining('leave it out') }]],
  ['a list', [], 400, [{ pointer: '', detail: 'it must be an object' }]],
  ['size 0', { size: 0 }, 400, [{ pointer: '/size' }]],
  ['several faults at once', { radiusKm: -1, sex: 'F' }, 400, [{ pointer: '/radiusKm' }, { pointer: '/sex' }]],
]

describe('wrong questions are a 4xx that says what to change', () => {
  test.each(WRONG)('%s', async (_what, body, status, errors) => {
    const answer = await search(body)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const problem = answer.json()
    expect(problem).toMatchObject({ status, title: 'Bad Request' })
    expect(problem.errors).toHaveLength(errors.length)
    for (const error of errors) expect(problem.errors).toContainEqual(expect.objectContaining(error))
  })

  test('many unknown fields are told in part, each by its pointer', async () => {
    const body = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a/${at}`, at]))
    const { errors, detail } = (await search(body)).json()
    expect(errors.length).toBeGreaterThan(1)
    expect(errors.length).toBeLessThan(21)
    expect(errors[0]).toEqual({
      pointer: '/a~10',
      detail: expect.stringMatching(/^unknown field "a\/0"; known here: .*ecog/),
    })
    expect(detail).toContain(`(and ${errors.length - 1} more)`)
  })
  test('an unknown field of a place, and one whose name is long, are told too', async () => {
    const inPlace = (await search({ place: { code: '69123', towm: 1 } })).json().errors
    expect(inPlace).toMatchObject([{ pointer: '/place/towm', detail: expect.stringContaining('unknown field "towm"') }])
    const [long] = (await search({ ['x'.repeat(5000)]: 1 })).json().errors
    expect(long.detail.length + long.pointer.length).toBeLessThan(500)
  })

  const RAW: [what: string, payload: string, type: string, status: number, words: string][] = [
    ['bad JSON', '{"age": 6', 'application/json', 400, 'not JSON'],
    ['an empty body', '', 'application/json', 400, 'body is empty'],
    ['5 MB', JSON.stringify({ text: 'x'.repeat(5_000_000) }), 'application/json', 413, 'too large'],
    ['a picture', 'x', 'image/png', 415, 'application/json'],
  ]
  test.each(RAW)('%s', async (_what, payload, type, status, words) => {
    const answer = await app.inject({ method: 'POST', url: '/v1/search', payload, headers: { 'content-type': type } })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json().detail).toContain(words)
  })

  test('an unknown address is a 404, a known one with another method a 405 that names the right one', async () => {
    const missing = await app.inject('/v1/serch')
    expect([missing.statusCode, missing.json().title]).toEqual([404, 'Not Found'])
    const wrong = await app.inject('/v1/search')
    expect([wrong.statusCode, wrong.headers.allow, wrong.json().title]).toEqual([405, 'POST', 'Method Not Allowed'])
    const deleted = await app.inject({ method: 'DELETE', url: '/v1/sources' })
    expect([deleted.statusCode, deleted.headers.allow]).toEqual([405, 'GET, HEAD'])
    expect((await app.inject({ method: 'HEAD', url: '/v1/sources' })).statusCode).toBe(200)
  })

  test('a failure inside tells nothing of it, to the client or to the log', async () => {
    const { rank } = world.deps.catalogue
    world.deps.catalogue.rank = () => {
      throw new Error('secret: adénocarcinome')
    }
    const answer = await search({ text: 'kinase' })
    world.deps.catalogue.rank = rank
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(world.lines.join()).toContain('request failed')
    expect(world.lines.join()).not.toContain('secret')
  })
})
