import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { loadPlaces, type Places } from '../domain/places/places.ts'
import type { NormalisedRecord, Trial } from '../domain/trial.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { normaliseStudy } from '../ingest/ctgov/normalise.ts'
import { createLocator } from '../ingest/locate.ts'
import { mergeRecords } from '../ingest/merge.ts'

const SHARED = new URL('../../shared/data/', import.meta.url)
const FILES = { french: 'ctgov/studies-with-french-site.ndjson.gz', other: 'ctgov/studies-other.ndjson.gz' }

/** What a bench reads of a recorded study by itself; the rest is the normaliser's business. */
export interface RawStudy {
  protocolSection: {
    identificationModule: { nctId: string; briefTitle?: string }
    statusModule: { overallStatus?: string }
    conditionsModule?: { conditions?: string[]; keywords?: string[] }
    contactsLocationsModule?: { locations?: RawLocation[] }
  }
}
export interface RawLocation {
  facility?: string
  city?: string
  zip?: string
  country?: string
  status?: string
  geoPoint?: { lat: number; lon: number }
}

/** Recorded ClinicalTrials.gov studies, as the registry sent them. Throws when ../shared is not there. */
export function recordedStudies(which: keyof typeof FILES): RawStudy[] {
  const text = gunzipSync(readFileSync(new URL(FILES[which], SHARED))).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RawStudy)
}

/** The lines of a file of ../shared/data, parsed. */
export function sharedLines<T>(path: string): T[] {
  const text = readFileSync(new URL(path, SHARED), 'utf8').trimEnd()
  return text.split('\n').map((line) => JSON.parse(line) as T)
}

/** A reader of studies as the product reads them: normalised, criteria included, located, as a trial of its own. */
export function createReader(places: Places = loadPlaces()): (study: RawStudy) => Trial {
  const locate = createLocator(places)
  return (study) => {
    const { nctId } = study.protocolSection.identificationModule
    const record: NormalisedRecord = normaliseStudy({ registryId: nctId, payload: study }, { readCriteria })
    return mergeRecords([{ ...record, sites: record.sites.map(locate) }], { id: nctId, partnerStatuses: [] })
  }
}
