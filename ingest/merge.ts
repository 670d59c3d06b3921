import type { Identifier } from '../domain/identifiers.ts'
import { OPENNESS, type OverallStatus } from '../domain/status.ts'
import type { NormalisedRecord, PartnerStatus, PointPrecision, Site, Trial } from '../domain/trial.ts'
import { matchSites } from './match-sites.ts'
import { isMoreCautious, type SourceSite, statusOfSite } from './site-status.ts'

export interface MergeOptions {
  /** Our own id of the trial. */
  id: string
  partnerStatuses: readonly PartnerStatus[]
}

/**
 * Fields taken whole from one record: the first, in order of preference, where any of the group says something.
 * Grouped fields belong together: offsets of criteria point into their own text, an absent age limit means none.
 */
const GROUPS = [
  ['briefTitle'],
  ['officialTitle'],
  ['acronym'],
  ['briefSummary'],
  ['studyType'],
  ['phases'],
  ['whyStopped'],
  ['startDate'],
  ['completionDate'],
  ['primaryPurpose'],
  ['enrollmentCount'],
  ['sponsor'],
  ['collaborators'],
  ['conditions'],
  ['keywords'],
  ['meshTerms', 'meshAncestors'],
  ['interventions'],
  ['sex'],
  ['minimumAgeYears', 'maximumAgeYears'],
  ['healthyVolunteers'],
  ['eligibilityCriteria', 'criteria'],
  ['eligibilityCriteriaFr'],
  ['centralContacts'],
  ['foreignSiteCount'],
] as const satisfies (keyof NormalisedRecord & keyof Trial)[][]

/**
 * The trial that several records of one study describe. Pure: the order of `records` does not matter, and leaving a
 * record out undoes its part. ClinicalTrials.gov is preferred field by field, the other registry fills what it leaves
 * empty; `provenance` says which record each field came from. Of several resubmissions of a CTIS trial the highest
 * counts. Throws a RangeError when there is no record.
 */
export function mergeRecords(records: NormalisedRecord[], { id, partnerStatuses }: MergeOptions): Trial {
  const ordered = latestSubmissions(records)
    .sort(byPreference)
    .filter((record, index, all) => all.findIndex((other) => keyOf(other) === keyOf(record)) === index)
  const [preferred] = ordered
  if (!preferred) throw new RangeError('a trial needs at least one record')
  const picked = pickFields(ordered)
  const status = pickOverallStatus(ordered)
  const france = ordered.find(({ franceStatus }) => franceStatus !== null)
  const updated = ordered.reduce((a, b) => ((b.lastUpdateDate ?? '') > (a.lastUpdateDate ?? '') ? b : a))
  const titles = {
    fr: ordered.find((record) => record.titles.fr !== null) ?? preferred,
    en: ordered.find((record) => record.titles.en !== null) ?? preferred,
  }
  return {
    ...(picked.fields as Pick<Trial, (typeof GROUPS)[number][number]>),
    id,
    identifiers: uniqueIdentifiers(ordered),
    titles: { fr: titles.fr.titles.fr, en: titles.en.titles.en },
    overallStatus: status.overallStatus,
    lastKnownStatus: status.lastKnownStatus,
    franceStatus: france?.franceStatus ?? null,
    lastUpdateDate: updated.lastUpdateDate,
    sites: matchSites(ordered).map((sources) => mergeSite(sources, ordered, status.overallStatus, partnerStatuses)),
    sources: ordered.map(({ registry, registryId, url, overallStatus, franceStatus, lastUpdateDate }) => {
      return { registry, registryId, url, overallStatus, franceStatus, lastUpdateDate }
    }),
    provenance: {
      ...picked.provenance,
      'titles.fr': keyOf(titles.fr),
      'titles.en': keyOf(titles.en),
      overallStatus: keyOf(status),
      lastKnownStatus: keyOf(status),
      lastUpdateDate: keyOf(updated),
      ...(france ? { franceStatus: keyOf(france) } : {}),
    },
  }
}

/** Without the records that a later submission of the same CTIS trial replaces (2023-505613-24-01 replaces …-00). */
function latestSubmissions(records: NormalisedRecord[]): NormalisedRecord[] {
  const base = ({ registryId }: NormalisedRecord) => registryId.replace(/-\d{2}$/, '')
  return records.filter(
    (record) =>
      record.registry !== 'ctis' ||
      !records.some(
        (other) => other.registry === 'ctis' && base(other) === base(record) && other.registryId > record.registryId,
      ),
  )
}

