import { hostname } from 'node:os'
import { type Config, isLoopback, requestsPerSecond } from '../config.ts'
import type { Database } from '../db/database.ts'
import { loadPlaces, type Places } from '../domain/places/places.ts'
import type { Registry } from '../domain/registry.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { createCtgovSource } from '../ingest/ctgov/source.ts'
import { createCtisSource } from '../ingest/ctis/source.ts'
import { createHttp } from '../ingest/http.ts'
import type { IngestDeps } from '../ingest/ingest.ts'
import { createLocator } from '../ingest/locate.ts'
import { mergeRecords } from '../ingest/merge.ts'
import type { RegistrySource } from '../ingest/source.ts'
import type { Log } from './open.ts'
import { VERSION } from './version.ts'

export interface Sources {
  of: Record<Registry, RegistrySource>
  close(): Promise<void>
}

/** Every registry as the pipeline sees it, each with its own polite connection. */
export function openSources(config: Config, log: Log): Sources {
  const connect = (address: string) =>
    createHttp({
      userAgent: userAgent(config),
      requestsPerSecond: requestsPerSecond(config, address),
      onRetry: ({ url, attempt, delayMs, reason }) =>
        log.warn({ host: new URL(url).host, attempt, delayMs, reason }, 'registry: will be asked again'),
    })
  const ctgov = connect(config.ctgovUrl)
  const ctis = connect(config.ctisUrl)
  return {
    of: {
      ctgov: createCtgovSource({ http: ctgov, baseUrl: config.ctgovUrl, readCriteria }),
      ctis: withItsMaintenance(createCtisSource({ http: ctis, baseUrl: config.ctisUrl, readCriteria }), config.ctisUrl),
    },
    close: async () => void (await Promise.all([ctgov.close(), ctis.close()])),
  }
}

/** The announced maintenance is that of the public portal: a registry on this machine answers at any time. */
function withItsMaintenance(source: RegistrySource, address: string): RegistrySource {
  const { pausedUntil: _, ...unpaused } = source
  return isLoopback(address) ? unpaused : source
}

/** What the pipeline needs beside a source. */
export function ingestDeps(db: Database, log: Log, places: Places = loadPlaces()): IngestDeps {
  return { db, locate: createLocator(places), merge: mergeRecords, now: () => new Date(), log }
}

/** Names this process among those that share the database. */
export const OWNER = `${hostname()}:${process.pid}`

/** Says who asks and how to reach us, as both registries' operators would want. */
function userAgent({ publicUrl, contact }: Config): string {
  return `essais-proches/${VERSION} (+${publicUrl}${contact ? `; mailto:${contact}` : ''})`
}
