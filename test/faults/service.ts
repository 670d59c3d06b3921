import { expect, vi } from 'vitest'
import type { CommandContext } from '../../commands/command.ts'
import { run as ingest } from '../../commands/ingest.ts'
import { run as serve } from '../../commands/serve.ts'
import { run as status } from '../../commands/status.ts'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/database.ts'
import { setSiteStatus } from '../../db/site-statuses.ts'
import { getTrial } from '../../db/trials.ts'
import { keepKeys } from '../../deploy/keys.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { createMeilisearchIndex } from '../../sync/meilisearch.ts'
import { keyFor, MEILISEARCH_KEYS } from '../../sync/meilisearch-keys.ts'
import { checkIndex } from '../../sync/rebuild.ts'
import { vocabularyConcepts } from '../../sync/vocabulary-concepts.ts'
import { inventedNumber, inventStudies, inventStudy } from '../registries/invent.ts'
import { type Registries, startRegistries } from '../registries/server.ts'
import { type Line, startLine } from '../support/line.ts'
import type { TestMeilisearch } from '../support/meilisearch.ts'
import { freePort } from '../support/ports.ts'
import { within } from '../support/within.ts'

const STUDIES = 60
const DEADLINE = { timeout: 120_000, interval: 100 }
const SOON = { timeout: 15_000, interval: 20 }
/** As deploy/Caddyfile asks: an API process whose readiness takes longer is taken out. */
const BALANCER_PATIENCE_MS = 2_000

export type Service = Awaited<ReturnType<typeof startService>>

/**
 * An API process and a worker as `essais serve` starts them, in this
 * process; their lines to both servers can be broken.
 */
