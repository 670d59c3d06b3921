import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Places } from '../domain/places/places.ts'
import type { SearchIndex } from '../sync/search-index.ts'
import type { Catalogue } from './catalogue.ts'
import type { Store } from './store.ts'

/** The Fastify instance, its handlers typed by the routes' TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface ApiConfig {
  /** Where the public reaches the service, without a slash at the end: used in links and `hreflang`. */
  publicUrl: string
  /** True when the data is invented: every page says so. */
  demo: boolean
  /** Requests per minute and address group; 0 switches the limit off. */
  requestsPerMinute: number
  /** Requests are turned away (503) when the event loop is held up for longer than this on average; 0 never. */
  maxEventLoopDelayMs?: number
  /** The addresses of proxies whose `X-Forwarded-For` is believed; none when false. */
  trustProxy: boolean | string
  version: string
  /** The e-mail address of whoever runs the service, shown to visitors; null when there is none. */
  contact: string | null
}

/** Everything the application needs, handed in by the entry. */
export interface Deps {
  store: Store
  catalogue: Catalogue
  index: SearchIndex
  places: Places
  /** The day in France, ISO. */
  today: () => string
  /** Milliseconds since 1970. */
  now: () => number
  config: ApiConfig
  log: FastifyBaseLogger
}
