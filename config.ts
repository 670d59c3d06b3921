import cron from 'node-cron'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Everything the environment decides, validated. Read once, in an entry, and passed down. */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | null
  meiliUrl: string | null
  meiliApiKey: string | null
  ctgovUrl: string
  ctisUrl: string
  /** Requests per second to one registry host as asked for; null when not set. See `requestsPerSecond`. */
  registryRps: number | null
  /** Cron expressions, Europe/Paris; null switches the job off. */
  ingestCronCtgov: string | null
  ingestCronCtis: string | null
  publicUrl: string
  /** Anonymous requests per minute and address group; 0 switches the limit off. */
  requestsPerMinute: number
  /** Proxies whose `X-Forwarded-For` is believed: addresses or ranges, comma separated; null: none. */
  trustProxy: string | null
  logLevel: (typeof LOG_LEVELS)[number]
  /** Address put into the user agent, so that a registry can reach us. */
  contact: string | null
  /** True when the data is invented: every page says so. */
  demo: boolean
}

/** The environment cannot be used; `problems` has one sentence per variable. */
export class ConfigError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Environment = Record<string, string | undefined>
type Reader<T> = (text: string | undefined) => T

const VARIABLES: { [K in keyof Config]: { name: string; read: Reader<Config[K]> } } = {
  port: { name: 'PORT', read: integer({ fallback: 3000, minimum: 0, maximum: 65_535 }) },
  host: { name: 'HOST', read: text('127.0.0.1') },
  dataDir: { name: 'DATA_DIR', read: text('./.data') },
  databaseUrl: { name: 'DATABASE_URL', read: url(null, ['postgres:', 'postgresql:']) },
  meiliUrl: { name: 'MEILI_URL', read: url(null, ['http:', 'https:']) },
  meiliApiKey: { name: 'MEILI_API_KEY', read: (value) => value || null },
  ctgovUrl: { name: 'CTGOV_URL', read: url('https://clinicaltrials.gov/api/v2', ['http:', 'https:']) },
  ctisUrl: { name: 'CTIS_URL', read: url('https://euclinicaltrials.eu/ctis-public-api', ['http:', 'https:']) },
  registryRps: { name: 'REGISTRY_RPS', read: number({ fallback: null, minimum: 0, maximum: 100_000 }) },
  // Mornings after the nightly publications, then through the working day; never 02:00-03:00 (daylight saving).
  ingestCronCtgov: { name: 'INGEST_CRON_CTGOV', read: schedule('20 5,11,16,20 * * *') },
  ingestCronCtis: { name: 'INGEST_CRON_CTIS', read: schedule('10 7,14 * * *') },
  publicUrl: { name: 'PUBLIC_URL', read: url('http://127.0.0.1:3000', ['http:', 'https:']) },
  requestsPerMinute: { name: 'REQUESTS_PER_MINUTE', read: integer({ fallback: 120, minimum: 0, maximum: 1_000_000 }) },
  trustProxy: { name: 'TRUST_PROXY', read: (value) => value || null },
  logLevel: { name: 'LOG_LEVEL', read: oneOf(LOG_LEVELS, 'info') },
  contact: { name: 'CONTACT', read: (value) => value || null },
  demo: { name: 'DEMO', read: flag },
}

const OUR_PREFIXES = /^(CTGOV|CTIS|INGEST)_/

/**
 * Environment → configuration, frozen. Throws ConfigError with a sentence for each variable that is malformed,
 * and for a name that looks like ours but is not.
 */
export function readConfig(env: Environment): Readonly<Config> {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [key, { name, read }] of Object.entries(VARIABLES)) {
    try {
      config[key] = read(env[name])
    } catch (error) {
      if (!(error instanceof MalformedValue)) throw error
      problems.push(`${name}: ${error.message}`)
    }
  }
  const known = new Set(Object.values(VARIABLES).map(({ name }) => name))
  for (const name of Object.keys(env)) {
    if (OUR_PREFIXES.test(name) && !known.has(name)) {
      const ours = [...known].filter((candidate) => OUR_PREFIXES.test(candidate)).join(', ')
      problems.push(`${name}: no such setting. Those of this family are ${ours}.`)
    }
  }
  const read = config as unknown as Config
  if (problems.length === 0) problems.push(...contradictions(read, env))
  if (problems.length > 0) throw new ConfigError(problems)
  if (!env.PUBLIC_URL) read.publicUrl = `http://${read.host.includes(':') ? `[${read.host}]` : read.host}:${read.port}`
  return Object.freeze(read)
}

