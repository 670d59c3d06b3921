import { OPENNESS, type Openness, type OverallStatus, type SiteStatus } from '../domain/status.ts'
import type { NormalisedRecord, PartnerStatus, RecordSite, Site } from '../domain/trial.ts'

/** The status of a site as the trial shows it. */
export type ShownStatus = Pick<Site, 'status' | 'statusLevel' | 'statusSource' | 'statusDate'>

/** A site as one record has it. */
export interface SourceSite {
  record: NormalisedRecord
  site: RecordSite
}

/** Where sources disagree the higher one is believed: sending somebody to a closed door is the worse mistake. */
const CAUTION: Record<Openness, number> = { open: 0, upcoming: 1, invitation: 2, unknown: 3, closed: 4 }

/** What the status of a whole study makes of a site of it, in the words sites have. */
const AS_SITE_STATUS: Record<OverallStatus, SiteStatus> = {
  RECRUITING: 'RECRUITING',
  AVAILABLE: 'AVAILABLE',
  NOT_YET_RECRUITING: 'NOT_YET_RECRUITING',
  ENROLLING_BY_INVITATION: 'ENROLLING_BY_INVITATION',
  UNKNOWN: 'UNKNOWN',
  ACTIVE_NOT_RECRUITING: 'ACTIVE_NOT_RECRUITING',
  COMPLETED: 'COMPLETED',
  SUSPENDED: 'SUSPENDED',
  TERMINATED: 'TERMINATED',
  WITHDRAWN: 'WITHDRAWN',
  NO_LONGER_AVAILABLE: 'COMPLETED',
  TEMPORARILY_NOT_AVAILABLE: 'SUSPENDED',
  APPROVED_FOR_MARKETING: 'COMPLETED',
  WITHHELD: 'UNKNOWN',
}

/** True when `a` promises a place less than `b` does. */
export function isMoreCautious(a: OverallStatus, b: OverallStatus): boolean {
  return CAUTION[OPENNESS[a]] > CAUTION[OPENNESS[b]]
}

/**
 * The status of one site, from the record sites it is made of (`sources`), every record of the trial, the status of
 * the trial as a whole and what partners said.
 * ClinicalTrials.gov speaks for the site, CTIS for France; where they disagree the more cautious counts, and no site
 * is more open than its study. A partner who spoke after the registries decides over both, but reopens no closed study.
 */
export function statusOfSite(
  sources: SourceSite[],
  records: NormalisedRecord[],
  overallStatus: OverallStatus,
  partnerStatuses: readonly PartnerStatus[],
): ShownStatus {
  const own = sources.filter(({ record }) => record.registry !== 'ctis').map(statedForSite)
  const ctisSites = sources.filter(({ record }) => record.registry === 'ctis')
  const countries = records.flatMap(statedForFrance)
  // France as a whole closes a site anywhere, but opens only the sites that CTIS itself lists.
  const stated = [...own.filter(({ status }) => status !== 'UNKNOWN'), ...(ctisSites.length ? countries : [])]
  const base = mostCautious(stated) ?? own[0] ?? unknown(sources[0])
  const registry = [...countries, ...studyCap(records, overallStatus, base)].reduce(
    (shown, cap) => (isMoreCautious(cap.status, shown.status) ? cap : shown),
    base,
  )
  const partner = latestPartner(sources, partnerStatuses)
  if (!partner || OPENNESS[overallStatus] === 'closed') return registry
  const registryDate = latest([...stated.map(({ statusDate }) => statusDate), registry.statusDate])
  const decides =
    registryDate === null ||
    partner.date > registryDate ||
    (partner.date === registryDate && isMoreCautious(partner.status, registry.status))
  return decides
    ? { status: partner.status, statusLevel: 'site', statusSource: 'partner', statusDate: partner.date }
    : registry
}

/** What a record says of its site: never more than the record says of the whole study. */
function statedForSite({ record, site }: SourceSite): ShownStatus {
  const capped = isMoreCautious(record.overallStatus, site.status)
  return {
    status: capped ? AS_SITE_STATUS[record.overallStatus] : site.status,
    statusLevel: capped ? 'country' : 'site',
    statusSource: record.registry,
    statusDate: site.statusDate ?? (capped ? record.lastUpdateDate : null),
  }
}

/** What a record says of France as a whole; nothing where it says UNKNOWN. */
function statedForFrance({ registry, franceStatus, franceStatusDate, overallStatus }: NormalisedRecord): ShownStatus[] {
  if (franceStatus === null || franceStatus === 'UNKNOWN') return []
  const status = isMoreCautious(overallStatus, franceStatus) ? AS_SITE_STATUS[overallStatus] : franceStatus
  return [{ status, statusLevel: 'country', statusSource: registry, statusDate: franceStatusDate }]
}

function studyCap(records: NormalisedRecord[], overallStatus: OverallStatus, base: ShownStatus): ShownStatus[] {
  const record = records.find((candidate) => candidate.overallStatus === overallStatus)
  const status = AS_SITE_STATUS[overallStatus]
  const statusSource = record?.registry ?? base.statusSource
  return [{ status, statusLevel: 'country', statusSource, statusDate: record?.lastUpdateDate ?? null }]
}

function unknown(source: SourceSite | undefined): ShownStatus {
  return {
    status: 'UNKNOWN',
    statusLevel: 'country',
    statusSource: source?.record.registry ?? 'ctgov',
    statusDate: null,
  }
}

/** The first of the most cautious. */
function mostCautious(stated: ShownStatus[]): ShownStatus | undefined {
  return stated.reduce<ShownStatus | undefined>(
    (shown, next) => (shown === undefined || isMoreCautious(next.status, shown.status) ? next : shown),
    undefined,
  )
}

/** The newest word of a partner on any of the record sites; of one day the most cautious. */
function latestPartner(sources: SourceSite[], partnerStatuses: readonly PartnerStatus[]): PartnerStatus | undefined {
  const ids = new Set(sources.map(({ site }) => site.id))
  return partnerStatuses
    .filter(({ siteId }) => ids.has(siteId))
    .reduce<PartnerStatus | undefined>((best, next) => {
      if (!best || next.date > best.date) return next
      return next.date === best.date && isMoreCautious(next.status, best.status) ? next : best
    }, undefined)
}

function latest(dates: (string | null)[]): string | null {
  return dates.reduce((best, date) => (date !== null && (best === null || date > best) ? date : best), null)
}
