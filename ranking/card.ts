import type { CriterionVerdict, Result } from '../domain/answer.ts'
import type { CriterionKind } from '../domain/criterion.ts'
import type { Identifier } from '../domain/identifiers.ts'
import { REGISTRIES } from '../domain/registry.ts'
import { OPENNESS, type Openness } from '../domain/status.ts'
import type { Contact, Site, Trial } from '../domain/trial.ts'
import { confirmedOn } from './freshness.ts'

/** What an answer shows or judges of a trial itself. The rest would be held in memory for every trial and never read. */
const KEPT = [
  'id',
  'briefTitle',
  'titles',
  'acronym',
  'phases',
  'sponsor',
  'studyType',
  'overallStatus',
  'lastUpdateDate',
  'conditions',
  'keywords',
  'meshTerms',
  'meshAncestors',
  'sex',
  'minimumAgeYears',
  'maximumAgeYears',
  'centralContacts',
  'sources',
] as const satisfies readonly (keyof Trial)[]

/** The kinds of criteria that a question can ask about. */
const ASKED: Record<CriterionKind, boolean> = {
  cancer: true,
  stage: true,
  setting: true,
  biomarker: true,
  prior_lines: true,
  prior_therapy: true,
  performance: true,
  age: true,
  sex: true,
  brain_metastases: true,
  measurable_disease: false,
  transplant: false,
  infection: false,
  pregnancy: false,
  autoimmune: false,
  ild: false,
  second_malignancy: false,
}

/** What the ranking keeps of a trial: everything an answer shows or judges, without the long texts and closed sites. */
export interface Card extends Pick<Trial, (typeof KEPT)[number] | 'criteria'> {
  /** The sites one may be shown, most recently confirmed first: those that take patients now; without any, those of which nothing is said. */
  sites: Site[]
  openSiteCount: number
  siteCount: number
  openness: TrialOpenness
  registryIds: Result['registryIds']
  urls: string[]
  /** The record the criteria were read from. */
  criteriaSource: CriterionVerdict['source']
}

/**
 * `open`: shown by default. `later`: shown with `openOnly: false` (upcoming, or by invitation). `closed`: never shown.
 */
export type TrialOpenness = 'open' | 'later' | 'closed'

/** Cut a trial down to what the ranking needs. */
export function cardOf(trial: Trial): Card {
  const { sites, criteria } = trial
  const freshestFirst = byConfirmation(trial)
  const of = (openness: Openness) => sites.filter(({ status }) => OPENNESS[status] === openness).sort(freshestFirst)
  const open = of('open')
  const kept = Object.fromEntries(KEPT.map((field) => [field, trial[field]])) as Pick<Trial, (typeof KEPT)[number]>
  return {
    ...kept,
    criteria: criteria.filter(({ kind }) => ASKED[kind]),
    sites: (open.length > 0 ? open : of('unknown')).map(shownOf),
    openSiteCount: open.length,
    siteCount: sites.length,
    openness: opennessOf(trial),
    registryIds: {
      nct: numberOf(trial, 'nct'),
      euct: numberOf(trial, 'euct'),
      eudract: numberOf(trial, 'eudract'),
    },
    urls: trial.sources.map(({ url }) => url),
    criteriaSource: sourceOfCriteria(trial),
  }
}

/** A site with the one contact that is shown, and with its sources only where they can disagree. */
function shownOf(site: Site): Site {
  const contact = site.contacts.find(isReachable)
  return { ...site, contacts: contact ? [contact] : [], sources: site.sources.length > 1 ? site.sources : [] }
}

/** Whether a contact can be called or written to. */
export const isReachable = ({ phone, email }: Contact): boolean => phone !== null || email !== null

function numberOf({ identifiers }: Trial, kind: Identifier['kind']): string | null {
  return identifiers.find((identifier) => identifier.kind === kind)?.value ?? null
}

function sourceOfCriteria({ provenance, sources }: Trial): CriterionVerdict['source'] {
  const [registry, id] = (provenance.criteria ?? '').split(/:(.*)/)
  const known = REGISTRIES.find((name) => name === registry)
  if (known !== undefined && id) return { registry: known, id }
  const [first] = sources
  return first ? { registry: first.registry, id: first.registryId } : null
}

/**
 * Open when a site is open or the status of France is; never hidden by missing data: also when the trial as a whole
 * recruits, nothing is said of France and of some site nothing is said. Later when a site, France or (nothing
 * being said of France) the whole is announced or by invitation.
 */
export function opennessOf({ sites, franceStatus, overallStatus }: Trial): TrialOpenness {
  const ofSites = new Set(sites.map(({ status }) => OPENNESS[status]))
  const ofFrance = franceStatus === null ? 'unknown' : OPENNESS[franceStatus]
  const ofWhole = OPENNESS[overallStatus]
  const silent = ofFrance === 'unknown' && ofSites.has('unknown')
  if (ofSites.has('open') || ofFrance === 'open' || (silent && ofWhole === 'open')) return 'open'
  const announced = (openness: Openness) => openness === 'upcoming' || openness === 'invitation'
  if ([...ofSites].some(announced) || announced(ofFrance) || (silent && announced(ofWhole))) return 'later'
  return 'closed'
}

const byConfirmation = (trial: Trial) => (a: Site, b: Site) => {
  const [ofA, ofB] = [confirmedOn(a, trial) ?? '', confirmedOn(b, trial) ?? '']
  if (ofA !== ofB) return ofA > ofB ? -1 : 1
  return a.id < b.id ? -1 : 1
}
