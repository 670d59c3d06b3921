import { Compile } from 'typebox/compile'
import { OPENNESS } from '../../domain/status.ts'
import { storable } from '../../domain/storable.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { NormaliseError, type RawRecord } from '../source.ts'
import { readLines, tidy, withoutNulls } from '../text.ts'
import type { NormaliseDependencies, Note, UnreadRecord } from '../unread-record.ts'
import { FRANCE_NAME } from './codes.ts'
import { writeCriteria } from './criteria-text.ts'
import { readDay, readFrance, readOverallStatus, readPeriod } from './france.ts'
import { readNumbers } from './numbers.ts'
import {
  countSubjects,
  readConditions,
  readContacts,
  readPhases,
  readPopulation,
  readProducts,
  readSponsors,
  readTitles,
} from './part-one.ts'
import { readSites } from './sites.ts'
import { CtisTrial, type PartII } from './trial.ts'

const trial = Compile(CtisTrial)

/** Characters kept of an odd value: enough to find it in the payload. */
const LONGEST_ODDITY = 200

/**
 * One CTIS record in our words: the sites of France, and the status of France, which CTIS gives for the country and
 * not for a site. Criteria become one text with headings. Nobody's personal data is read.
 * Throws NormaliseError for an empty answer, another trial than asked for, the format retired in June 2024, and any
 * other payload that is not a trial.
 */
export function normaliseCtisTrial(raw: RawRecord, { readCriteria }: NormaliseDependencies): NormalisedRecord {
  const payload = withoutNulls(storable(raw.payload))
  if (!trial.Check(payload)) throw refusal(raw.registryId, payload)
  if (payload.ctNumber !== raw.registryId) {
    throw new NormaliseError(raw.registryId, 'ctNumber', `the payload is that of ${payload.ctNumber}`)
  }
  const oddities: NormalisedRecord['oddities'] = []
  const note: Note = (field, value) => oddities.push({ field, value: tidy(value).slice(0, LONGEST_ODDITY) })

  const { authorizedPartI: partI, authorizedPartsII: partsII = [] } = payload.authorizedApplication
  const published = readDay(payload.lastPublicationUpdate ?? payload.publishDate, 'publishDate', note)?.date ?? null
  const france = readFrance(payload, note)
  const isFrench = ({ mscInfo }: PartII) => (mscInfo?.mscName ?? mscInfo?.countryName) === FRANCE_NAME
  const frenchParts = partsII.filter(isFrench)
  const sites = france.underEvaluation ? [] : readSites(payload.ctNumber, frenchParts, note)
  const information = partI.trialDetails.trialInformation
  const criteria = writeCriteria(information?.eligibilityCriteria)
  const record: UnreadRecord = {
    registry: 'ctis',
    registryId: payload.ctNumber,
    ...readNumbers(payload, note),
    aliases: [],
    url: `https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=${payload.ctNumber}`,
    ...readTitles(payload.ctNumber, partI),
    briefSummary: readLines(information?.trialObjective?.mainObjective),
    // CTIS registers trials of medicinal products and nothing else (Regulation (EU) 536/2014, article 1).
    studyType: 'INTERVENTIONAL',
    phases: readPhases(information?.trialCategory?.trialPhase, note),
    overallStatus: readOverallStatus(payload, france.status, note),
    lastKnownStatus: null,
    whyStopped: readLines(france.earlyTerminationReason),
    ...readPeriod(payload, frenchParts, note),
    primaryPurpose: null,
    enrollmentCount: countSubjects(partI, partsII),
    ...readSponsors(partI),
    ...readConditions(partI),
    interventions: readProducts(partI),
    ...readPopulation(partI, note),
    eligibilityCriteria: criteria.original,
    eligibilityCriteriaFr: criteria.french,
    studyPopulation: null,
    franceStatus: france.status,
    franceStatusDate: france.status === null ? null : published,
    statusVerifiedDate: null,
    lastUpdateDate: published,
    sites,
    foreignSiteCount: partsII
      .filter((part) => !isFrench(part))
      .reduce((count, { trialSites = [] }) => count + trialSites.length, 0),
    centralContacts: france.status !== null && OPENNESS[france.status] === 'closed' ? [] : readContacts(partI),
    oddities,
  }
  const { studyPopulation: _, ...stored } = record
  return { ...stored, criteria: readCriteria(record) }
}

/** The payload without what changes though nothing does: the publication stamp and internal numbers. */
export function ctisContent(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(ctisContent)
  if (payload === null || typeof payload !== 'object') return payload
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([key]) => key !== 'publishDate' && !/^(?:id|uuid)$|(?:Id|Pk)$/.test(key))
      .map(([key, member]) => [key, ctisContent(member)]),
  )
}

function refusal(registryId: string, payload: unknown): NormaliseError {
  const keys = payload !== null && typeof payload === 'object' ? Object.keys(payload) : []
  if (keys.length === 0)
    return new NormaliseError(registryId, 'payload', 'CTIS lists this trial but gives nothing of it')
  if (keys.includes('authorizedPartI')) {
    return new NormaliseError(registryId, 'payload', 'this is the format that CTIS retired on 17 June 2024')
  }
  const [error] = trial.Errors(payload)
  return new NormaliseError(registryId, error?.instancePath || 'payload', error?.message ?? 'not a trial')
}
