import type { Database } from '../../db/database.ts'
import { putTrials, removeTrials } from '../../db/trials.ts'
import type { Trial } from '../../domain/trial.ts'

/** An invented trial about one subject. */
export function inventedTrial(id: string, given: Partial<Trial> = {}): Trial {
  return {
    id,
    identifiers: [],
    briefTitle: `Invented trial ${id}`,
    officialTitle: null,
    titles: { fr: null, en: null },
    acronym: null,
    briefSummary: null,
    studyType: 'INTERVENTIONAL',
    phases: [],
    overallStatus: 'RECRUITING',
    lastKnownStatus: null,
    whyStopped: null,
    startDate: null,
    completionDate: null,
    primaryPurpose: null,
    enrollmentCount: null,
    sponsor: null,
    collaborators: [],
    conditions: [],
    keywords: [],
    meshTerms: [],
    meshAncestors: [],
    interventions: [],
    sex: null,
    minimumAgeYears: null,
    maximumAgeYears: null,
    healthyVolunteers: null,
    eligibilityCriteria: null,
    eligibilityCriteriaFr: null,
    criteria: [],
    centralContacts: [],
    franceStatus: null,
    lastUpdateDate: null,
    sites: [],
    foreignSiteCount: 0,
    sources: [],
    provenance: {},
    ...given,
  }
}

export async function writeTrials(db: Database, trials: Trial[]): Promise<void> {
  const at = new Date()
  await db.transaction((tx) =>
    putTrials(
      tx,
      trials.map((trial) => ({ trial })),
      at,
    ),
  )
}

export async function deleteTrials(db: Database, ids: string[]): Promise<void> {
  const at = new Date()
  await db.transaction((tx) =>
    removeTrials(
      tx,
      ids.map((id) => ({ id })),
      at,
    ),
  )
}
