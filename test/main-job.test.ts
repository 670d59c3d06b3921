import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { main } from '../commands/main.ts'
import type { Answer } from '../domain/answer.ts'
import { RECORDED_CTGOV, recordedTest } from './recorded.ts'
import { CTGOV_FIXTURES, readAll } from './registries/fixtures/files.ts'
import { startRegistries } from './registries/server.ts'

const DEADLINE_MS = 60_000
// Each of these creates a whole database.
vi.setConfig({ testTimeout: 2 * DEADLINE_MS })
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'main-job-'))
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** `essais serve` in this process, on a free port, until the test ends. */
async function serve(env: Record<string, string>) {
  const written: string[] = []
  const controller = new AbortController()
  const port = String(await freePort())
  const output = { write: (text: string) => written.push(text) }
  const context = {
    env: { PORT: port, INGEST_CRON_CTIS: '', REQUESTS_PER_MINUTE: '0', ...env },
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    signal: controller.signal,
  }
  const ended = main(['serve'], context)
  cleanups.push(() => stop())
  const stop = () => {
    controller.abort()
    return ended
  }
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok === true)
  return { url, said: () => written.join(''), stop }
}

async function search(url: string, question: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/search`, { method: 'POST', headers, body: JSON.stringify(question) })
  return (await answer.json()) as Answer
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about in time')
    await sleep(50)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Counted anew from the registry's own words: recruiting studies with a French site that recruits. */
function openInFrance(studies: unknown[]): string[] {
  type Wire = {
    protocolSection: {
      identificationModule: { nctId: string }
      statusModule: { overallStatus: string }
      contactsLocationsModule?: { locations?: { country?: string; status?: string }[] }
    }
  }
  const france = [
    'France',
    'Réunion',
    'Guadeloupe',
    'Martinique',
    'French Guiana',
    'Mayotte',
    'New Caledonia',
    'French Polynesia',
  ]
  return (studies as Wire[])
    .map(({ protocolSection }) => protocolSection)
    .filter(({ statusModule }) => statusModule.overallStatus === 'RECRUITING')
    .filter(({ contactsLocationsModule: places }) =>
      places?.locations?.some(({ country, status }) => france.includes(country ?? '') && status === 'RECRUITING'),
    )
    .map(({ identificationModule }) => identificationModule.nctId)
}

recordedTest('exactly the recorded studies with an open French site can be found', async () => {
  const studies = await readAll(RECORDED_CTGOV)
  const registries = await startRegistries({ ctgov: studies })
  cleanups.push(() => registries.close())
  const expected = openInFrance(studies)
  const { url } = await serve({ CTGOV_URL: registries.ctgovUrl, DATA_DIR: folder() })
  await until(async () => (await search(url, { size: 1 })).total === expected.length)

  const found: string[] = []
  let cursor: string | null = null
  do {
    const answer: Answer = await search(url, { size: 50, ...(cursor ? { cursor } : {}) })
    found.push(...answer.results.map(({ registryIds }) => registryIds.nct ?? ''))
    cursor = answer.nextCursor
  } while (cursor)
  expect(found.sort()).toEqual(expected.sort())
})

test('invented studies are found by text, nearest open site first, by the first start alone', async () => {
  const registries = await startRegistries({ ctgov: await readAll([CTGOV_FIXTURES]) })
  cleanups.push(() => registries.close())
  const { url, said, stop } = await serve({ CTGOV_URL: registries.ctgovUrl, DATA_DIR: folder() })
  await until(async () => (await search(url, { text: 'Fictumab' })).total > 0)
  const { results } = await search(url, { place: { postalCode: '69008' }, size: 5 })
  expect(results.length).toBeGreaterThan(0)
  for (const { site } of results) expect(site?.status).toBe('RECRUITING')
  expect(await stop()).toBe(0)
  expect(said()).not.toContain('Fictumab')
  expect(said()).not.toContain('69008')
})

test('without a registry the service starts, says which one and when it tries again, and answers', async () => {
  const port = await freePort()
  const { url, said } = await serve({
    CTGOV_URL: `http://127.0.0.1:${port}/api/v2`,
    DATA_DIR: folder(),
    INGEST_CRON_CTIS: '',
  })
  await until(() => /ClinicalTrials\.gov could not be read; next try at \d\d:\d\d/.test(said()))
  expect((await search(url, {})).total).toBe(0)
})

test('a second process on the same folder is refused with the process that holds it', async () => {
  const DATA_DIR = folder()
  const registries = await startRegistries({ ctgov: [] })
  cleanups.push(() => registries.close())
  await serve({ CTGOV_URL: registries.ctgovUrl, DATA_DIR })
  const said: string[] = []
  const output = { write: (text: string) => said.push(text) }
  const context = {
    env: { DATA_DIR },
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    signal: new AbortController().signal,
  }
  expect(await main(['reindex'], context)).toBe(1)
  expect(said.join('')).toMatch(new RegExp(`process ${process.pid}`))
  expect(said.join('')).not.toMatch(/\n\s+at /)
})
