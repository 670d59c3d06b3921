import { createHash } from 'node:crypto'
import { withoutAccents } from '../domain/accents.ts'
import type { RecordKey } from '../domain/registry.ts'

/** The words by which a registry tells one site of a record from another, as received. */
export interface SiteWords {
  facility?: string | undefined
  city?: string | undefined
  postalCode?: string | undefined
}

/**
 * Numbers the sites of one record: a hash of record and words, so that a site keeps its id while the registry keeps
 * its words, whatever its place in the list. Sites with the same words ("Research Site, Paris") are told apart by
 * their order.
 */
export function createSiteIds(record: RecordKey): (words: SiteWords) => string {
  const seen = new Map<string, number>()
  return ({ facility = '', city = '', postalCode = '' }) => {
    const words = JSON.stringify([record.registry, record.registryId, ...[facility, city, postalCode].map(folded)])
    const count = (seen.get(words) ?? 0) + 1
    seen.set(words, count)
    return createHash('sha256').update(`${words}#${count}`).digest('hex').slice(0, 20)
  }
}

/** Ids are made of this: a ligature is no letter here, and must not become one, or sites would change their id. */
function folded(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
