import { OPENNESS, type Openness } from '../domain/status.ts'
import type { Site, Trial } from '../domain/trial.ts'
import { confirmedOn } from './freshness.ts'

/** What the ranking keeps of a trial: everything an answer shows or judges, without the long texts and closed sites. */
export interface Card extends Omit<Trial, 'eligibilityCriteria' | 'eligibilityCriteriaFr' | 'briefSummary' | 'sites'> {
  /** Sites that take patients now, most recently confirmed first. */
  openSites: Site[]
  /** Sites of which nothing is said, most recently confirmed first. */
  unknownSites: Site[]
  siteCount: number
  openness: TrialOpenness
}

/**
 * `open`: shown by default. `later`: shown with `openOnly: false` (upcoming, or by invitation). `closed`: never shown.
 */
export type TrialOpenness = 'open' | 'later' | 'closed'

/** Cut a trial down to what the ranking needs. */
export function cardOf(trial: Trial): Card {
  const { eligibilityCriteria: _, eligibilityCriteriaFr: _fr, briefSummary: _summary, sites, ...kept } = trial
  const freshestFirst = byConfirmation(trial)
  const of = (openness: Openness) => sites.filter(({ status }) => OPENNESS[status] === openness).sort(freshestFirst)
  return {
    ...kept,
    openSites: of('open'),
    unknownSites: of('unknown'),
    siteCount: sites.length,
    openness: opennessOf(trial),
  }
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
