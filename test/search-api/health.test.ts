import { expect, test } from 'vitest'
import { buildApp } from '../../search-api/app.ts'
import { fakeDeps } from './fakes.ts'

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

test('a database that does not answer makes it unready', async () => {
  const { deps } = await fakeDeps()
  const app = await buildApp({
    ...deps,
    store: { ...deps.store, latestSequence: () => Promise.reject(new Error('gone')) },
  })
  expect((await app.inject('/readyz')).statusCode).toBe(503)
})

test('a catalogue that has not followed the change log for a minute is not ready', async () => {
  const { deps } = await fakeDeps()
  const app = await buildApp({ ...deps, now: () => deps.now() + 61_000 })
  const answer = await app.inject('/readyz')
  expect(answer.statusCode).toBe(503)
  expect(answer.json().catalogue).toMatchObject({ ok: false, ageMs: 61_000 })
})
