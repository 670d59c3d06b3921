import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answers200 } from './essais.ts'

/**
 * As in deploy/Caddyfile: how often each process is asked whether it is ready, and how long a request may look for one.
 */
const HEALTH_INTERVAL_MS = 2_000
const TRY_MS = 5_000
const PAUSE_MS = 50

export interface Balancer {
  url: string
  close(): Promise<void>
}

/**
 * What deploy/Caddyfile makes of Caddy: a round robin over the processes that are ready. A request whose process cannot
 * be reached is given to another; one that a process had begun to answer is not.
 */
export async function startBalancer(upstreams: string[], port = 0): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  const healthy = new Set(upstreams)
  let turn = 0
  const check = async (upstream: string) => {
    if (await answers200(`${upstream}/readyz`)) healthy.add(upstream)
    else healthy.delete(upstream)
  }
  const timer = setInterval(() => void Promise.all(upstreams.map(check)), HEALTH_INTERVAL_MS)

  const next = (): string | undefined => {
    const candidates = upstreams.filter((upstream) => healthy.has(upstream))
    return candidates[turn++ % Math.max(candidates.length, 1)]
  }

  const server = createServer(async (asked, answer) => {
    const body = await readBody(asked)
    const deadline = Date.now() + TRY_MS
    while (Date.now() < deadline) {
      const upstream = next()
      if (upstream && (await forward(upstream, asked, body, answer, agent))) return
      if (upstream) healthy.delete(upstream)
      await sleep(PAUSE_MS)
    }
    answer.writeHead(502).end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      clearInterval(timer)
      agent.destroy()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** False when the process did not take the request, so that another may. */
function forward(
  upstream: string,
  asked: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  agent: Agent,
): Promise<boolean> {
  const { method, url, headers, socket } = asked
  const forwarded = { ...headers, 'x-forwarded-for': socket.remoteAddress }
  return new Promise((resolve) => {
    const passed = request(`${upstream}${url}`, { method, headers: forwarded, agent }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
      reply.once('end', () => resolve(true))
      reply.once('error', () => {
        answer.destroy()
        resolve(true)
      })
    })
    passed.once('error', () => resolve(answer.headersSent))
    passed.end(body)
  })
}

async function readBody(asked: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of asked) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
