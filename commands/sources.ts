import { type Config, requestsPerSecond } from '../config.ts'
import type { Registry } from '../domain/registry.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { createCtgovSource } from '../ingest/ctgov/source.ts'
import { createHttp, type HttpOptions } from '../ingest/http.ts'
import type { RegistrySource } from '../ingest/source.ts'
import { VERSION } from './version.ts'

type Sources = Partial<Record<Registry, RegistrySource>>

/** Every registry as the pipeline sees it, each with its own polite connection; `close` ends the connections. */
export function createSources(
  config: Config,
  onRetry: NonNullable<HttpOptions['onRetry']>,
): { sources: Sources; close: () => Promise<void> } {
  const connect = (address: string) =>
    createHttp({ userAgent: userAgent(config), requestsPerSecond: requestsPerSecond(config, address), onRetry })
  const ctgov = connect(config.ctgovUrl)
  const sources: Sources = {
    ctgov: createCtgovSource({ http: ctgov, baseUrl: config.ctgovUrl, readCriteria }),
  }
  return { sources, close: async () => void (await Promise.all([ctgov.close()])) }
}

/** Says who asks and how to reach us, as both registries' operators would want. */
function userAgent({ publicUrl, contact }: Config): string {
  return `essais-proches/${VERSION} (+${publicUrl}${contact ? `; mailto:${contact}` : ''})`
}
