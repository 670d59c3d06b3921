import type { Database } from '../db/database.ts'
import { sourceDates } from '../db/record-heads.ts'
import { RegistryError } from './http.ts'
import type { FeedItem, RegistrySource } from './source.ts'

/** Numbers named in an alarm: enough to look into it. */
const NAMED = 5

/** Items whose record we do not hold in a state as new as the feed says. */
export async function newerThanHeld(
  db: Database,
  source: RegistrySource,
  items: readonly FeedItem[],
): Promise<FeedItem[]> {
  const held = await sourceDates(
    db,
    source.registry,
    items.map(({ registryId }) => registryId),
  )
  return items.filter(({ registryId, published }) => {
    const date = held.get(registryId)
    return date === undefined || (published !== null && (date ?? '') < published)
  })
}

/**
 * What a registry's feed names as published since a day and a complete delta did not bring: a sign that the delta
 * misses something. A feed that cannot be read is noted and no alarm: the feed has no promise behind it either.
 */
export async function feedAlarms(
  source: RegistrySource,
  { db, log }: { db: Database; log: { warn(facts: object, text: string): void } },
  since: string,
  signal: AbortSignal,
): Promise<string[]> {
  if (!source.readFeed) return []
  try {
    const items = await source.readFeed(signal)
    const recent = items.filter(({ published }) => published !== null && published >= since)
    const missed = await newerThanHeld(db, source, recent)
    if (missed.length === 0) return []
    const named = missed.slice(0, NAMED).map(({ registryId, published }) => `${registryId} (${published})`)
    const more = missed.length > NAMED ? ` and ${missed.length - NAMED} more` : ''
    return [`the feed names records that the delta did not bring: ${named.join(', ')}${more}`]
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    log.warn({ registry: source.registry }, `the feed was not read: ${error.message}`)
    return []
  }
}
