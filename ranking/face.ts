import type { AnswerSite, Result } from '../domain/answer.ts'
import type { Identifier } from '../domain/identifiers.ts'
import type { Contact, Site, Trial } from '../domain/trial.ts'
import { disagreementOnSite, type Statement } from './disagreement.ts'

/**
 * What answers say of a trial and of its sites whatever was asked is kept as JSON, written once when the trial is taken
 * in: one text is read in one go where dozens of small objects would be fetched from all over the memory.
 */
export type Face = Pick<
  Result,
  | 'id'
  | 'registryIds'
  | 'briefTitle'
  | 'title'
  | 'acronym'
  | 'phases'
  | 'sponsor'
  | 'overallStatus'
  | 'urls'
  | 'openSiteCount'
  | 'siteCount'
>

/** The JSON of a trial's face. Whether its sponsor is a partner of the service is known only when it is asked for. */
export function faceOf(trial: Trial, openSiteCount: number): string {
  const { id, briefTitle, titles, acronym, phases, sponsor, overallStatus, sources, sites } = trial
  const number = (kind: Identifier['kind']) => trial.identifiers.find((one) => one.kind === kind)?.value ?? null
  const face: Face = {
    id,
    registryIds: { nct: number('nct'), euct: number('euct'), eudract: number('eudract') },
    briefTitle,
    title: titles,
    acronym,
    phases,
    sponsor: sponsor && { ...sponsor, partner: false },
    overallStatus,
    urls: sources.map(({ url }) => url),
    openSiteCount,
    siteCount: sites.length,
  }
  return JSON.stringify(face)
}

/** A site as answers show it; its distance is another for each question. */
export type SiteFace = Omit<AnswerSite, 'distanceKm'>

/** A site that may be shown: what is judged and said of it, and the rest as JSON. */
export interface ShownSite
  extends Pick<
    Site,
    'city' | 'departement' | 'point' | 'pointPrecision' | 'status' | 'statusLevel' | 'statusSource' | 'statusDate'
  > {
  disagreement: readonly Statement[] | null
  /** A `SiteFace` as JSON, with the contact that registries publish: the site's own, else the trial's central one. */
  face: string
}

/** What the ranking keeps of a site of a trial. */
export function shownSite(site: Site, { centralContacts }: Trial): ShownSite {
  const { id, facility, city, postalCode, departement, point, pointPrecision } = site
  const { status, statusLevel, statusSource, statusDate, contacts } = site
  const published = contacts.find(isReachable) ?? centralContacts.find(isReachable)
  const face: SiteFace = {
    id,
    facility,
    city,
    postalCode,
    departement,
    lat: point?.lat ?? null,
    lon: point?.lon ?? null,
    pointPrecision,
    status,
    statusLevel,
    statusSource,
    statusDate,
    contact: published
      ? { kind: 'public', name: published.name, phone: published.phone, email: published.email }
      : null,
  }
  return {
    city,
    departement,
    point,
    pointPrecision,
    status,
    statusLevel,
    statusSource,
    statusDate,
    disagreement: disagreementOnSite(site),
    face: JSON.stringify(face),
  }
}

/** Whether a contact can be called or written to. */
const isReachable = ({ phone, email }: Contact): boolean => phone !== null || email !== null
