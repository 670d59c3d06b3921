import { expect, test } from 'vitest'
import { ConfigError, printableConfig, readConfig, requestsPerSecond } from '../config.ts'

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
  }
}

test('an empty environment gives the embedded service', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: './.data',
    databaseUrl: null,
    registryRps: null,
  })
  expect(config.publicUrl).toBe('http://127.0.0.1:3000')
  expect(Object.isFrozen(config)).toBe(true)
})

test.each<[string, Record<string, string>, RegExp]>([
  ['a port that is a word', { PORT: 'http' }, /^PORT: "http" is not a number from 0 to 65535/],
  ['a port too high', { PORT: '70000' }, /^PORT:/],
  ['half a port', { PORT: '3000.5' }, /^PORT: "3000.5" is not a whole number/],
  ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL: .*postgres:\/\//],
  ['a registry address without scheme', { CTGOV_URL: 'clinicaltrials.gov' }, /^CTGOV_URL:/],
  [
    'a schedule with six words',
    { INGEST_CRON_CTIS: 'every day at noon or so' },
    /^INGEST_CRON_CTIS: .*cron expression/,
  ],
  ['an unknown level', { LOG_LEVEL: 'verbose' }, /^LOG_LEVEL: "verbose" is not one of fatal, error/],
  ['a misspelt name', { INGEST_CRON_CTGV: '' }, /^INGEST_CRON_CTGV: no such setting.*INGEST_CRON_CTGOV/],
  ['a key without a server', { MEILI_API_KEY: 'k' }, /^MEILI_URL:/],
  ['a demo on real data', { DEMO: '1' }, /^CTGOV_URL: DEMO is set/],
])('%s is refused with a sentence', (_, env, sentence) => {
  expect(problemsOf(env)).toEqual([expect.stringMatching(sentence)])
})

test('every problem is told at once', () => {
  expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(2)
})

test('an empty schedule switches the job off', () => {
  expect(readConfig({ INGEST_CRON_CTGOV: '' }).ingestCronCtgov).toBeNull()
})

test('secrets are masked when printed, and never repeated in an error', () => {
  const rows = printableConfig(
    readConfig({
      DATABASE_URL: 'postgres://me:hunter2@db/essais',
      MEILI_URL: 'http://meili:7700',
      MEILI_API_KEY: 'hunter2',
    }),
  )
  expect(JSON.stringify(rows)).not.toContain('hunter2')
  expect(problemsOf({ DATABASE_URL: 'mysql://me:hunter2@db' }).join()).not.toContain('hunter2')
})

test.each<[string, number | null, string, number]>([
  ['a public registry, nothing set', null, 'https://clinicaltrials.gov/api/v2', 1],
  ['a public registry, slower', 0.2, 'https://clinicaltrials.gov/api/v2', 0.2],
  ['a public registry, far too fast', 1000, 'https://clinicaltrials.gov/api/v2', 10],
  ['a public registry, no limit asked', 0, 'https://euclinicaltrials.eu/ctis-public-api', 1],
  ['on this machine, nothing set', null, 'http://127.0.0.1:4010/api/v2', Number.POSITIVE_INFINITY],
  ['on this machine, limited', 5, 'http://localhost:4010', 5],
])('requests per second to %s', (_, registryRps, address, expected) => {
  expect(requestsPerSecond({ registryRps }, address)).toBe(expected)
})
