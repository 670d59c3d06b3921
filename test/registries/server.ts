import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { html, send } from './answers.ts'
import { type CtgovRegistry, createCtgovRegistry } from './ctgov.ts'
import { createFaults, type Faults } from './faults.ts'

export interface RegistriesOptions {
  /** ClinicalTrials.gov studies, as the registry serves them. */
  ctgov?: Iterable<unknown>
  /** 0 for any free one. */
  port?: number
}

export interface Registries {
  ctgov: CtgovRegistry
  /** What `CTGOV_URL` is set to. */
  ctgovUrl: string
  /** Misbehaviour, by rule; none at the start. */
  faults: Faults
  /** Every request answered so far, as `METHOD /path?query body`. */
  requests: string[]
  close(): Promise<void>
}

/** A local server (loopback only) that speaks the registries' protocols, for tests and the demonstration. */
export async function startRegistries({ ctgov = [], port = 0 }: RegistriesOptions = {}): Promise<Registries> {
  const registry = createCtgovRegistry(ctgov)
  const faults = createFaults()
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const query = [...searchParams].map(([name, value]) => `${name}=${value}`).join('&')
    const line = `${request.method} ${pathname}?${query} ${await readBody(request)}`
    requests.push(line)
    const fault = faults.take(line)
    const known = request.method === 'GET' && pathname.startsWith('/api/')
    const reply = known ? registry.answer(pathname.slice('/api'.length), searchParams, fault) : undefined
    await send(response, reply ?? html(404), fault, /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ctgov: registry,
    ctgovUrl: `${base}/api/v2`,
    faults,
    requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