/** ClinicalTrials.gov, then CTIS; within a registry what was updated last. */
function byPreference(a: NormalisedRecord, b: NormalisedRecord): number {
  return (
    compare(a.registry, b.registry) ||
    compare(b.lastUpdateDate ?? '', a.lastUpdateDate ?? '') ||
    compare(a.registryId, b.registryId)
  )
}

function pickFields(ordered: NormalisedRecord[]) {
  const fields: Record<string, unknown> = {}
  const provenance: Record<string, string> = {}
  for (const group of GROUPS) {
    const record = ordered.find((candidate) => group.some((field) => !isEmpty(candidate[field]))) ?? ordered[0]
    if (!record) continue
    for (const field of group) {
      fields[field] = record[field]
      provenance[field] = keyOf(record)
    }
  }
  return { fields, provenance }
}

/**
 * The record whose overall status counts: the most cautious. UNKNOWN is the registry's word for "nobody has confirmed
 * this for years": it yields to what another registry said since, and to a closure.
 */
function pickOverallStatus(ordered: NormalisedRecord[]): NormalisedRecord {
  const isSilent = ({ overallStatus }: NormalisedRecord) => OPENNESS[overallStatus] === 'unknown'
  const cautious = (a: NormalisedRecord, b: NormalisedRecord) =>
    isMoreCautious(b.overallStatus, a.overallStatus) ? b : a
  const silent = ordered.filter(isSilent)
  const stated = ordered.filter((record) => !isSilent(record))
  if (stated.length === 0) return ordered.reduce(cautious)
  const said = stated.reduce(cautious)
  const doubt = silent.find(({ lastUpdateDate }) => (lastUpdateDate ?? '') >= (said.lastUpdateDate ?? ''))
  return doubt ? cautious(said, doubt) : said
}

const PRECISION_RANK: Record<PointPrecision, number> = { facility: 0, postal_code: 1, city: 2, area: 3 }

function mergeSite(
  sources: SourceSite[],
  records: NormalisedRecord[],
  overallStatus: OverallStatus,
  partnerStatuses: readonly PartnerStatus[],
): Site {
  const sites = sources.map(({ site }) => site)
  const [preferred] = sites
  if (!preferred) throw new RangeError('a site needs at least one record site')
  const located = sites.reduce((a, b) => (rankOf(b.pointPrecision) < rankOf(a.pointPrecision) ? b : a))
  const filled = <K extends 'facility' | 'city' | 'postalCode'>(field: K) =>
    sites.find((site) => site[field] !== null)?.[field] ?? null
  return {
    id: preferred.id,
    facility: filled('facility'),
    city: filled('city'),
    postalCode: filled('postalCode'),
    country: preferred.country,
    departement: located.departement,
    point: located.point,
    pointPrecision: located.pointPrecision,
    ...statusOfSite(sources, records, overallStatus, partnerStatuses),
    contacts: sites.find(({ contacts }) => contacts.length > 0)?.contacts ?? [],
    sources: sources.map(({ record, site }) => ({
      siteId: site.id,
      registry: record.registry,
      registryId: record.registryId,
      facility: site.facility,
      // What CTIS says of its sites is what it says of France.
      status:
        record.registry === 'ctis' && site.status === 'UNKNOWN' ? (record.franceStatus ?? 'UNKNOWN') : site.status,
      statusDate: record.registry === 'ctis' ? (site.statusDate ?? record.franceStatusDate) : site.statusDate,
    })),
  }
}

function rankOf(precision: PointPrecision | null): number {
  return precision === null ? Object.keys(PRECISION_RANK).length : PRECISION_RANK[precision]
}

function uniqueIdentifiers(records: NormalisedRecord[]): Identifier[] {
  const found = new Map(
    records
      .flatMap(({ identifiers }) => identifiers)
      .map((identifier) => [`${identifier.kind}:${identifier.value}`, identifier]),
  )
  return [...found.values()]
}

function keyOf({ registry, registryId }: NormalisedRecord): string {
  return `${registry}:${registryId}`
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
