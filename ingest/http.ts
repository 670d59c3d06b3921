import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, fetch, type RequestInit } from 'undici'

/** A registry could not be read: what was asked, and the status it answered with, where it answered at all. */
export class RegistryError extends Error {
  readonly url: string
  readonly status: number | null

  constructor(message: string, url: string, status: number | null, options?: ErrorOptions) {
    super(`${url}: ${message}`, options)
    this.name = 'RegistryError'
    this.url = url
    this.status = status
  }
}

/** Real time by default; tests pass their own. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface HttpOptions {
  /** Product, version and contact: `essais-proches/0.1.0 (+https://…; mailto:…)`. */
  userAgent: string
  /** Requests per second to one host; Infinity for a local one. */
  requestsPerSecond: number
  /** For one attempt, from the request to the last byte. */
  timeoutMs?: number
  /** Largest body read, decompressed. A page of 500 ClinicalTrials.gov studies is some 9 MB, one study up to 2 MB. */
  maxBytes?: number
  attempts?: number
  /** The first wait is random below this, each next one below twice as much, none above `maxDelayMs`. */
  baseDelayMs?: number
  maxDelayMs?: number
  clock?: Clock
  /** 0 ≤ random() < 1 */
  random?: () => number
  /** Told of every attempt that failed and will be repeated. */
  onRetry?: (retry: { url: string; attempt: number; delayMs: number; reason: string }) => void
}

export interface RequestOptions {
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: unknown
  /** Statuses beside 2xx that the caller understands: they are returned, not thrown, and never retried. */
  accepts?: readonly number[]
  signal?: AbortSignal | undefined
}

/** `value` is the parsed body of a 2xx answer; undefined for the other statuses that the caller accepts. */
export interface Answer<T> {
  status: number
  value: T | undefined
  location: string | null
}

export interface Http {
  /** Throws RegistryError; a body that is not JSON counts as a failure of the server and is asked for again. */
  json(url: URL | string, options?: RequestOptions): Promise<Answer<unknown>>
  /** The same for XML feeds: the text as received, for the caller to validate. */
  xml(url: URL | string, options?: RequestOptions): Promise<Answer<string>>
  close(): Promise<void>
}

/** What went wrong in one attempt that is worth another. */
class Retriable extends Error {
  readonly status: number | null
  readonly retryAfterMs: number | null

