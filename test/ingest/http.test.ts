import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { createHttp, type HttpOptions, RegistryError } from '../../ingest/http.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close()
})

/** A server that answers with each listener in turn, then with the last one; counts what it was asked. */
async function serve(...listeners: RequestListener[]) {
  const seen: { method: string | undefined; headers: Record<string, unknown>; at: number }[] = []
  const server: Server = createServer((request, response) => {
    seen.push({ method: request.method, headers: request.headers, at: performance.now() })
    listeners[Math.min(seen.length, listeners.length) - 1]?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, seen }
}

/** Time that passes only when somebody sleeps. */
function fakeClock() {
  let now = Date.parse('2026-11-21T10:00:00Z')
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      slept.push(ms)
      now += ms
    },
  }
}

function client(options: Partial<HttpOptions> = {}) {
  const clock = fakeClock()
  const http = createHttp({
    userAgent: 'essais-proches/0 (+http://localhost; mailto:test@example.org)',
    requestsPerSecond: Number.POSITIVE_INFINITY,
    clock,
    random: () => 0.5,
    ...options,
  })
  open.push(http)
  return { http, slept: clock.slept }
}

const answer =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
const ok = answer(200, '{"a":1}')

test('JSON is read; the request says who asks and wants HTTP/1.1 JSON', async () => {
  const { url, seen } = await serve(ok)
  const { http, slept } = client()
  expect(await http.json(url)).toEqual({ status: 200, value: { a: 1 }, location: null })
  expect(seen[0]?.headers).toMatchObject({
    'user-agent': 'essais-proches/0 (+http://localhost; mailto:test@example.org)',
    accept: 'application/json',
  })
  expect(slept).toEqual([])
})

test('a body is posted as JSON', async () => {
  let received = ''
  const { url, seen } = await serve((request, response) => {
    request.on('data', (chunk) => {
      received += chunk
    })
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
  await client().http.json(url, { body: { msc: [250] } })
  expect(seen[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } })
  expect(received).toBe('{"msc":[250]}')
})

test('a gzipped body is read', async () => {
  const { url } = await serve(answer(200, gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }))
  expect((await client().http.json(url)).value).toEqual({ a: 1 })
})

test.each<[string, RequestListener]>([
  ['408', answer(408, '')],
  ['429', answer(429, '')],
  ['500', answer(500, '')],
  ['503', answer(503, '')],
  ['HTML with 200', answer(200, '<!DOCTYPE html>', { 'content-type': 'text/html' })],
  ['JSON cut short', answer(200, '{"a":')],
  ['an empty body', answer(200, '')],
  [
    'gzip cut short',
    answer(200, gzipSync(`{"a":"${'x'.repeat(5000)}"}`).subarray(0, 30), { 'content-encoding': 'gzip' }),
  ],
  ['a connection closed before the answer', (_, response) => void response.destroy()],
  [
    'a connection closed in the body',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"a":', () => response.destroy())
    },
  ],
])('%s is asked for again', async (_, broken) => {
  const { url, seen } = await serve(broken, ok)
  const { http, slept } = client()
  expect((await http.json(url)).value).toEqual({ a: 1 })
  expect(seen).toHaveLength(2)
  expect(slept).toEqual([500])
})

test.each([400, 401, 403, 404, 301])('%i is not asked for again', async (status) => {
  const { url, seen } = await serve(answer(status, 'no'))
  const failure = await client()
    .http.json(url)
    .catch((error) => error)
  expect(failure).toBeInstanceOf(RegistryError)
  expect(failure).toMatchObject({ url, status })
  expect(seen).toHaveLength(1)
})

test('a status that the caller understands is returned, with where it points', async () => {
  const { url } = await serve(answer(301, '', { location: '/studies/NCT90000001' }))
  expect(await client().http.json(url, { accepts: [301, 404] })).toEqual({
    status: 301,
    value: undefined,
    location: '/studies/NCT90000001',
  })
})

test('waits grow with full jitter under a ceiling, then the failure says what was seen and how often', async () => {
  const { url, seen } = await serve(answer(503, ''))
  const told: number[] = []
  const { http, slept } = client({
    random: () => 0.999,
    attempts: 8,
    maxDelayMs: 10_000,
    onRetry: ({ delayMs }) => told.push(delayMs),
  })
  const failure = await http.json(url).catch((error) => error)
  expect(failure).toMatchObject({ name: 'RegistryError', status: 503, url })
  expect(failure.message).toBe(`${url}: answered 503, after 8 attempts`)
  expect(slept).toEqual([999, 1998, 3996, 7992, 9990, 9990, 9990])
  expect(told).toEqual(slept)
  expect(seen).toHaveLength(8)
})

