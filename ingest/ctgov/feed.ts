import { fetchFeed } from '../feeds.ts'
import type { FeedItem } from '../source.ts'
import type { CtgovConnection } from './fetch.ts'

/**
 * Recruiting studies with a French site whose last update was posted in the last fourteen days, as the registry's RSS
 * feed has them: another way to the same facts, against which a delta is checked. The parameters are the portal's,
 * not those of API v2. Throws RegistryError.
 */
export function fetchCtgovFeed({ http, baseUrl }: CtgovConnection, signal?: AbortSignal): Promise<FeedItem[]> {
  const url = new URL('../rss', `${baseUrl}/`)
  url.search = new URLSearchParams({
    cond: '',
    term: '',
    intr: '',
    locStr: 'France',
    country: 'France',
    aggFilters: 'status:rec',
    dateField: 'LastUpdatePostDate',
  }).toString()
  return fetchFeed(http, url.href, /NCT\d{8}/, signal)
}
