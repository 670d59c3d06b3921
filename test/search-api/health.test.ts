import { expect, test } from 'vitest'
import { buildApp } from '../../search-api/app.ts'
import { within } from '../support/within.ts'
import { fakeDeps } from './fakes.ts'

/** As deploy/Caddyfile asks. */
const BALANCER_PATIENCE_MS = 2_000

test('healthz says that the process answers', async () => {
  const { deps } = await fakeDeps()
  const app = await buildApp(deps)
  expect((await app.inject('/healthz')).json()).toEqual({ ok: true })
})

test('readyz tells database, index and catalogue age', async () => {
  const { deps } = await fakeDeps()
  const app = await buildApp(deps)
  const answer = await app.inject('/readyz')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({
    ready: true,
    database: { ok: true, detail: null },
    index: { ok: true, detail: null },
    catalogue: { ok: true, loaded: true, trials: 1, sequence: 1, ageMs: 0 },
  })
})

test('an index that is down degrades, it does not make the service unready', async () => {
  const { deps, index } = await fakeDeps()
  index.broken = true
  const app = await buildApp(deps)
  const answer = await app.inject('/readyz')
  expect(answer.statusCode).toBe(200)
  expect(answer.json().index.ok).toBe(false)
})

test.each([
  ['refuses', () => Promise.reject(new Error('gone'))],
  ['does not answer', () => new Promise<number>(() => {})],
])('a database that %s is told in time, and answers go on from memory', async (_, latestSequence) => {
  const { deps } = await fakeDeps()
  const app = await buildApp({ ...deps, store: { ...deps.store, latestSequence } })
  const answer = await within(BALANCER_PATIENCE_MS, () => app.inject('/readyz'))
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ ready: true, database: { ok: false }, catalogue: { ok: true } })
})

test('an index that does not answer is told in time', async () => {
  const { deps } = await fakeDeps()
  const app = await buildApp({ ...deps, index: { ...deps.index, health: () => new Promise(() => {}) } })
  const answer = await within(BALANCER_PATIENCE_MS, () => app.inject('/readyz'))
  expect(answer.json()).toMatchObject({ ready: true, index: { ok: false } })
})

test('a catalogue that is behind says so in each answer; after a quarter of an hour it is not ready', async () => {
  const { deps } = await fakeDeps()
  const behind = async (ms: number) => {
    const app = await buildApp({ ...deps, now: () => deps.now() + ms })
    const search = await app.inject({ method: 'POST', url: '/v1/search', payload: { lang: 'en' } })
    const ready = await app.inject('/readyz')
    return { warnings: search.json().warnings, ready: ready.statusCode, catalogue: ready.json().catalogue }
  }
  expect(await behind(20_000)).toMatchObject({ warnings: [], ready: 200 })
  expect(await behind(61_000)).toMatchObject({
    warnings: [{ code: 'catalogue_behind', text: expect.stringContaining('last 2 minutes') }],
    ready: 200,
    catalogue: { ok: true, ageMs: 61_000 },
  })
  expect(await behind(16 * 60_000)).toMatchObject({ ready: 503, catalogue: { ok: false } })
})
