import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { freePort } from './ports.ts'

const run = promisify(execFile)

export interface TestPostgres {
  /** A new empty database; its URL. */
  createDatabase(): Promise<string>
  /** Stop at once, as a crash would, and start again on the same port and data. */
  restart(): Promise<void>
  stopNow(): Promise<void>
  start(): Promise<void>
  /** Stop and remove everything. */
  stop(): Promise<void>
}

/** The folder of initdb and pg_ctl: the newest of Debian's, else the first on the path. Null when there is none. */
export function postgresBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))) ?? null
}

/**
 * A throw-away PostgreSQL server in a temporary folder, on a free loopback port. It refuses to run as root: there it
 * runs as the user `postgres`.
 * @param durable wait for the disk at each commit, as in production; tests do without.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const bin = postgresBinaries()
  if (!bin) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'essais-postgres-'))
  const data = join(folder, 'data')
  const asRoot = process.getuid?.() === 0
  if (asRoot) execFileSync('chown', ['postgres', folder])
  else chmodSync(folder, 0o700)
  const as = (program: string, args: string[]) => {
    const path = join(bin, program)
    return asRoot
      ? run('runuser', ['-u', 'postgres', '--', path, ...args], { cwd: folder })
      : run(path, args, { cwd: folder })
  }

  await as('initdb', ['-D', data, '-U', 'essais', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const port = await freePort()
  const settings = [
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60`,
    // A crash of the server loses nothing all the same: what it has written is with the operating system.
    durable ? '' : '-c fsync=off',
  ].join(' ')
  const start = async () => {
    await as('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start'])
  }
  const stopNow = async () => {
    await as('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop'])
  }
  const url = (name: string) => `postgres://essais@127.0.0.1:${port}/${name}`
  const lastResort = () => {
    try {
      const stop = [join(bin, 'pg_ctl'), '-D', data, '-s', '-m', 'immediate', 'stop']
      execFileSync(asRoot ? 'runuser' : (stop[0] ?? ''), asRoot ? ['-u', 'postgres', '--', ...stop] : stop.slice(1))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  await start()
  process.once('exit', lastResort)
  let count = 0
  return {
    async createDatabase() {
      count += 1
      const sql = postgres(url('postgres'), { max: 1, onnotice: () => {} })
      await sql.unsafe(`create database test_${count}`)
      await sql.end()
      return url(`test_${count}`)
    },
    start,
    stopNow,
    async restart() {
      await stopNow()
      await start()
    },
    async stop() {
      process.off('exit', lastResort)
      await stopNow()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
