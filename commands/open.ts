import { join } from 'node:path'
import pino from 'pino'
import type { Config } from '../config.ts'
import { connect } from '../db/connect.ts'
import type { Database } from '../db/database.ts'
import { createMeilisearchIndex } from '../sync/meilisearch.ts'
import { createMiniSearchIndex } from '../sync/minisearch.ts'
import type { SearchIndex } from '../sync/search-index.ts'
import { vocabularyConcepts } from '../sync/vocabulary-concepts.ts'

export type Log = pino.Logger

/** One structured line per event, on the output given. Nothing a visitor types is ever passed to it. */
export function createLog({ logLevel }: Config, output: { write(text: string): unknown }): Log {
  return pino(
    { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => void output.write(line),
    },
  )
}

/** The database of this configuration, its tables up to date. Throws DatabaseError. */
export function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  return connect({ databaseUrl: databaseUrl ?? undefined, dataDir })
}

/**
 * The text index of this configuration: Meilisearch where there is one, else in process. That one is kept in the data
 * folder of an embedded service; processes that share a database server each hold their own in memory, for they may
 * share the folder too.
 */
export async function openIndex(
  { dataDir, databaseUrl, meiliUrl, meiliApiKey }: Config,
  log: Log,
): Promise<SearchIndex> {
  const concepts = vocabularyConcepts()
  if (meiliUrl) return createMeilisearchIndex({ url: meiliUrl, concepts, ...(meiliApiKey && { apiKey: meiliApiKey }) })
  return createMiniSearchIndex({
    dir: databaseUrl ? null : join(dataDir, 'index'),
    concepts,
    onTrouble: (error) => log.warn({ reason: error.message }, 'search index'),
  })
}
