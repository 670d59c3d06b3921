import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { html, type Reply, send } from './answers.ts'
import { type CtgovRegistry, createCtgovRegistry } from './ctgov.ts'
import { type CtisRegistry, createCtisRegistry } from './ctis.ts'
import { createFaults, type Faults } from './faults.ts'

export interface RegistriesOptions {
  /** ClinicalTrials.gov studies, as the registry serves them. */
  ctgov?: Iterable<unknown>
  /** CTIS trials, as `retrieve` gives them. */
  ctis?: Iterable<unknown>
  /** 0 for any free one. */
  port?: number
}

export interface Registries {
  ctgov: CtgovRegistry
  /** What `CTGOV_URL` is set to. */
  ctgovUrl: string
  ctis: CtisRegistry
  /** What `CTIS_URL` is set to. */
  ctisUrl: string
  /** Misbehaviour, by rule; none at the start. */
  faults: Faults
  /** Every request answered so far, as `METHOD /path?query body`. */
  requests: string[]
  close(): Promise<void>
}

const CTGOV_BASE = '/api'
const CTIS_BASE = '/ctis-public-api'

/** A local server (loopback only) that speaks the registries' protocols, for tests and the demonstration. */
export async function startRegistries({
  ctgov = [],
  ctis = [],
  port = 0,
}: RegistriesOptions = {}): Promise<Registries> {
  const registries = { ctgov: createCtgovRegistry(ctgov), ctis: createCtisRegistry(ctis) }
  const faults = createFaults()
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const query = [...searchParams].map(([name, value]) => `${name}=${value}`).join('&')
    const { method = 'GET' } = request
    const body = await readBody(request)
    const line = `${method} ${pathname}?${query} ${body}`
    requests.push(line)
    const fault = faults.take(line)
    const answer = (): Reply | undefined => {
      const below = (base: string) => (pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : undefined)
      const ctisPath = below(CTIS_BASE)
      if (ctisPath) return registries.ctis.answer({ method, pathname: ctisPath, query: searchParams, body }, fault)
      const ctgovPath = below(CTGOV_BASE)
      return ctgovPath && method === 'GET' ? registries.ctgov.answer(ctgovPath, searchParams, fault) : undefined
    }
    await send(response, answer() ?? html(404), fault, /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...registries,
    ctgovUrl: `${base}${CTGOV_BASE}/v2`,
    ctisUrl: `${base}${CTIS_BASE}`,
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
