import { fetchFeed } from '../feeds.ts'
import type { FeedItem } from '../source.ts'
import { FRANCE_MSC } from './codes.ts'
import type { CtisConnection } from './search.ts'

/**
 * French trials published in the last days, as the portal's RSS feed has them: fifteen at most, so a hint between two
 * sweeps and never a list. Throws RegistryError.
 */
export function fetchCtisFeed({ http, baseUrl }: CtisConnection, signal?: AbortSignal): Promise<FeedItem[]> {
  const criteria = new URLSearchParams({ search_criteria: JSON.stringify({ msc: [FRANCE_MSC] }) })
  return fetchFeed(http, `${baseUrl}/rss/updates.rss?${criteria}`, /\d{4}-\d{6}-\d{2}-\d{2}/, signal)
}
