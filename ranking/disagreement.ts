import type { Registry } from '../domain/registry.ts'
import { OPENNESS, type OverallStatus } from '../domain/status.ts'
import type { Site, Trial } from '../domain/trial.ts'

/** What one registry says of a trial or a site. */
export interface Statement {
  registry: Registry
  status: OverallStatus
}

/** What registries say of a site, when they differ on whether it takes patients; else null. */
export const disagreementOnSite = ({ sources }: Site): readonly Statement[] | null => disagreement(sources)

/** What registries say of a trial in France, when they differ on whether it takes patients; else null. */
export const disagreementOnTrial = ({ sources }: Trial): readonly Statement[] | null =>
  disagreement(
    sources.map(({ registry, franceStatus, overallStatus }) => ({ registry, status: franceStatus ?? overallStatus })),
  )

/** One source cannot disagree, and one that says nothing disagrees with none. */
function disagreement(statements: readonly Statement[]): readonly Statement[] | null {
  const known = statements.map(({ status }) => OPENNESS[status]).filter((openness) => openness !== 'unknown')
  return new Set(known).size > 1 ? statements.map(({ registry, status }) => ({ registry, status })) : null
}
