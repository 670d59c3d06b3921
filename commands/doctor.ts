import { statfs } from 'node:fs/promises'
import { type Config, isLoopback, printableConfig, readConfig } from '../config.ts'
import { latestSequence } from '../db/changes.ts'
import { DatabaseError } from '../db/errors.ts'
import { type Run, readArguments, table } from './command.ts'
import { createLog, openDatabase, openIndex } from './open.ts'

interface Finding {
  what: string
  ok: boolean
  says: string
}

/** A first load of both registries with its index takes about this much. */
const COMFORTABLE_FREE_BYTES = 2e9
const PATIENCE_MS = 5_000

/** `essais doctor`: checks one thing after the other and says what to do. Exit code 1 when anything needs attention. */
export const run: Run = async (args, { env, stdout, signal }) => {
  readArguments({ args, options: {} })
  const config = readConfig(env)
  stdout.write(`Configuration\n${table(printableConfig(config).map(({ name, value }) => ['', name, value]))}\n`)
  const checks: [string, () => Promise<string>][] = [
    ['Node.js', async () => nodeVersion(process.versions.node)],
    ['Disk', () => disk(config)],
    ['Database', () => database(config)],
    ['Search index', () => index(config)],
    ['ClinicalTrials.gov', () => registry(`${config.ctgovUrl}/version`, { signal })],
    [
      'CTIS',
      () =>
        registry(`${config.ctisUrl}/search`, {
          signal,
          body: '{"searchCriteria":{"msc":[250]},"pagination":{"page":1,"size":1}}',
        }),
    ],
  ]
  const findings: Finding[] = []
  for (const [what, check] of checks) {
    if (signal.aborted) return 130
    findings.push(await examine(what, check))
  }
  stdout.write(table(findings.map(({ what, ok, says }) => [ok ? 'ok  ' : 'LOOK', what, says])))
  return findings.every(({ ok }) => ok) ? 0 : 1
}

/** What a check throws is what needs attention. */
async function examine(what: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, says: await check() }
  } catch (error) {
    return { what, ok: false, says: (error as Error).message }
  }
}

class Attention extends Error {}

function nodeVersion(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Attention(`${version} is too old: install 20.19 or later.`)
  return version
}

async function disk({ dataDir, databaseUrl }: Config): Promise<string> {
  const { bavail, bsize } = await statfs(dataDir).catch(() => statfs('.'))
  const free = bavail * bsize
  const gigabytes = `${(free / 1e9).toFixed(1)} GB free`
  if (!databaseUrl && free < COMFORTABLE_FREE_BYTES) {
    throw new Attention(`${gigabytes} for DATA_DIR: make room, or set DATA_DIR to another disk.`)
  }
  return gigabytes
}

async function database(config: Config): Promise<string> {
  try {
    const db = await openDatabase(config)
    const sequence = await latestSequence(db).finally(() => db.close())
    return `${db.kind === 'pglite' ? `embedded in ${config.dataDir}` : 'PostgreSQL'}, change log at ${sequence}`
  } catch (error) {
    // The service itself holds the embedded database while it runs: that is as it should be.
    if (error instanceof DatabaseError && error.code === 'locked') return error.message
    throw error
  }
}

async function index(config: Config): Promise<string> {
  const opened = await openIndex(config, createLog({ ...config, logLevel: 'silent' }, { write: () => true }))
  const { ok, documents, detail } = await opened.health().finally(() => opened.close())
  if (!ok) throw new Attention(`${detail ?? 'does not answer'}. Structured search works without it.`)
  return `${documents} trials${detail ? `; ${detail}` : ''}`
}

async function registry(url: string, { signal, body }: { signal: AbortSignal; body?: string }): Promise<string> {
  const where = isLoopback(url) ? 'on this machine' : 'the public registry'
  const advice = 'The service serves what it has and tries again on its schedule.'
  const init = body ? { method: 'POST', body, headers: { 'content-type': 'application/json' } } : {}
  const answer = await fetch(url, {
    ...init,
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  }).catch((cause) => {
    throw new Attention(`${new URL(url).host} cannot be reached: check the network, or the address. ${advice}`, {
      cause,
    })
  })
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) {
    throw new Attention(`${new URL(url).host} answers ${answer.status}, not JSON: check the address. ${advice}`)
  }
  return `answers (${where})`
}
