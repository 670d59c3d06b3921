import { Compile } from 'typebox/compile'
import { findIdentifiers, type Identifier } from '../../domain/identifiers.ts'
import { type PartialDate, parsePartialDate } from '../../domain/partial-date.ts'
import { OVERALL_STATUSES } from '../../domain/status.ts'
import { storable } from '../../domain/storable.ts'
import { type NormalisedRecord, PHASES, SEXES, SPONSOR_CLASSES, type Sponsor, STUDY_TYPES } from '../../domain/trial.ts'
import { readMember } from '../look-up.ts'
import { NormaliseError, type RawRecord } from '../source.ts'
import { readLine, readLines, tidy, unescapeMarkdown, withoutNulls } from '../text.ts'
import type { NormaliseDependencies, Note, UnreadRecord } from '../unread-record.ts'
import { ENROLLMENT_UNKNOWN, frenchCountry, readAgeYears } from './codes.ts'
import { isClosed, readContacts, readSites } from './sites.ts'
import { Study } from './study.ts'

type ProtocolSection = Study['protocolSection']

const study = Compile(Study)

/** Characters kept of an odd value: enough to find it in the payload. */
const LONGEST_ODDITY = 200

/**
 * One ClinicalTrials.gov v2 study in our words: French sites only, eligibility text unescaped and tidied.
 * What cannot be read is left out and named in `oddities`.
 * Throws NormaliseError for a payload that is not a study, is another study than announced, or has no title.
 */
export function normaliseStudy(raw: RawRecord, { readCriteria }: NormaliseDependencies): NormalisedRecord {
  const payload = withoutNulls(storable(raw.payload))
  if (!study.Check(payload)) {
    const [error] = study.Errors(payload)
    throw new NormaliseError(raw.registryId, error?.instancePath || 'payload', error?.message ?? 'not a study')
  }
  const { protocolSection: protocol, derivedSection: derived } = payload
  const { nctId, nctIdAliases: aliases = [] } = protocol.identificationModule
  if (nctId !== raw.registryId && !aliases.includes(raw.registryId)) {
    throw new NormaliseError(raw.registryId, 'nctId', `the payload is that of ${nctId}`)
  }
  const oddities: NormalisedRecord['oddities'] = []
  const note: Note = (field, value) => oddities.push({ field, value: tidy(value).slice(0, LONGEST_ODDITY) })

  const dates = readDates(protocol, note)
  const { sites, foreignSiteCount } = readSites(protocol, dates.statusDate, note)
  for (const country of derived?.miscInfoModule?.removedCountries ?? []) {
    if (frenchCountry(country) !== null) note('removedCountries', country)
  }
  const record: UnreadRecord = {
    registry: 'ctgov',
    registryId: nctId,
    ...readNumbers(protocol),
    url: `https://clinicaltrials.gov/study/${nctId}`,
    ...readTexts(protocol),
    ...readDesign(protocol, note),
    ...dates.published,
    ...readSponsors(protocol, note),
    ...readPopulation(protocol, note),
    meshTerms: readMesh(derived?.conditionBrowseModule?.meshes),
    meshAncestors: readMesh(derived?.conditionBrowseModule?.ancestors),
    franceStatus: null,
    franceStatusDate: null,
    sites,
    foreignSiteCount,
    centralContacts: isClosed(protocol) ? [] : readContacts(protocol.contactsLocationsModule?.centralContacts),
    oddities,
  }
  const { studyPopulation: _, ...stored } = record
  return { ...stored, criteria: readCriteria(record) }
}

/** The payload without the stamp that every data refresh changes on every study. */
export function studyContent(payload: unknown): unknown {
  const { derivedSection, ...rest } = payload as { derivedSection?: { miscInfoModule?: Record<string, unknown> } }
  if (!derivedSection?.miscInfoModule) return payload
  const { versionHolder: _, ...miscInfoModule } = derivedSection.miscInfoModule
  return { ...rest, derivedSection: { ...derivedSection, miscInfoModule } }
}

/** Numbers by pattern, not by slot: types of secondary ids are unreliable. Another NCT number names another study. */
function readNumbers({ identificationModule: module }: ProtocolSection) {
  const own = [module.nctId, ...(module.nctIdAliases ?? [])]
  const filed = [...(module.secondaryIdInfos ?? []).map(({ id = '' }) => id), module.orgStudyIdInfo?.id ?? '']
  const identifiers: Identifier[] = [
    ...own.map((value) => ({ kind: 'nct' as const, value })),
    ...findIdentifiers(filed.join('\n')).filter(({ kind }) => kind !== 'nct'),
  ]
  return {
    identifiers,
    aliases: module.nctIdAliases ?? [],
    sponsorProtocolCode: readLine(module.orgStudyIdInfo?.id),
  }
}

