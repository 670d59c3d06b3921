import { loadPlaces } from '../domain/places/places.ts'
import type { Registry } from '../domain/registry.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { normaliseStudy } from '../ingest/ctgov/normalise.ts'
import { normaliseCtisTrial } from '../ingest/ctis/normalise.ts'
import { createLocator } from '../ingest/locate.ts'
import type { RawRecord } from '../ingest/source.ts'
import type { NormaliseDependencies } from '../ingest/unread-record.ts'

type Normalise = (raw: RawRecord, dependencies: NormaliseDependencies) => NormalisedRecord

const NORMALISERS: Record<Registry, Normalise> = { ctgov: normaliseStudy, ctis: normaliseCtisTrial }

/** Raw record → normalised trial with located sites, as the pipeline makes it, without network or database. */
export function createNormaliser(): (registry: Registry, raw: RawRecord) => NormalisedRecord {
  const locate = createLocator(loadPlaces())
  return (registry, raw) => {
    const record = NORMALISERS[registry](raw, { readCriteria })
    return { ...record, sites: record.sites.map(locate) }
  }
}
