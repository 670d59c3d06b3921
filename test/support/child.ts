import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { READS_TYPESCRIPT } from './typescript.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A script of this repository in a process of its own, which tells how it is doing line by line. */
export interface Child {
  process: ChildProcess
  /** Lines it has printed so far. */
  lines: string[]
  /** Resolves with the first line that matches; rejects with all it printed when it ends before. */
  line(pattern: RegExp): Promise<string>
  /** Kill it at once (-9) and wait until it is gone. */
  kill(): Promise<void>
  /** Wait until it ends; its exit code, null when it was killed. */
  ended: Promise<number | null>
}

/**
 * Start `script` (a path from the root of the repository) with Node.
 * @param uid run it as this user; needs root.
 */
export function startChild(script: string, args: string[] = [], { uid }: { uid?: number } = {}): Child {
  const child = spawn(process.execPath, [...READS_TYPESCRIPT, script, ...args], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const add = (line: string) => {
    lines.push(line)
    for (const look of waiting) look()
  }
  createInterface(child.stdout).on('line', add)
  createInterface(child.stderr).on('line', add)
  const ended = once(child, 'close').then(([code]) => {
    for (const look of waiting) look()
    return code as number | null
  })
  let isOver = false
  ended.then(() => {
    isOver = true
    for (const look of waiting) look()
  })
  return {
    process: child,
    lines,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => pattern.test(line))
          if (found !== undefined) resolve(found)
          else if (isOver) reject(new Error(`${script} ended without ${pattern}:\n${lines.join('\n')}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
