import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { startServer } from '../../search-api/server.ts'
import { fakeDeps } from './fakes.ts'

const CLIENTS = 64

test('a process that stops answers what still reaches it, and turns nobody away', async () => {
  const { deps } = await fakeDeps()
  const server = await startServer(deps, { host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const statuses: number[] = []

  const once = () =>
    new Promise<boolean>((resolve) => {
      const body = '{"size":1}'
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      const asked = request(`${server.url}/v1/search`, { method: 'POST', agent, headers }, (answer) => {
        statuses.push(answer.statusCode ?? 0)
        answer.resume().once('end', () => resolve(true))
      })
      // Nobody listens any more: a balancer asks another process.
      asked.once('error', () => resolve(false))
      asked.end(body)
    })
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (await once()) {}
  })
  while (statuses.length < 200) await new Promise(setImmediate)
  await server.close()
  await Promise.all(clients)
  agent.destroy()
  expect([...new Set(statuses)]).toEqual([200])
})
