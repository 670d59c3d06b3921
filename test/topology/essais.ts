import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { READS_TYPESCRIPT } from '../support/typescript.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const START_DEADLINE_MS = 90_000
const STOP_DEADLINE_MS = 30_000

export type Environment = Record<string, string | undefined>

/** A service, or one command of it, in a process of its own. */
export interface Essais {
  pid: number
  /** Where it listens; null when it does not. */
  url: string | null
  /** What it wrote to its standard output and error, line by line. */
  lines: string[]
  /** Exit code, null when it was killed; resolves when it has ended. */
  ended: Promise<number | null>
  /** As a deploy does it: SIGTERM, then wait. Throws when it has not ended in time. */
  stop(): Promise<number | null>
  /** As a crash: -9. */
  kill(): Promise<void>
}

const living = new Set<() => void>()
process.once('exit', () => {
  for (const end of living) end()
})

/** Start `node cli.ts …args` with nothing of this process's environment but what finds programs. */
export function startEssais(args: string[], env: Environment, { script = 'cli.ts', folder = ROOT } = {}): Essais {
  const child = spawn(process.execPath, [...READS_TYPESCRIPT, script, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => void child.kill('SIGKILL')
  living.add(end)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line))
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      living.delete(end)
      resolve(code)
    })
  })
  return {
    pid: child.pid ?? 0,
    url: env.PORT ? `http://127.0.0.1:${env.PORT}` : null,
    lines,
    ended,
    async stop() {
      child.kill('SIGTERM')
      const code = await Promise.race([ended, sleep(STOP_DEADLINE_MS, 'late' as const, { ref: false })])
      if (code === 'late') throw new Error(`${args.join(' ')} did not stop:\n${lines.slice(-20).join('\n')}`)
      return code
    },
    async kill() {
      end()
      await ended
    },
  }
}

/** Run one command to its end; its lines. Throws with them when it fails. */
export async function runEssais(args: string[], env: Environment, script = 'cli.ts'): Promise<string[]> {
  const { lines, ended } = startEssais(args, env, { script })
  const code = await ended
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${lines.slice(-20).join('\n')}`)
  return lines
}

/** Resolves when the process answers `path` with 200. Throws with its last lines when it ends or takes too long. */
export async function answering({ url, lines, ended }: Essais, path = '/readyz'): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  const deadline = Date.now() + START_DEADLINE_MS
  while (!(await answers200(`${url}${path}`))) {
    if (over || Date.now() > deadline) {
      throw new Error(
        `${url}${path} ${over ? 'will never answer' : 'does not answer'}:\n${lines.slice(-20).join('\n')}`,
      )
    }
    await sleep(50)
  }
}

/** Whether a GET is answered with 200 within two seconds. */
export function answers200(address: string): Promise<boolean> {
  return fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
    async ({ ok, body }) => {
      await body?.cancel()
      return ok
    },
    () => false,
  )
}
