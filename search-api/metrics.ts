import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App, Deps } from './deps.ts'

/** Seconds; a search in memory takes around a millisecond. */
const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export interface Metrics {
  registry: Registry
  observe(request: { route: string; method: string; status: number; ms: number }): void
}

/**
 * Counters of the process. Labels are route patterns, methods and status codes only: nothing of what visitors ask,
 * and no address.
 */
export function createMetrics({ catalogue, now }: Pick<Deps, 'catalogue' | 'now'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'essais_http_request_seconds',
    help: 'Time to answer, by route pattern, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const gauges: [name: string, help: string, read: () => number][] = [
    ['essais_catalogue_trials', 'Trials held in memory', () => catalogue.state().trials],
    ['essais_catalogue_sequence', 'Position in the change log', () => catalogue.state().sequence],
    ['essais_catalogue_loaded', '1 once every trial has been read', () => Number(catalogue.state().loaded)],
    [
      'essais_catalogue_age_seconds',
      'Since the change log was last read',
      () => (now() - (catalogue.state().checkedAt ?? 0)) / 1000,
    ],
  ]
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  return {
    registry,
    observe: ({ route, method, status, ms }) => requests.observe({ route, method, status: String(status) }, ms / 1000),
  }
}

/** Add the figures of the process itself (memory, event loop, garbage collection): once per process. */
export function addProcessMetrics({ registry }: Metrics): void {
  collectDefaultMetrics({ register: registry })
}

/**
 * `GET /metrics`, to this machine only: any other address, and anything that came through a proxy, sees a 404.
 */
export function metricsRoute(app: App, { registry }: Metrics): void {
  app.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (request, reply) => {
    const { headers, raw } = request
    const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
    if (forwarded !== undefined || !LOOPBACK.has(raw.socket.remoteAddress ?? '')) return reply.callNotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