  constructor(message: string, status: number | null, retryAfterMs: number | null, options?: ErrorOptions) {
    super(message, options)
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const MEGABYTE = 1024 * 1024

/** A server that asks for more patience than this is not waited for: the run ends and the next one tries again. */
const LONGEST_RETRY_AFTER_MS = 10 * MINUTE

/** Throttled, overloaded or broken: the same request may succeed later. 400, 403 and 404 never do. */
const isTransient = (status: number) => status === 408 || status === 429 || status >= 500

/**
 * A polite HTTP/1.1 client for registries: one connection per host, one request at a time, no faster than agreed;
 * repeats what may succeed later (network errors, 408, 429, 5xx, bodies that are not what was asked for) with full
 * jitter or as `Retry-After` says. Redirects are not followed: a registry's 301 is news about the number asked for.
 */
export function createHttp(options: HttpOptions): Http {
  const {
    userAgent,
    requestsPerSecond,
    timeoutMs = MINUTE,
    maxBytes = 64 * MEGABYTE,
    attempts = 5,
    baseDelayMs = SECOND,
    maxDelayMs = MINUTE,
    clock = { now: Date.now, sleep: async (ms, signal) => void (await sleep(ms, undefined, { signal })) },
    random = Math.random,
    onRetry,
  } = options
  // HTTP/2 multiplexing gave other clients of CTIS incomplete files.
  const agent = new Agent({ connections: 1, pipelining: 1, allowH2: false })
  const turns = createTurns(SECOND / requestsPerSecond, clock)

  async function attempt<T>(url: string, { body, accepts = [], signal }: RequestOptions, kind: BodyKind<T>) {
    const timeout = AbortSignal.timeout(timeoutMs)
    const init: RequestInit = {
      dispatcher: agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': userAgent,
        accept: kind.accept,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    }
    const response = await fetch(url, init).catch(rethrowAsNetworkFailure)
    const { status, headers, ok } = response
    if (ok) {
      const type = headers.get('content-type') ?? 'no content type'
      if (!kind.type.test(type)) {
        await response.body?.cancel()
        throw new Retriable(`answered ${type} instead of ${kind.accept}`, status, null)
      }
      const text = await readCapped(response.body, maxBytes, url).catch(rethrowAsNetworkFailure)
      return { status, value: kind.parse(text, status), location: null }
    }
    await response.body?.cancel()
    if (accepts.includes(status)) return { status, value: undefined, location: headers.get('location') }
    if (!isTransient(status)) throw new RegistryError(`answered ${status}`, url, status)
    throw new Retriable(`answered ${status}`, status, readRetryAfter(headers.get('retry-after'), clock.now()))
  }

  async function send<T>(target: URL | string, request: RequestOptions, kind: BodyKind<T>): Promise<Answer<T>> {
    const { href: url, host } = new URL(target)
    for (let number = 1; ; number++) {
      try {
        return await turns(host, request.signal, () => attempt(url, request, kind))
      } catch (error) {
        request.signal?.throwIfAborted()
        if (!(error instanceof Retriable)) throw error
        const jitterMs = Math.round(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (number - 1)))
        const delayMs = Math.max(error.retryAfterMs ?? 0, jitterMs)
        if (number >= attempts || delayMs > LONGEST_RETRY_AFTER_MS) {
          const message = `${error.message}, after ${number} attempt${number === 1 ? '' : 's'}`
          throw new RegistryError(message, url, error.status, { cause: error.cause ?? error })
        }
        onRetry?.({ url, attempt: number, delayMs, reason: error.message })
        await clock.sleep(delayMs, request.signal)
      }
    }
  }

  return {
    json: (url, request = {}) => send(url, request, JSON_BODY),
    xml: (url, request = {}) => send(url, request, XML_BODY),
    close: () => agent.close(),
  }
}

interface BodyKind<T> {
  accept: string
  type: RegExp
  parse: (text: string, status: number) => T
}

const JSON_BODY: BodyKind<unknown> = {
  accept: 'application/json',
  type: /^application\/(?:[\w.+-]+\+)?json\b/i,
  parse: (text, status) => {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new Retriable(`answered ${text.length} characters that are not JSON`, status, null, { cause: error })
    }
  },
}

const XML_BODY: BodyKind<string> = {
  accept: 'application/rss+xml, application/xml, text/xml',
  type: /^(?:application|text)\/(?:[\w.+-]+\+)?xml\b/i,
  parse: (text) => text,
}

/** One at a time per host, and starts at least `spacingMs` apart. */
function createTurns(spacingMs: number, clock: Clock) {
  const hosts = new Map<string, { last: Promise<unknown>; notBefore: number }>()
  return async <T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    const host = hosts.get(name) ?? { last: Promise.resolve(), notBefore: 0 }
    hosts.set(name, host)
    const turn = host.last.then(async () => {
      signal?.throwIfAborted()
      const waitMs = host.notBefore - clock.now()
      if (waitMs > 0) await clock.sleep(waitMs, signal)
      host.notBefore = clock.now() + spacingMs
      return work()
    })
    host.last = turn.catch(() => undefined)
    return turn
  }
}

async function readCapped(body: AsyncIterable<Uint8Array> | null, maxBytes: number, url: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new RegistryError(`answered more than ${maxBytes} bytes`, url, 200)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds or an HTTP date → milliseconds from now; null when absent or unreadable. */
function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** `fetch` throws a TypeError for the network and a DOMException for the time limit; anything else is a bug of ours. */
function rethrowAsNetworkFailure(error: unknown): never {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    throw new Retriable('did not answer in time', null, null, { cause: error })
  }
  if (!(error instanceof TypeError)) throw error
  const { cause, message } = error
  const reason = `could not be read (${cause instanceof Error ? cause.message : message})`
  throw new Retriable(reason, null, null, { cause: error })
}
