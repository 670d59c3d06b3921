import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, rowsOf } from '../../db/database.ts'
import type { Question } from '../../domain/question.ts'
import { buildApp } from '../../search-api/app.ts'
import { createCatalogue } from '../../search-api/catalogue.ts'
import type { App } from '../../search-api/deps.ts'
import { createStore } from '../../search-api/store.ts'
import { memoryDatabase } from '../support/databases.ts'
import { fakeDeps } from './fakes.ts'

/** Words that stand nowhere else, for everything a visitor can type. */
const SECRETS = {
  text: 'secretwordalpha',
  condition: 'secretwordbeta',
  disease: 'secretwordgamma',
  city: 'Secretwordville',
  gene: 'SECRETGENE',
  query: 'secretwordquery',
}
const SECRET = /secret(word|gene)|137\.31|69123|69008|203\.0\.113/i

let world: Awaited<ReturnType<typeof fakeDeps>>
let app: App
let db: Database

beforeAll(async () => {
  world = await fakeDeps()
  db = await memoryDatabase()
  const store = createStore(db)
  const catalogue = createCatalogue({ store, now: world.deps.now, onError: () => undefined })
  await catalogue.start()
  app = await buildApp({ ...world.deps, store, catalogue, config: { ...world.deps.config, requestsPerMinute: 1000 } })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const search = (payload: object) =>
  app.inject({ method: 'POST', url: '/v1/search', payload, remoteAddress: '203.0.113.9' })
const form = (fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/',
    remoteAddress: '203.0.113.9',
    headers: { 'content-type': 'application/x-www-form-urlencoded', referer: `http://x/?q=${SECRETS.query}` },
    payload: new URLSearchParams(fields).toString(),
  })

/** Everything a visitor can do, right and wrong, and with parts of the service broken. */
async function visit(): Promise<number[]> {
  const { text, condition, disease, city, gene, query } = SECRETS
  const answers = [
    await search({ text, condition, age: 137.31, place: { postalCode: '69008' } }),
    await search({ text, age: 64.137, place: { code: '69123' }, biomarkers: [{ gene: 'HER2', state: 'present' }] }),
    await search({ place: { city } }),
    await search({ cancer: gene }),
    await search({ biomarkers: [{ gene, state: 'present' }] }),
    await search({ [gene]: 1 }),
    await app.inject({
      method: 'POST',
      url: '/v1/search',
      payload: `{"text": ${text}`,
      headers: { 'content-type': 'application/json' },
    }),
    await app.inject({ method: 'POST', url: '/v1/search', payload: text, headers: { 'content-type': 'text/plain' } }),
    await form({ disease, text, place: '69008', age: '64' }),
    await form({ disease, place: city, age: text, biomarker: gene }),
    await app.inject(`/v1/places?q=${query}`),
    await app.inject(`/v1/vocabulary/cancers?q=${query}`),
    await app.inject(`/v1/vocabulary/cancers?${query}=1`),
    await app.inject(`/v1/trials/${query}`),
    await app.inject(`/essais/${query}`),
    await app.inject(`/${query}?q=${query}`),
    await app.inject({ method: 'DELETE', url: `/v1/search?${query}` }),
    await app.inject(`/v1/trials/%E0%A4%A`),
    await app.inject(`/v1/trials/${query.repeat(40)}`),
  ]
  world.index.broken = true
  answers.push(await search({ text }))
  world.index.broken = false
  answers.push(await searchWithFailingRank())
  return answers.map(({ statusCode }) => statusCode)
}

/** An answer while the ranking throws an error that quotes the question. */
async function searchWithFailingRank() {
  const rank = (_form: unknown, { text }: Question): never => {
    throw new Error(`cannot rank ${text}`)
  }
  const broken = await buildApp({ ...world.deps, catalogue: { ...world.deps.catalogue, rank } })
  const answer = await broken.inject({ method: 'POST', url: '/v1/search', payload: { text: SECRETS.text } })
  await broken.close()
  return answer
}

describe('nothing a visitor types leaves a trace', () => {
  test('not in logs, metrics or tables', async () => {
    const statuses = await visit()
    expect(new Set(statuses)).toEqual(new Set([200, 400, 404, 405, 414, 415, 500]))

    expect(world.lines.length).toBeGreaterThan(15)
    expect(world.lines.filter((line) => SECRET.test(line))).toEqual([])
    expect((await app.inject('/metrics')).body).not.toMatch(SECRET)

    const tables = await rowsOf<{ name: string }>(
      db,
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    )
    expect(tables.length).toBeGreaterThan(5)
    for (const { name } of tables) {
      const rows = await rowsOf(db, sql`select * from ${sql.identifier(name)}`)
      expect(JSON.stringify(rows)).not.toMatch(SECRET)
    }
  })

  test('the log of a request has a route pattern, a method, a status and a duration, and no more', async () => {
    world.lines.length = 0
    await search({ text: SECRETS.text })
    await app.inject(`/v1/trials/${SECRETS.query}`)
    const lines = world.lines.map((line) => JSON.parse(line))
    expect(lines.map(({ route }) => route)).toEqual(['/v1/search', '/v1/trials/:id'])
    for (const line of lines) {
      const { time, pid, hostname, level, ...own } = line
      expect([typeof time, typeof pid, typeof hostname, level]).toEqual(['number', 'number', 'string', 30])
      expect(Object.keys(own).sort()).toEqual(['method', 'ms', 'msg', 'route', 'status'])
    }
  })

  test('not in an address: the form posts, and no answer redirects to what was typed', async () => {
    const { body } = await app.inject('/')
    for (const [markup] of body.matchAll(/<form[^>]*>/g)) expect(markup).toContain('method="post"')
    const answer = await form({ disease: SECRETS.disease, text: SECRETS.text, place: 'Lyon' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers.location).toBeUndefined()
    for (const [, address = ''] of answer.body.matchAll(/(?:href|src|action)="([^"]*)"/g))
      expect(address).not.toMatch(SECRET)
  })

  test('and no cookie, no cache', async () => {
    for (const answer of [await search({ text: SECRETS.text }), await form({ text: SECRETS.text })]) {
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
    }
  })
})
