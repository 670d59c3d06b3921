import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
import { describePostgres } from '../support/databases.ts'
import { type Line, startLine } from '../support/line.ts'
import { describeMeilisearch, startMeilisearch, type TestMeilisearch } from '../support/meilisearch.ts'
import { freePort } from '../support/ports.ts'

const STUDIES = 60
const SLOW = { timeout: 120_000 }
const DEADLINE = { timeout: 45_000, interval: 50 }
/** As deploy/Caddyfile asks: an API process whose readiness takes longer is taken out. */
const BALANCER_PATIENCE_MS = 2_000

describePostgres('the service', (postgres) => {
  describeMeilisearch('with Meilisearch', (meilisearch) => {
    let service: Service
    beforeAll(async () => {
      service = await startService(await postgres().createDatabase(), meilisearch())
    })
    afterAll(() => service?.stop())

    test(
      'Meilisearch stopped: structured search answers, degraded is said; started again, all is well',
      SLOW,
      async () => {
        await meilisearch().kill()
        await service.answersStructured()
        await service.ignoresText()
        await service.closes(1)
        await service.retitles(2, 'Written while the engine was down')
        await service.saysTheIndexFails()
        await meilisearch().start()
        await service.heals()
        expect(await service.finds('written while engine down')).toEqual([inventedNumber(2)])
      },
    )

    test('Meilisearch emptied, its keys included: built again by itself', SLOW, async () => {
      await meilisearch().wipe()
      await service.answersStructured()
      await meilisearch().start()
      await service.ignoresText()
      await service.answersStructured()
      await service.heals()
    })

    test('Meilisearch silent: nobody waits for it', SLOW, async () => {
      await service.engineLine.set('silent')
      await service.answersStructured()
      await service.ignoresText()
      await service.closes(3)
      await service.saysTheIndexFails()
      await service.engineLine.set('open')
      await service.heals()
    })

    test('Meilisearch refusing connections for a while', SLOW, async () => {
      await service.engineLine.set('refused')
      await service.ignoresText()
      await service.retitles(4, 'Written while the engine was out of reach')
      await service.answersStructured()
      await service.engineLine.set('open')
      await service.heals()
      expect(await service.finds('engine out reach')).toContain(inventedNumber(4))
    })

    test('PostgreSQL restarted: searches go on, what is written afterwards is seen', SLOW, async () => {
      await postgres().stopNow()
      for (let round = 0; round < 5; round++) {
        await service.answersStructured()
        await sleep(200)
      }
      expect((await service.ready()).body).toMatchObject({ ready: true, database: { ok: false } })
      expect((await fetch(`${service.url}/v1/trials/${inventedNumber(5)}`)).status).toBe(503)
      await postgres().start()
      await expect.poll(async () => (await service.ready()).body.database.ok, DEADLINE).toBe(true)
      await service.closes(5)
      await service.heals()
    })
  })

  const root = process.getuid?.() === 0
  if (!root) console.warn('not root: a disk of a few megabytes cannot be made; skipped "a full disk"')
  describe.skipIf(!root)('with Meilisearch on a disk that fills up', () => {
    let service: Service
    let meilisearch: TestMeilisearch
    let disk: string
    beforeAll(async () => {
      disk = mkdtempSync(join(tmpdir(), 'essais-disk-'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk])
      meilisearch = await startMeilisearch({ folder: disk })
      service = await startService(await postgres().createDatabase(), meilisearch)
    })
    afterAll(async () => {
      await service?.stop()
      await meilisearch?.stop()
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    })

    test('the feed says so and waits, searches are answered; with room again, it catches up', SLOW, async () => {
      execFileSync('sh', ['-c', `cat /dev/zero > ${disk}/ballast 2>/dev/null || true`])
      const long = Array.from({ length: 4000 }, (_, at) => `word${at}`).join(' ')
      for (let number = 10; number < 40; number++) await service.retitles(number, 'Full disk', long)
      await service.answersStructured()
      await service.saysTheIndexFails()
      await service.closes(6)
      await service.answersStructured()
      rmSync(join(disk, 'ballast'))
      await service.restartsEngineIfItEnded()
      await service.heals()
      expect(await service.finds('full disk')).toHaveLength(30)
    })
  })
})

type Service = Awaited<ReturnType<typeof startService>>

