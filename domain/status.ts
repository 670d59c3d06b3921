import { type Static, Type } from 'typebox'

/** ClinicalTrials.gov v2 `Status` of a whole study (OpenAPI 2.0.5). */
export const OVERALL_STATUSES = [
  'ACTIVE_NOT_RECRUITING',
  'COMPLETED',
  'ENROLLING_BY_INVITATION',
  'NOT_YET_RECRUITING',
  'RECRUITING',
  'SUSPENDED',
  'TERMINATED',
  'WITHDRAWN',
  'AVAILABLE',
  'NO_LONGER_AVAILABLE',
  'TEMPORARILY_NOT_AVAILABLE',
  'APPROVED_FOR_MARKETING',
  'WITHHELD',
  'UNKNOWN',
] as const
export const OverallStatus = Type.Enum(OVERALL_STATUSES)
export type OverallStatus = Static<typeof OverallStatus>

/** ClinicalTrials.gov v2 `RecruitmentStatus` of one site, and UNKNOWN where the registry says nothing. */
export const SITE_STATUSES = [
  'ACTIVE_NOT_RECRUITING',
  'COMPLETED',
  'ENROLLING_BY_INVITATION',
  'NOT_YET_RECRUITING',
  'RECRUITING',
  'SUSPENDED',
  'TERMINATED',
  'WITHDRAWN',
  'AVAILABLE',
  'UNKNOWN',
] as const
export const SiteStatus = Type.Enum(SITE_STATUSES)
export type SiteStatus = Static<typeof SiteStatus>

/**
 * What a status means for somebody who looks for a place in a trial.
 * `open` takes patients now; `upcoming` will; `invitation` takes only people the team already follows;
 * `closed` takes nobody (any more); `unknown` is not said.
 */
export type Openness = 'open' | 'upcoming' | 'invitation' | 'unknown' | 'closed'

export const OPENNESS: Record<OverallStatus, Openness> = {
  RECRUITING: 'open',
  AVAILABLE: 'open',
  NOT_YET_RECRUITING: 'upcoming',
  ENROLLING_BY_INVITATION: 'invitation',
  UNKNOWN: 'unknown',
  ACTIVE_NOT_RECRUITING: 'closed',
  COMPLETED: 'closed',
  SUSPENDED: 'closed',
  TERMINATED: 'closed',
  WITHDRAWN: 'closed',
  NO_LONGER_AVAILABLE: 'closed',
  TEMPORARILY_NOT_AVAILABLE: 'closed',
  APPROVED_FOR_MARKETING: 'closed',
  WITHHELD: 'closed',
}

export const STATUS_LABELS: Record<OverallStatus, { fr: string; en: string }> = {
  RECRUITING: { fr: 'recrute', en: 'recruiting' },
  AVAILABLE: { fr: 'accès ouvert', en: 'available' },
  NOT_YET_RECRUITING: { fr: 'pas encore ouvert', en: 'not yet recruiting' },
  ENROLLING_BY_INVITATION: { fr: 'sur invitation', en: 'enrolling by invitation' },
  UNKNOWN: { fr: 'statut inconnu', en: 'status unknown' },
  ACTIVE_NOT_RECRUITING: { fr: 'recrutement terminé', en: 'active, not recruiting' },
  COMPLETED: { fr: 'terminé', en: 'completed' },
  SUSPENDED: { fr: 'suspendu', en: 'suspended' },
  TERMINATED: { fr: 'arrêté', en: 'terminated' },
  WITHDRAWN: { fr: 'retiré', en: 'withdrawn' },
  NO_LONGER_AVAILABLE: { fr: 'accès fermé', en: 'no longer available' },
  TEMPORARILY_NOT_AVAILABLE: { fr: 'accès interrompu', en: 'temporarily not available' },
  APPROVED_FOR_MARKETING: { fr: 'commercialisé', en: 'approved for marketing' },
  WITHHELD: { fr: 'non publié', en: 'withheld' },
}
