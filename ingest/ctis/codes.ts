import type { OverallStatus, SiteStatus } from '../../domain/status.ts'
import type { Phase } from '../../domain/trial.ts'

/** ISO 3166-1 numeric: what CTIS calls France in a search. In its records it is `mscName: "France"`. */
export const FRANCE_MSC = 250
export const FRANCE_NAME = 'France'

/**
 * Public status, of a trial and of a trial in one member state (labels: EMA/441149/2024, "CTIS public portal:
 * summary", pages 4 to 6; numbers: the portal's own application).
 * 1 Under evaluation · 2 Authorised, recruitment pending · 3 Authorised, recruiting · 4 Ongoing, recruiting ·
 * 5 Ongoing, recruitment ended · 6 Temporarily halted · 7 Suspended · 8 Ended · 9 Expired · 10 Revoked ·
 * 11 Not authorised · 12 Cancelled.
 */
export const PUBLIC_STATUSES: Record<number, SiteStatus & OverallStatus> = {
  // guess: ClinicalTrials.gov has no word for an application that may still be refused; nobody is taken yet in both.
  1: 'NOT_YET_RECRUITING',
  2: 'NOT_YET_RECRUITING',
  3: 'RECRUITING',
  4: 'RECRUITING',
  5: 'ACTIVE_NOT_RECRUITING',
  6: 'SUSPENDED',
  7: 'SUSPENDED',
  8: 'COMPLETED',
  9: 'WITHDRAWN',
  10: 'WITHDRAWN',
  11: 'WITHDRAWN',
  12: 'WITHDRAWN',
}

/** Not yet authorised: its sites are only proposed. */
export const UNDER_EVALUATION = 1
/** Ended, early termination included. */
export const ENDED = 8

/**
 * `trialCategory.trialPhase` (1 to 3, 7 to 9: kinds of phase I; 10, 11: integrated phases) → ClinicalTrials.gov phases.
 */
export const PHASES_OF: Record<string, Phase[]> = {
  1: ['PHASE1'],
  2: ['PHASE1'],
  3: ['PHASE1'],
  4: ['PHASE2'],
  5: ['PHASE3'],
  6: ['PHASE4'],
  7: ['PHASE1', 'PHASE2'],
  8: ['PHASE1', 'PHASE2'],
  9: ['PHASE1', 'PHASE2'],
  10: ['PHASE2', 'PHASE3'],
  11: ['PHASE3', 'PHASE4'],
}

/** `ageRangeCategoryCode`: 1 in utero, 2 0-17 years, 3 18-64 years, 4 65 and over → whole years, null for no limit. */
export const AGE_GROUPS: Record<string, { min: number | null; max: number | null }> = {
  1: { min: null, max: 0 },
  2: { min: null, max: 17 },
  3: { min: 18, max: 64 },
  4: { min: 65, max: null },
}

/**
 * `mpRoleInTrial` of products given beside the trial's own (rescue, premedication): 1 test, 2 comparator, 3 placebo.
 */
export const AUXILIARY_PRODUCT = '4'

/** Therapeutic area 4, `Neoplasms [C04]`, and the MeSH heading of that tree. */
export const NEOPLASMS_AREA = '4'
export const NEOPLASMS_HEADING = { id: 'D009369', term: 'Neoplasms' }

/** Internal code of French; `languageDescription` says it in words. */
export const FRENCH = { code: 10, description: 'French' }

/** Events that open and that close recruitment in a member state. */
export const STARTS: ReadonlySet<string> = new Set(['START_OF_RECRUITMENT', 'RESTART_OF_RECRUITMENT'])
export const STOPS: ReadonlySet<string> = new Set([
  'END_OF_RECRUITMENT',
  'END_OF_TRIAL',
  'EARLY_TERMINATION',
  'TEMPORARY_HALT',
])
export const EARLY_TERMINATION = 'EARLY_TERMINATION'
