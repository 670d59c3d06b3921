import { seededRandom } from '../support/random.ts'
import { renderRecord, STATUS_CODES } from './render-ctis-record.ts'
import { type Location, renderSites } from './render-ctis-sites.ts'
import type { RenderedStudy } from './rendered-study.ts'

export interface RenderOptions {
  seed: number
  /** Public status code of France; by default what the study's French sites say. */
  franceCode?: number
  /** Published so many days after (or, negative, before) the study's last update. */
  daysLater?: number
  /** Whether the record names the NCT number of its twin, as most transitioned ones do. */
  withNct?: boolean
  /** Whether the sponsor filed French titles and criteria. */
  withFrench?: boolean
  /** Share of sites that only one of the registries lists. */
  onlyInOne?: number
}

/** A CTIS record of the same trial, and which of its sites is which location of the study. */
export interface RenderedTrial {
  ctNumber: string
  payload: Record<string, unknown>
  /** Index among the study's French locations → index among the French `trialSites`. */
  pairs: { location: number; site: number }[]
}

const FRENCH_COUNTRIES = new Set(
  'France,Réunion,Reunion,Guadeloupe,Martinique,French Guiana,Mayotte,New Caledonia'.split(','),
)

/** The EU CT number that a ClinicalTrials.gov study carries, with its resubmission; undefined for most studies. */
export function euCtNumberOf(study: RenderedStudy): string | undefined {
  for (const { id = '' } of study.protocolSection.identificationModule.secondaryIdInfos ?? []) {
    const match = /(?<!\d)(\d{4}-5\d{5}-\d{2})(-\d{2})?(?!\d)/.exec(id)
    if (match) return `${match[1]}${match[2] ?? '-00'}`
  }
  return undefined
}

/**
 * A ClinicalTrials.gov study in the shape of a CTIS `retrieve` answer, as another sponsor's office would have typed
 * it: sites in another order, without accents, with other words for the same hospital, CEDEX cities and codes, some
 * missing and some more; another date. Truth for merging, at any scale. Undefined without an EU CT number.
 */
export function renderCtis(study: RenderedStudy, options: RenderOptions): RenderedTrial | undefined {
  const ctNumber = euCtNumberOf(study)
  if (ctNumber === undefined) return undefined
  const random = seededRandom(options.seed)
  const { protocolSection: protocol } = study
  const locations = protocol.contactsLocationsModule?.locations ?? []
  const french = locations.filter(({ country }) => FRENCH_COUNTRIES.has(country ?? ''))
  const { sites, pairs } = renderSites(french, random, options.onlyInOne ?? 0.1)
  const franceCode = options.franceCode ?? codeOfFrance(french, protocol.statusModule?.overallStatus)
  const publishDate = later(
    protocol.statusModule?.lastUpdatePostDateStruct?.date ?? '2026-01-01',
    options.daysLater ?? 0,
  )
  return { ctNumber, payload: renderRecord(study, ctNumber, { ...options, franceCode, publishDate, sites }), pairs }
}

function codeOfFrance(french: Location[], overallStatus: string | undefined): number {
  const statuses = new Set(french.map(({ status }) => status))
  if (statuses.has('RECRUITING')) return 4
  if (statuses.has('NOT_YET_RECRUITING')) return 2
  return STATUS_CODES[overallStatus ?? ''] ?? 5
}

function later(date: string, days: number): string {
  return new Date(Date.parse(`${date.length === 10 ? date : '2026-01-01'}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10)
}
