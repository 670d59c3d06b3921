import { OPENNESS } from '../domain/status.ts'
import type { Trial } from '../domain/trial.ts'

/**
 * `open`: shown by default. `later`: shown with `openOnly: false` (upcoming, or by invitation). `closed`: never shown.
 */
export type TrialOpenness = 'open' | 'later' | 'closed'

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
  const announced = (openness: string) => openness === 'upcoming' || openness === 'invitation'
  if ([...ofSites].some(announced) || announced(ofFrance) || (silent && announced(ofWhole))) return 'later'
  return 'closed'
}