export async function startService(databaseUrl: string, meilisearch: TestMeilisearch) {
  const { masterKey } = meilisearch
  const registries: Registries = await startRegistries({ ctgov: inventStudies(STUDIES) })
  const engineLine: Line = await startLine(Number(new URL(meilisearch.url).port))
  const { host: databaseHost, port: databasePort } = new URL(databaseUrl)
  const databaseLine: Line = await startLine(Number(databasePort))
  const keys = keepKeys({ url: meilisearch.url, masterKey, everyMs: 200, onTrouble: () => {} })
  const env = {
    DATABASE_URL: databaseUrl.replace(databaseHost, `127.0.0.1:${databaseLine.port}`),
    MEILI_URL: `http://127.0.0.1:${engineLine.port}`,
    CTGOV_URL: registries.ctgovUrl,
    CTIS_URL: registries.ctisUrl,
    INGEST_CRON_CTGOV: '',
    INGEST_CRON_CTIS: '',
    REQUESTS_PER_MINUTE: '0',
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const stopping = new AbortController()
  const output = { write: () => true }
  const context = { stdin: process.stdin, stdout: output, stderr: output, signal: stopping.signal }
  const feedEnv = { ...env, MEILI_API_KEY: keyFor(masterKey, MEILISEARCH_KEYS.feed.uid) }
  const searchEnv = { ...env, MEILI_API_KEY: keyFor(masterKey, MEILISEARCH_KEYS.search.uid), PORT: String(port) }
  const db: Database = await connect({ databaseUrl, dataDir: '' })
  await said(ingest, ['ctgov', '--full'], feedEnv)
  const running = [
    serve(['--role', 'worker'], { ...context, env: feedEnv }),
    serve(['--role', 'api'], { ...context, env: searchEnv }),
  ]
  const index = createMeilisearchIndex({ url: meilisearch.url, apiKey: masterKey, concepts: vocabularyConcepts() })
  const closed = new Set<string>()

  async function search(question: object) {
    const answer = await fetch(`${url}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ size: 100, ...question }),
    })
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as {
      results: { registryIds: { nct: string } }[]
      warnings: { code: string }[]
    }
    return {
      found: body.results.map(({ registryIds }) => registryIds.nct).sort(),
      warnings: body.warnings.map(({ code }) => code),
    }
  }
  async function ready() {
    const answer = await fetch(`${url}/readyz`)
    const body = (await answer.json()) as {
      ready: boolean
      database: { ok: boolean }
      index: { ok: boolean; detail: string }
    }
    return { status: answer.status, body }
  }

  const service = {
    url,
    engineLine,
    databaseLine,
    ready,
    async finds(text: string) {
      const { found, warnings } = await search({ text })
      expect(warnings).toEqual([])
      return found
    },
    /** In full, at once, from a process that the balancer keeps. */
    async answersStructured() {
      const { found, warnings } = await within(1_000, () => search({ place: { postalCode: '69008' } }))
      expect(found).toHaveLength(STUDIES - closed.size)
      expect(warnings.filter((code) => code !== 'catalogue_behind')).toEqual([])
      const page = await fetch(url, { method: 'POST', body: new URLSearchParams({ place: '69008' }) })
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('id="results-title"')
      expect((await within(BALANCER_PATIENCE_MS, ready)).status).toBe(200)
    },
    async ignoresText() {
      const { found, warnings } = await within(3_000, () => search({ text: 'invented' }))
      expect(warnings).toContain('text_ignored')
      expect(found).toHaveLength(STUDIES - closed.size)
      const { body } = await ready()
      expect(body).toMatchObject({ ready: true, index: { ok: false } })
    },
    /** A partner's word: visible within a second, whatever the index does. */
    async closes(number: number) {
      const trial = await getTrial(db, inventedNumber(number))
      const given = { status: 'SUSPENDED', note: null, author: 'test', at: new Date(), expectedVersion: null } as const
      for (const { id } of trial?.trial.sites ?? []) await setSiteStatus(db, { siteId: id, ...given }, mergeRecords)
      closed.add(inventedNumber(number))
      const gone = async () => expect((await search({})).found).not.toContain(inventedNumber(number))
      await vi.waitFor(gone, SOON)
    },
    /** The registry has them under another title, and they are read at once. */
    async retitles(numbers: number[], title: string, eligibility?: string) {
      const changed = { title, sites: ['France/RECRUITING', 'France'], ...(eligibility && { eligibility }) }
      registries.ctgov.put(numbers.map((number) => inventStudy({ number, ...changed })))
      const ids = numbers.flatMap((number) => ['--once', inventedNumber(number)])
      await said(ingest, ['ctgov', ...ids], feedEnv)
    },
    async saysTheIndexFails() {
      await vi.waitFor(async () => expect(await said(status, [], feedEnv)).toMatch(/failing.*Meilisearch/), DEADLINE)
    },
    /** Everything is in, nothing is degraded, and nobody did anything. */
    async heals() {
      await vi.waitFor(async () => {
        const same = { missing: [], outdated: [], extra: [], documents: STUDIES }
        expect(await checkIndex(db, index)).toMatchObject(same)
        expect((await search({ text: 'invented' })).warnings).toEqual([])
        expect((await ready()).body).toMatchObject({ ready: true, database: { ok: true }, index: { ok: true } })
        expect(await said(status, [], feedEnv)).toMatch(/following/)
      }, DEADLINE)
    },
    async restartsEngineIfItEnded() {
      const answers = await fetch(`${meilisearch.url}/health`).catch(() => null)
      if (!answers?.ok) await meilisearch.start()
    },
    async stop() {
      stopping.abort()
      await Promise.all(running)
      await keys.stop()
      await index.close()
      await db.close()
      await engineLine.close()
      await databaseLine.close()
      await registries.close()
    },
  }
  await Promise.race([service.heals(), ...running])
  return service
}

/** Run a command as from a terminal; what it wrote. */
async function said(command: typeof status, args: string[], env: CommandContext['env']): Promise<string> {
  const parts: string[] = []
  const output = { write: (part: string) => parts.push(part) }
  await command(args, {
    env,
    stdout: output,
    stderr: output,
    stdin: process.stdin,
    signal: new AbortController().signal,
  })
  return parts.join('')
}
