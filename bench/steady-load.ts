import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as rest } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { quantile } from './quantile.ts'
import { createRandom } from './random.ts'

/** Enough that requests never wait for a connection: they would stand in a line that nobody measures. */
const CONNECTIONS = 128
/** A request not answered by then has failed. */
const LONGEST_MS = 20_000
/** Asked before and not counted: connections are made and this process's own code is compiled meanwhile. */
const WARM_UP_MS = 2_000

interface Order {
  url: string
  /** Bodies of POST requests, asked one after the other, over and over. */
  bodies: string[]
  /** Requests per second. */
  rate: number
  seconds: number
}

export interface SteadyLoad {
  answered: number
  /** Not answered with 200, or not at all. */
  failed: number
  /** Of those, answered with 503. */
  turnedAway: number
  perSecond: number
  /** Milliseconds from the moment a request was due until its answer was read whole. */
  p50: number
  p99: number
}

/**
 * Ask at a steady rate, at moments that do not depend on the answers (Poisson, seeded), from a process of its own. Load
 * generators that wait for an answer before they ask again, or send a second's requests at its beginning, measure their
 * own queue.
 */
export async function steadyLoad(order: Order): Promise<SteadyLoad> {
  const child = fork(fileURLToPath(import.meta.url), ['ask'], { execArgv: process.execArgv })
  try {
    child.send(order)
    const [result] = (await once(child, 'message')) as [SteadyLoad]
    return result
  } finally {
    child.kill()
  }
}

async function askAll({ url, bodies, rate, seconds }: Order): Promise<SteadyLoad> {
  const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS, headersTimeout: LONGEST_MS })
  const random = createRandom(rate)
  const times: number[] = []
  const pending = new Set<Promise<void>>()
  let failed = 0
  let turnedAway = 0

  async function ask(body: string, due: number): Promise<void> {
    try {
      const headers = { 'content-type': 'application/json' }
      const answer = await pool.request({ path: new URL(url).pathname, method: 'POST', headers, body })
      await answer.body.arrayBuffer()
      if (answer.statusCode !== 200) failed++
      else if (due >= counted) times.push(performance.now() - due)
      if (answer.statusCode === 503) turnedAway++
    } catch {
      failed++
    }
  }

  const start = performance.now()
  const counted = start + WARM_UP_MS
  const end = counted + seconds * 1000
  let due = start
  let asked = 0
  while (due < end) {
    while (due <= performance.now() && due < end) {
      const one = ask(bodies[asked++ % bodies.length] as string, due)
      pending.add(one)
      void one.finally(() => pending.delete(one))
      due += (-Math.log(1 - random.next()) * 1000) / rate
    }
    await rest(1)
  }
  await Promise.all(pending)
  await pool.close()
  const round = (ms: number) => Math.round(ms * 10) / 10
  return {
    answered: times.length,
    failed,
    turnedAway,
    perSecond: times.length / seconds,
    p50: round(quantile(times, 0.5)),
    p99: round(quantile(times, 0.99)),
  }
}

if (process.argv[2] === 'ask' && process.send) {
  const [order] = (await once(process, 'message')) as [Order]
  const result = await askAll(order)
  process.send(result, () => process.exit())
}
