import { Value } from 'typebox/value'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Criterion } from '../../domain/criterion.ts'
import { buildApp } from '../../search-api/app.ts'
import type { App } from '../../search-api/deps.ts'
import { TrialView } from '../../search-api/trial-view.ts'
import { fakeDeps, trialOf } from './fakes.ts'

const [lyon] = trialOf().sites
if (!lyon) throw new Error('the invented trial has a site')
const PARIS = { ...lyon, id: 'site-2', city: 'Paris', point: { lat: 48.86, lon: 2.35 } }
const NICE_CLOSED = {
  ...lyon,
  id: 'site-3',
  city: 'Nice',
  point: { lat: 43.7, lon: 7.26 },
  status: 'COMPLETED' as const,
}

const ADULTS: Criterion = {
  kind: 'age',
  polarity: 'required',
  minYears: 18,
  maxYears: null,
  quote: 'Patients over 18',
  section: 'inclusion',
  start: 0,
  end: 16,
  rule: 'test',
  confidence: 1,
  cohort: null,
}

let world: Awaited<ReturnType<typeof fakeDeps>>
let app: App

beforeEach(async () => {
  world = await fakeDeps([trialOf({ sites: [NICE_CLOSED, lyon, PARIS], criteria: [ADULTS] })])
  app = await buildApp(world.deps)
})
afterEach(() => app.close())

describe('GET /v1/trials/{id}', () => {
  test('gives the whole trial, as documented, with an entity tag that saves the next transfer', async () => {
    const first = await app.inject('/v1/trials/trial-1')
    expect(first.statusCode).toBe(200)
    expect(Value.Errors(TrialView, first.json())).toEqual([])
    const etag = String(first.headers.etag)
    const second = await app.inject({ url: '/v1/trials/trial-1', headers: { 'if-none-match': etag } })
    expect([second.statusCode, second.body]).toEqual([304, ''])
  })

  test('says each criterion in words, in both languages, beside the quote', async () => {
    const { criteria } = (await app.inject('/v1/trials/trial-1')).json()
    expect(criteria).toMatchObject([
      {
        quote: 'Patients over 18',
        text: { fr: '18 ans ou plus', en: '18 years or older' },
      },
    ])
  })

  test.each(['/v1/trials/NCT90000001', '/v1/trials/NCT90000001/sites?lat=45.7&lon=4.8'])(
    '%s leads to the canonical address',
    async (url) => {
      const answer = await app.inject(url)
      expect([answer.statusCode, answer.headers.location]).toEqual([308, url.replace('NCT90000001', 'trial-1')])
    },
  )

  test('an unknown number is a 404', async () => {
    const answer = await app.inject('/v1/trials/NCT99999999')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ])
    // Nothing to change in the request itself.
    expect(answer.json()).not.toHaveProperty('errors')
  })

  test('a database that is out of reach is a 503 that says when to come back, any other failure a 500 that tells nothing', async () => {
    const failing = async (code: string) => {
      const trial = () => Promise.reject(Object.assign(new Error('secret'), { code }))
      const broken = await buildApp({ ...world.deps, store: { ...world.deps.store, trial } })
      const answer = await broken.inject('/v1/trials/trial-1')
      await broken.close()
      expect(answer.body).not.toContain('secret')
      return [answer.statusCode, answer.headers['retry-after']]
    }
    expect(await failing('ECONNREFUSED')).toEqual([503, '5'])
    expect(await failing('XX000')).toEqual([500, undefined])
  })

  test('a query parameter that does not exist is a 400 that names it', async () => {
    const answer = await app.inject('/v1/trials/trial-1?langue=fr')
    expect([answer.statusCode, answer.json().errors[0].parameter]).toEqual([400, 'langue'])
  })
})

describe('GET /v1/trials/{id}/sites', () => {
  test('open sites come first, nearest first, with kilometres', async () => {
    const { sites } = (await app.inject('/v1/trials/trial-1/sites?lat=48.8&lon=2.3')).json()
    expect(sites.map(({ city, openness }: { city: string; openness: string }) => [city, openness])).toEqual([
      ['Paris', 'open'],
      ['Lyon', 'open'],
      ['Nice', 'closed'],
    ])
    expect(sites[0].distanceKm).toBeCloseTo(7.6, 0)
    const nice = (await app.inject('/v1/trials/trial-1/sites?lat=43.7&lon=7.26')).json().sites
    expect(nice.map(({ city }: { city: string }) => city)).toEqual(['Lyon', 'Paris', 'Nice'])
  })

  test('zero is a coordinate', async () => {
    const { sites } = (await app.inject('/v1/trials/trial-1/sites?lat=0&lon=0')).json()
    expect(sites[0].distanceKm).toBeGreaterThan(4000)
  })

  test.each([
    ['lat=48', 'lon'],
    ['lat=200&lon=1', 'lat'],
    ['lat=a&lon=1', 'lat'],
    ['lat=48&lon=2&rayon=3', 'rayon'],
  ])('%s names %s', async (query, parameter) => {
    const answer = await app.inject(`/v1/trials/trial-1/sites?${query}`)
    expect([answer.statusCode, answer.json().errors[0].parameter]).toEqual([400, parameter])
  })
})

describe('GET /v1/places', () => {
  test('finds communes by beginning or postal code', async () => {
    expect((await app.inject('/v1/places?q=ly')).json().places).toMatchObject([{ code: '69123', lat: 45.76 }])
    expect((await app.inject('/v1/places?q=7501&limit=1')).json().places).toMatchObject([{ name: 'Paris' }])
    expect((await app.inject('/v1/places?q=zzz')).json()).toEqual({ places: [] })
  })

  test.each(['', '?q=', '?q=ly&limit=0', '?q=ly&limit=x', '?q=ly&size=3'])('/v1/places%s is a 400', async (query) => {
    expect((await app.inject(`/v1/places${query}`)).statusCode).toBe(400)
  })
})

describe('GET /v1/changes', () => {
  test('can be followed to its end', async () => {
    world.memory.put(trialOf({ id: 'trial-2' }))
    const first = (await app.inject('/v1/changes?limit=1')).json()
    expect(first).toMatchObject({ changes: [{ sequence: 1, id: 'trial-1' }], next: 1, latest: 2 })
    const second = (await app.inject(`/v1/changes?since=${first.next}`)).json()
    expect(second).toMatchObject({ changes: [{ sequence: 2, id: 'trial-2' }], next: 2, latest: 2 })
    expect((await app.inject('/v1/changes?since=2')).json()).toEqual({ changes: [], next: 2, latest: 2 })
  })
})

test('GET /v1/sources gives each registry with dated attribution', async () => {
  const { sources } = (await app.inject('/v1/sources')).json()
  expect(sources[0]).toMatchObject({ registry: 'ctgov', licenceUrl: expect.stringContaining('terms-conditions') })
  expect(sources[0].attribution.fr).toContain('2026-01-11')
  expect(sources[1].attribution.fr).not.toContain('{date}')
})
