import { afterEach, expect, test } from 'vitest'
import { buildApp } from '../../search-api/app.ts'
import type { App } from '../../search-api/deps.ts'
import { addressGroups } from '../../search-api/security.ts'
import { fakeDeps } from './fakes.ts'

let app: App | undefined
afterEach(() => app?.close())

test('every answer carries a strict policy, sends no referrer and sets no cookie', async () => {
  app = await buildApp((await fakeDeps()).deps)
  for (const url of ['/healthz', '/v1/sources', '/nowhere']) {
    const { headers } = await app.inject(url)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['strict-transport-security']).toBeUndefined()
  }
})

test('over https browsers are told to stay there', async () => {
  const { deps } = await fakeDeps()
  app = await buildApp({ ...deps, config: { ...deps.config, publicUrl: 'https://essais.example' } })
  expect((await app.inject('/healthz')).headers['strict-transport-security']).toContain('max-age')
})

test('too many requests are a 429 that says when to come back; health is never limited', async () => {
  const { deps } = await fakeDeps()
  const limited = await buildApp({ ...deps, config: { ...deps.config, requestsPerMinute: 2 } })
  app = limited
  const ask = () => limited.inject({ method: 'POST', url: '/v1/search', payload: {} })
  expect((await ask()).statusCode).toBe(200)
  expect((await ask()).statusCode).toBe(200)
  const third = await ask()
  expect([third.statusCode, third.headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8'])
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
  expect((await limited.inject('/healthz')).statusCode).toBe(200)
  expect((await limited.inject('/readyz')).statusCode).toBe(200)
})

test('an address group does not tell the address, joins neighbours and changes every hour', () => {
  let salts = 0
  const group = addressGroups(() => Buffer.from(`salt ${++salts}`))
  const first = group('203.0.113.7', 0)
  expect(first).not.toContain('203')
  expect(group('203.0.113.99', 1000)).toBe(first)
  expect(group('::ffff:203.0.113.99', 1000)).toBe(first)
  expect(group('203.0.114.7', 1000)).not.toBe(first)
  expect(group('2001:db8:1:2::1', 1000)).toBe(group('2001:db8:1:ffff::2', 1000))
  expect(group('2001:db8:1:2::1', 1000)).not.toBe(group('2001:db8:2:2::1', 1000))
  expect(group('203.0.113.7', 3_600_000)).not.toBe(first)
})

test('metrics are for this machine only and carry nothing that was asked', async () => {
  app = await buildApp((await fakeDeps()).deps)
  await app.inject({ method: 'POST', url: '/v1/search', payload: { text: 'kinase', age: 64 } })
  await app.inject('/v1/places?q=villeurbanne')
  const own = await app.inject('/metrics')
  expect(own.statusCode).toBe(200)
  expect(own.body).toContain('route="/v1/search",method="POST",status="200"')
  expect(own.body).not.toMatch(/kinase|villeurbanne/)
  expect((await app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' })).statusCode).toBe(404)
  expect((await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '192.0.2.1' } })).statusCode).toBe(404)
})

test('long answers are compressed when the client can', async () => {
  app = await buildApp((await fakeDeps()).deps)
  const answer = await app.inject({ url: '/openapi.json', headers: { 'accept-encoding': 'br' } })
  expect(answer.headers['content-encoding']).toBe('br')
})