/** An API process and a worker as `essais serve` starts them, in this process; their line to Meilisearch can be broken. */
async function startService(databaseUrl: string, meilisearch: TestMeilisearch) {
  const { masterKey } = meilisearch
  const registries: Registries = await startRegistries({ ctgov: inventStudies(STUDIES) })
  const engineLine: Line = await startLine(Number(new URL(meilisearch.url).port))
  const keys = keepKeys({ url: meilisearch.url, masterKey, everyMs: 200, onTrouble: () => {} })
  const env = {
    DATABASE_URL: databaseUrl,
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
  const lines: string[] = []
  const output = { write: (line: string) => lines.push(line) > 0 }
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
    const startedAt = performance.now()
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
      tookMs: performance.now() - startedAt,
    }
  }
  async function ready() {
    const startedAt = performance.now()
    const answer = await fetch(`${url}/readyz`)
    const body = (await answer.json()) as {
      ready: boolean
      database: { ok: boolean }
      index: { ok: boolean; detail: string }
    }
    return { status: answer.status, body, tookMs: performance.now() - startedAt }
  }

  const service = {
    url,
    engineLine,
    lines,
    ready,
    async finds(text: string) {
      const { found, warnings } = await search({ text })
      expect(warnings).toEqual([])
      return found
    },
    /** In full, at once, from a process that the balancer keeps. */
    async answersStructured() {
      const { found, warnings, tookMs } = await search({ place: { postalCode: '69008' } })
      expect(found).toHaveLength(STUDIES - closed.size)
      expect(warnings.filter((code) => code !== 'catalogue_behind')).toEqual([])
      expect(tookMs).toBeLessThan(1_000)
      const { status, tookMs: readyMs } = await ready()
      expect(status).toBe(200)
      expect(readyMs).toBeLessThan(BALANCER_PATIENCE_MS)
    },
    async ignoresText() {
      const { found, warnings, tookMs } = await search({ text: 'invented' })
      expect(warnings).toContain('text_ignored')
      expect(found).toHaveLength(STUDIES - closed.size)
      expect(tookMs).toBeLessThan(3_000)
      const { body } = await ready()
      expect(body).toMatchObject({ ready: true, index: { ok: false } })
    },
    /** A partner's word: visible within a second, whatever the index does. */
    async closes(number: number) {
      const trial = await getTrial(db, inventedNumber(number))
      const given = { status: 'SUSPENDED', note: null, author: 'test', at: new Date(), expectedVersion: null } as const
      for (const { id } of trial?.trial.sites ?? []) await setSiteStatus(db, { siteId: id, ...given }, mergeRecords)
      closed.add(inventedNumber(number))
      await expect
        .poll(async () => (await search({})).found.includes(inventedNumber(number)), { timeout: 5_000, interval: 20 })
        .toBe(false)
    },
    async retitles(number: number, title: string, eligibility?: string) {
      registries.ctgov.put([
        inventStudy({ number, title, sites: ['France/RECRUITING', 'France'], ...(eligibility && { eligibility }) }),
      ])
      await said(ingest, ['ctgov', '--once', inventedNumber(number)], feedEnv)
    },
    async saysTheIndexFails() {
      await expect.poll(() => said(status, [], feedEnv), DEADLINE).toMatch(/failing.*Meilisearch/)
    },
    /** Everything is in, nothing is degraded, and nobody did anything. */
    async heals() {
      await expect
        .poll(() => checkIndex(db, index).catch(() => null), DEADLINE)
        .toMatchObject({
          missing: [],
          outdated: [],
          extra: [],
          documents: STUDIES,
        })
      await expect.poll(async () => (await search({ text: 'invented' })).warnings, DEADLINE).toEqual([])
      await expect.poll(async () => (await ready()).body, DEADLINE).toMatchObject({ ready: true, index: { ok: true } })
      await expect.poll(() => said(status, [], feedEnv), DEADLINE).toMatch(/following/)
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
      await registries.close()
    },
  }
  await Promise.race([service.heals(), ...running])
  return service
}

/** Run a command as from a terminal; what it wrote. */
async function said(command: typeof status, args: string[], env: CommandContext['env']): Promise<string> {
  let text = ''
  const output = { write: (part: string) => (text += part).length > 0 }
  await command(args, {
    env,
    stdout: output,
    stderr: output,
    stdin: process.stdin,
    signal: new AbortController().signal,
  })
  return text
}
