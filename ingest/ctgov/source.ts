import type { RegistrySource } from '../source.ts'
import type { NormaliseDependencies } from '../unread-record.ts'
import { fetchCtgovFeed } from './feed.ts'
import { type CtgovConnection, fetchStudies } from './fetch.ts'
import { normaliseStudy, studyContent } from './normalise.ts'

/** ClinicalTrials.gov as the pipeline sees it. */
export function createCtgovSource(dependencies: CtgovConnection & NormaliseDependencies): RegistrySource {
  return {
    registry: 'ctgov',
    fetch: (options) => fetchStudies(dependencies, options),
    readFeed: (signal) => fetchCtgovFeed(dependencies, signal),
    normalise: (record) => normaliseStudy(record, dependencies),
    content: studyContent,
  }
}