/** The configuration as `NAME value` rows, passwords and keys masked. */
export function printableConfig(config: Config): { name: string; value: string }[] {
  return Object.entries(VARIABLES).map(([key, { name }]) => {
    const value = config[key as keyof Config]
    return { name, value: value === null ? '(not set)' : mask(name, String(value)) }
  })
}

function contradictions(config: Config, env: Environment): string[] {
  const problems: string[] = []
  if (config.meiliApiKey && !config.meiliUrl) {
    problems.push('MEILI_URL: is not set though MEILI_API_KEY is. Set the address of the Meilisearch server too.')
  }
  if (config.demo && !env.CTGOV_URL) {
    problems.push('CTGOV_URL: DEMO is set, so it must name a registry of invented data. Start with `npm run demo`.')
  }
  return problems
}

/** True for a URL whose host is this machine. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}

/**
 * Nobody publishes a limit; both registries are well served below this (registries.md: one per second is the practice).
 */
const PUBLIC_RPS = { fallback: 1, maximum: 10 }

/**
 * How fast one registry may be asked, per second. A registry on this machine is asked as fast as it answers unless
 * REGISTRY_RPS says otherwise (0: no limit); a public one never more than ten times a second whatever is set.
 */
export function requestsPerSecond(config: Pick<Config, 'registryRps'>, address: string): number {
  if (isLoopback(address)) return config.registryRps || Number.POSITIVE_INFINITY
  return Math.min(config.registryRps || PUBLIC_RPS.fallback, PUBLIC_RPS.maximum)
}

class MalformedValue extends Error {}

function mask(name: string, value: string): string {
  if (name.endsWith('_KEY')) return '********'
  return value.replace(/(:\/\/[^:/@]+):[^@]+@/, '$1:********@')
}

function text(fallback: string): Reader<string> {
  return (value) => value?.trim() || fallback
}

interface Bounds<F> {
  fallback: F
  minimum: number
  maximum: number
}

function number<F extends number | null>({ fallback, minimum, maximum }: Bounds<F>): Reader<number | F> {
  return (value) => {
    if (!value) return fallback
    const parsed = Number(value)
    if (!Number.isFinite(parsed) || parsed < minimum || parsed > maximum) {
      throw new MalformedValue(`"${value}" is not a number from ${minimum} to ${maximum}.`)
    }
    return parsed
  }
}

function integer(bounds: Bounds<number>): Reader<number> {
  const read = number(bounds)
  return (value) => {
    const parsed = read(value)
    if (!Number.isInteger(parsed)) throw new MalformedValue(`"${value}" is not a whole number.`)
    return parsed
  }
}

function oneOf<const T extends readonly string[]>(values: T, fallback: T[number]): Reader<T[number]> {
  return (value) => {
    if (!value) return fallback
    if (!values.includes(value)) throw new MalformedValue(`"${value}" is not one of ${values.join(', ')}.`)
    return value
  }
}

function url<F extends string | null>(fallback: F, protocols: string[]): Reader<string | F> {
  return (value) => {
    if (!value) return fallback
    const parsed = URL.canParse(value) ? new URL(value) : null
    if (!parsed || !protocols.includes(parsed.protocol)) {
      // The value itself may hold a password: it is not repeated.
      throw new MalformedValue(`is not an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
    }
    return value.replace(/\/+$/, '')
  }
}

function schedule(fallback: string): Reader<string | null> {
  return (value) => {
    if (value === undefined) return fallback
    if (value.trim() === '') return null
    if (!cron.validate(value)) {
      throw new MalformedValue(
        `"${value}" is not a cron expression such as "${fallback}" (empty switches the job off).`,
      )
    }
    return value
  }
}

function flag(value: string | undefined): boolean {
  if (!value || value === '0' || value === 'false') return false
  if (value === '1' || value === 'true') return true
  throw new MalformedValue(`"${value}" is neither 1 nor 0.`)
}