function readTexts(protocol: ProtocolSection) {
  const { identificationModule: identification, conditionsModule, eligibilityModule } = protocol
  const officialTitle = readLine(identification.officialTitle)
  const briefTitle = readLine(identification.briefTitle) ?? officialTitle
  if (briefTitle === null && !isWithheld(protocol)) {
    throw new NormaliseError(identification.nctId, 'briefTitle', 'the study has no title')
  }
  return {
    briefTitle: briefTitle ?? identification.nctId,
    officialTitle,
    titles: { fr: null, en: briefTitle },
    acronym: readLine(identification.acronym),
    briefSummary: markdown(protocol.descriptionModule?.briefSummary),
    conditions: oneLines(conditionsModule?.conditions),
    keywords: oneLines(conditionsModule?.keywords),
    interventions: (protocol.armsInterventionsModule?.interventions ?? []).flatMap(({ type, name, otherNames }) => {
      const tidied = readLine(name)
      return tidied === null ? [] : [{ type: type ?? 'OTHER', name: tidied, otherNames: oneLines(otherNames) }]
    }),
    eligibilityCriteria: markdown(eligibilityModule?.eligibilityCriteria),
    eligibilityCriteriaFr: null,
    studyPopulation: markdown(eligibilityModule?.studyPopulation),
  }
}

function readDesign({ statusModule: status, designModule: design }: ProtocolSection, note: Note) {
  const count = design?.enrollmentInfo?.count
  return {
    studyType: readMember(STUDY_TYPES, design?.studyType, 'studyType', note),
    phases: (design?.phases ?? []).flatMap((phase) => readMember(PHASES, phase, 'phases', note) ?? []),
    overallStatus: readMember(OVERALL_STATUSES, status?.overallStatus, 'overallStatus', note) ?? 'UNKNOWN',
    lastKnownStatus: readMember(OVERALL_STATUSES, status?.lastKnownStatus, 'lastKnownStatus', note),
    whyStopped: markdown(status?.whyStopped),
    primaryPurpose: design?.designInfo?.primaryPurpose ?? null,
    enrollmentCount:
      count !== undefined && Number.isInteger(count) && count >= 0 && count !== ENROLLMENT_UNKNOWN ? count : null,
  }
}

/**
 * Dates as published, and the day the sponsor last stated the statuses of its sites: the day it last submitted the
 * record, for the month of `statusVerifiedDate` is coarser.
 */
function readDates({ statusModule: status }: ProtocolSection, note: Note) {
  const read = (field: string, text: string | undefined): PartialDate | null => {
    const date = text === undefined ? null : parsePartialDate(text)
    if (date === null && text !== undefined) note(field, text)
    return date
  }
  const verified = read('statusVerifiedDate', status?.statusVerifiedDate)
  const submitted = read('lastUpdateSubmitDate', status?.lastUpdateSubmitDate)
  const posted = read('lastUpdatePostDate', status?.lastUpdatePostDateStruct?.date)
  return {
    published: {
      startDate: read('startDate', status?.startDateStruct?.date),
      completionDate: read('completionDate', status?.completionDateStruct?.date),
      statusVerifiedDate: verified,
      lastUpdateDate: (posted ?? submitted)?.date ?? null,
    },
    statusDate: (submitted ?? posted ?? verified)?.date ?? null,
  }
}

function readSponsors({ sponsorCollaboratorsModule: module }: ProtocolSection, note: Note) {
  const read = (agency: { name?: string; class?: string } | undefined): Sponsor[] => {
    const name = readLine(agency?.name)
    return name === null
      ? []
      : [{ name, class: readMember(SPONSOR_CLASSES, agency?.class, 'sponsorClass', note) ?? 'UNKNOWN' }]
  }
  return {
    sponsor: read(module?.leadSponsor)[0] ?? null,
    collaborators: (module?.collaborators ?? []).flatMap(read),
  }
}

function readPopulation({ eligibilityModule: module }: ProtocolSection, note: Note) {
  const years = (field: string, text: string | undefined): number | null => {
    const age = text === undefined ? null : readAgeYears(text)
    if (age === null && text !== undefined) note(field, text)
    return age
  }
  return {
    sex: readMember(SEXES, module?.sex, 'sex', note),
    minimumAgeYears: years('minimumAge', module?.minimumAge),
    maximumAgeYears: years('maximumAge', module?.maximumAge),
    healthyVolunteers: module?.healthyVolunteers ?? null,
  }
}

function readMesh(terms: { id?: string; term?: string }[] | undefined) {
  return (terms ?? []).flatMap(({ id, term }) => (id && term ? [{ id, term: tidy(term) }] : []))
}

/** A withheld study (a device not yet cleared) has an almost empty record: no title need be there. */
function isWithheld({ statusModule: status }: ProtocolSection): boolean {
  return status?.overallStatus === 'WITHHELD' || status?.delayedPosting === true
}

function oneLines(texts: string[] | undefined): string[] {
  return (texts ?? []).map((text) => readLine(text)).filter((text) => text !== null)
}

function markdown(text: string | undefined): string | null {
  return readLines(unescapeMarkdown(text ?? ''))
}
