import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { ApiConfig, App } from './deps.ts'
import { ProblemError } from './problem.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const COMPRESS_FROM_BYTES = 1_500
/** Brotli at its default (11) costs more time than it saves on answers that are made anew each time. */
const BROTLI_QUALITY = 4
const MAX_EVENT_LOOP_DELAY_MS = 1_000
/** Address groups remembered at once by the rate limit. */
const MOST_GROUPS = 20_000

/** Only our own files; no inline script or style, no frame, no third party. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** Headers, compression, rate limit and load shedding for every route registered after it. */
export async function addSecurity(app: App, config: ApiConfig): Promise<void> {
  const secure = config.publicUrl.startsWith('https://')
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    // On plain http these two make browsers fetch style sheets over https that nobody serves.
    hsts: secure && { maxAge: 31_536_000 },
    crossOriginOpenerPolicy: secure && { policy: 'same-origin' },
    originAgentCluster: secure,
  })
  await app.register(compress, {
    threshold: COMPRESS_FROM_BYTES,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  })
  await app.register(underPressure, {
    maxEventLoopDelay: config.maxEventLoopDelayMs ?? MAX_EVENT_LOOP_DELAY_MS,
    retryAfter: 5,
    exposeStatusRoute: false,
  })
  if (config.requestsPerMinute > 0) {
    const group = addressGroups()
    await app.register(rateLimit, {
      max: config.requestsPerMinute,
      timeWindow: MINUTE_MS,
      cache: MOST_GROUPS,
      enableDraftSpec: true,
      keyGenerator: ({ ip }) => group(ip, Date.now()),
      errorResponseBuilder: (_request, { ttl }) =>
        new ProblemError(429, `Too many requests; try again in ${Math.ceil(ttl / 1000)} seconds.`),
    })
  }
}

/**
 * Address → a group that stands for it for at most an hour: a hash, with a salt that is thrown away, of the address
 * without its last part (IPv4 /24, IPv6 /48). Neither the address nor a lasting trace of it is kept.
 */
export function addressGroups(newSalt: () => Buffer = () => randomBytes(16)): (ip: string, nowMs: number) => string {
  let salt = newSalt()
  let hour = -1
  return (ip, nowMs) => {
    const thisHour = Math.floor(nowMs / HOUR_MS)
    if (thisHour !== hour) {
      hour = thisHour
      salt = newSalt()
    }
    return createHash('sha256').update(salt).update(truncated(ip)).digest('base64url').slice(0, 16)
  }
}

function truncated(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip
  if (mapped.includes('.')) return mapped.split('.').slice(0, 3).join('.')
  const [head = ''] = mapped.split('::')
  return head.split(':').slice(0, 3).join(':')
}
