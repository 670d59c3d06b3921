import { buildApp } from './app.ts'
import type { Deps } from './deps.ts'
import { addProcessMetrics, createMetrics } from './metrics.ts'

export interface Server {
  url: string
  /** Stops taking requests, lets the ones under way end, then resolves. */
  close(): Promise<void>
}

/** Build the application and listen. Port 0 takes any free one. Throws what `listen` throws (EADDRINUSE, EACCES…). */
export async function startServer(deps: Deps, { host, port }: { host: string; port: number }): Promise<Server> {
  const metrics = createMetrics(deps)
  addProcessMetrics(metrics)
  const app = await buildApp(deps, metrics)
  const url = await app.listen({ host, port })
  return { url, close: () => app.close() }
}
