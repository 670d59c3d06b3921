import fc from 'fast-check'
import { OVERALL_STATUSES, SITE_STATUSES } from '../../domain/status.ts'
import type { NormalisedRecord, RecordSite } from '../../domain/trial.ts'

/** An invented site; every field can be set. */
export function siteWith(fields: Partial<RecordSite> = {}): RecordSite {
  return {
    id: 'site-1',
    facility: 'Hôpital Inventé',
    city: 'Lyon',
    postalCode: '69008',
    country: 'FR',
    departement: '69',
    point: { lat: 45.735, lon: 4.87 },
    pointPrecision: 'postal_code',
    status: 'RECRUITING',
    statusDate: '2026-10-01',
    registryPoint: null,
    contacts: [],
    ...fields,
  }
}

/** An invented record of ClinicalTrials.gov; every field can be set. */
export function recordWith(fields: Partial<NormalisedRecord> = {}): NormalisedRecord {
  return {
    registry: 'ctgov',
    registryId: 'NCT00000001',
    identifiers: [{ kind: 'nct', value: 'NCT00000001' }],
    aliases: [],
    sponsorProtocolCode: null,
    url: 'https://clinicaltrials.gov/study/NCT00000001',
    briefTitle: 'An invented trial',
    officialTitle: null,
    titles: { fr: null, en: 'An invented trial' },
    acronym: null,
    briefSummary: null,
    studyType: 'INTERVENTIONAL',
    phases: ['PHASE2'],
    overallStatus: 'RECRUITING',
    lastKnownStatus: null,
    whyStopped: null,
    startDate: null,
    completionDate: null,
    primaryPurpose: null,
    enrollmentCount: null,
    sponsor: { name: 'Invented Sponsor', class: 'OTHER' },
    collaborators: [],
    conditions: ['Invented condition'],
    keywords: [],
    meshTerms: [],
    meshAncestors: [],
    interventions: [],
    sex: 'ALL',
    minimumAgeYears: 18,
    maximumAgeYears: null,
    healthyVolunteers: false,
    eligibilityCriteria: null,
    eligibilityCriteriaFr: null,
    criteria: [],
    centralContacts: [],
    franceStatus: null,
    franceStatusDate: null,
    statusVerifiedDate: null,
    lastUpdateDate: '2026-10-01',
    sites: [],
    foreignSiteCount: 0,
    oddities: [],
    ...fields,
  }
}

/** The same study as CTIS would have it. */
export function ctisRecordWith(fields: Partial<NormalisedRecord> = {}): NormalisedRecord {
  return recordWith({
    registry: 'ctis',
    registryId: '2023-500001-10-00',
    identifiers: [
      { kind: 'euct', value: '2023-500001-10' },
      { kind: 'nct', value: 'NCT00000001' },
    ],
    url: 'https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2023-500001-10-00',
    titles: { fr: 'Un essai inventé', en: null },
    franceStatus: 'RECRUITING',
    franceStatusDate: '2026-09-15',
    ...fields,
  })
}

const day = fc.constantFrom('2024-01-31', '2025-06-01', '2026-09-15', '2026-10-01', '2026-11-20')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const anySite = (prefix: string) =>
  fc
    .array(
      fc.record({
        facility: maybe(
          fc.constantFrom(
            'CHU de Nantes',
            'Hôpital Saint-Louis',
            'Hopital Cochin',
            'Centre Léon Bérard',
            'Institut Curie',
          ),
        ),
        city: maybe(fc.constantFrom('Paris', 'Lyon', 'Nantes', 'Paris Cedex 13')),
        postalCode: maybe(fc.constantFrom('75010', '75014', '75005', '69008', '44093')),
        departement: maybe(fc.constantFrom('75', '69', '44')),
        status: fc.constantFrom(...SITE_STATUSES),
        statusDate: maybe(day),
      }),
      { maxLength: 5 },
    )
    .map((sites) => sites.map((site, index) => siteWith({ ...site, id: `${prefix}-${index}` })))

/** Any two to four records of one study: one of ClinicalTrials.gov, the others of CTIS. */
export const anyRecords: fc.Arbitrary<NormalisedRecord[]> = fc
  .array(
    fc.record({
      overallStatus: fc.constantFrom(...OVERALL_STATUSES),
      franceStatus: maybe(fc.constantFrom(...SITE_STATUSES)),
      franceStatusDate: maybe(day),
      lastUpdateDate: maybe(day),
      acronym: maybe(fc.constantFrom('ONE', 'TWO')),
      conditions: fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .chain((list) => fc.tuple(fc.constant(list), fc.tuple(...list.map((_, index) => anySite(`record-${index}`)))))
  .map(([list, sites]) =>
    list.map((fields, index) =>
      index === 0
        ? recordWith({ ...fields, franceStatus: null, franceStatusDate: null, sites: sites[index] ?? [] })
        : ctisRecordWith({ ...fields, registryId: `2023-50000${index}-10-00`, sites: sites[index] ?? [] }),
    ),
  )

/** What partners may have said of the sites of some records. */
export function anyPartnerStatuses(records: NormalisedRecord[]) {
  const ids = records.flatMap(({ sites }) => sites.map(({ id }) => id))
  return ids.length === 0
    ? fc.constant([])
    : fc.array(fc.record({ siteId: fc.constantFrom(...ids), status: fc.constantFrom(...SITE_STATUSES), date: day }), {
        maxLength: 4,
      })
}
