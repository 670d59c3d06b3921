import type { RegistrySource } from '../source.ts'
import type { NormaliseDependencies } from '../unread-record.ts'
import { fetchCtisFeed } from './feed.ts'
import { fetchTrials } from './fetch.ts'
import { maintenanceUntil } from './maintenance.ts'
import { ctisContent, normaliseCtisTrial } from './normalise.ts'
import type { CtisConnection } from './search.ts'

/** CTIS as the pipeline sees it. */
export function createCtisSource(dependencies: CtisConnection & NormaliseDependencies): RegistrySource {
  return {
    registry: 'ctis',
    fetch: (options) => fetchTrials(dependencies, options),
    readFeed: (signal) => fetchCtisFeed(dependencies, signal),
    normalise: (record) => normaliseCtisTrial(record, dependencies),
    content: ctisContent,
    pausedUntil: maintenanceUntil,
  }
}
