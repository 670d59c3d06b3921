import { OPENNESS } from './status.ts'
import type { NormalisedRecord } from './trial.ts'

/**
 * True when a record or a trial may still take patients in France: open, upcoming, by invitation, or not said.
 * False only when what it says closes every door; without sites the status of the country decides.
 */
export function mayRecruit({
  overallStatus,
  franceStatus,
  sites,
}: Pick<NormalisedRecord, 'overallStatus' | 'franceStatus'> & {
  sites: Pick<NormalisedRecord['sites'][number], 'status'>[]
}): boolean {
  if (OPENNESS[overallStatus] === 'closed') return false
  if (franceStatus !== null && OPENNESS[franceStatus] === 'closed') return false
  return sites.length === 0 ? franceStatus !== null : sites.some(({ status }) => OPENNESS[status] !== 'closed')
}