test.each<[string, string, number[]]>([
  ['seconds', '7', [7000]],
  ['a date', 'Sat, 21 Nov 2026 10:00:30 GMT', [30_000]],
  ['a date gone by', 'Sat, 21 Nov 2026 09:00:00 GMT', [500]],
  ['nonsense', 'soon', [500]],
])('Retry-After as %s is honoured', async (_, header, expected) => {
  const { url } = await serve(answer(429, '', { 'retry-after': header }), ok)
  const { http, slept } = client()
  await http.json(url)
  expect(slept).toEqual(expected)
})

test('a server that asks for an hour of patience ends the run instead', async () => {
  const { url, seen } = await serve(answer(503, '', { 'retry-after': '3600' }))
  const { http, slept } = client()
  await expect(http.json(url)).rejects.toThrow(RegistryError)
  expect(slept).toEqual([])
  expect(seen).toHaveLength(1)
})

test('a body over the cap is refused, gzipped or not, and not asked for again', async () => {
  const big = `"${'x'.repeat(100_000)}"`
  const { url, seen } = await serve(answer(200, big), answer(200, gzipSync(big), { 'content-encoding': 'gzip' }))
  const { http } = client({ maxBytes: 1000 })
  await expect(http.json(url)).rejects.toThrow('more than 1000 bytes')
  await expect(http.json(url)).rejects.toThrow('more than 1000 bytes')
  expect(seen).toHaveLength(2)
})

test('a server that does not answer is given up on, and asked again', async () => {
  const { url, seen } = await serve(() => undefined, ok)
  expect((await client({ timeoutMs: 100 }).http.json(url)).value).toEqual({ a: 1 })
  expect(seen).toHaveLength(2)
})

test('a server that cannot be reached is named, with the cause', async () => {
  const { url } = await serve(ok)
  await open.splice(0)[0]?.close()
  const failure = await client({ attempts: 2 })
    .http.json(url)
    .catch((error) => error)
  expect(failure).toMatchObject({ name: 'RegistryError', status: null, url })
  expect(failure.message).toMatch(/could not be read \(.*ECONNREFUSED.*\), after 2 attempts/)
  expect(failure.cause).toBeInstanceOf(Error)
})

test('an abort ends the request with its own reason, and no other attempt is made', async () => {
  const stop = new AbortController()
  const { url, seen } = await serve(() => stop.abort(new Error('stopped by hand')))
  await expect(client().http.json(url, { signal: stop.signal })).rejects.toThrow('stopped by hand')
  expect(seen).toHaveLength(1)
})

test('an abort during a wait ends the wait', async () => {
  const stop = new AbortController()
  const { url } = await serve(answer(503, ''))
  const { http } = client({ onRetry: () => stop.abort(new Error('stopped by hand')) })
  await expect(http.json(url, { signal: stop.signal })).rejects.toThrow('stopped by hand')
})

test('requests to one host are spaced and never overlap, even when asked for at once', async () => {
  let inFlight = 0
  let most = 0
  const { url } = await serve((_, response) => {
    most = Math.max(most, ++inFlight)
    setImmediate(() => {
      inFlight--
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const { http, slept } = client({ requestsPerSecond: 2 })
  await Promise.all([http.json(url), http.json(url), http.json(url)])
  expect(most).toBe(1)
  expect(slept).toEqual([500, 500])
})

test('a failed request does not hold up the next', async () => {
  const { url } = await serve(answer(404, ''), ok)
  const { http } = client()
  const [first, second] = await Promise.allSettled([http.json(url), http.json(url)])
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled'])
})

test('a feed is passed on as text; a page instead of it is not', async () => {
  const { url } = await serve(
    answer(200, '<!DOCTYPE html>', { 'content-type': 'text/html' }),
    answer(200, '<rss/>', { 'content-type': 'application/rss+xml; charset=utf-8' }),
  )
  expect((await client().http.xml(url)).value).toBe('<rss/>')
})
