import { contentHash } from '../../../db/content.ts'
import type { Database } from '../../../db/database.ts'
import { putRecords, type RecordToPut } from '../../../db/records.ts'
import { putTrials, type TrialToPut } from '../../../db/trials.ts'
import type { NormalisedRecord, Trial } from '../../../domain/trial.ts'
import { mergeRecords } from '../../../ingest/merge.ts'
import { recordWith, siteWith } from '../../ingest/record-factory.ts'

/** An empty database. */
export type Open = () => Promise<Database>

export const NOON = new Date('2026-11-20T12:00:00.000Z')
export const LATER = new Date('2026-11-20T13:00:00.000Z')

/** For `vi.waitFor`, however busy the machine is: by itself it gives up after a second. */
export const SOON = { timeout: 15_000, interval: 10 }

/** `NCT0…` with these digits at the end. */
export const nct = (number: number) => `NCT${String(number).padStart(8, '0')}`

/** An invented record of ClinicalTrials.gov under that number, with one site in Lyon. */
export function recordOf(number: number, fields: Partial<NormalisedRecord> = {}): NormalisedRecord {
  const registryId = nct(number)
  return recordWith({
    registryId,
    identifiers: [{ kind: 'nct', value: registryId }],
    sites: [siteWith({ id: `site-${number}` })],
    ...fields,
  })
}

/** An invented trial made of such a record. */
export function trialOf(id: string, number: number, fields: Partial<Trial> = {}): Trial {
  return { ...mergeRecords([recordOf(number)], { id, partnerStatuses: [] }), ...fields }
}

/** As it goes into the table of records. */
export function toPut(normalised: NormalisedRecord, fields: Partial<RecordToPut> = {}): RecordToPut {
  const payload = { title: normalised.briefTitle }
  return {
    payload,
    hash: contentHash(payload),
    sourceVersion: null,
    normalised,
    normaliserVersion: '1',
    open: true,
    absent: [],
    identifiers: normalised.identifiers,
    ...fields,
  }
}

/** Write these trials in one transaction; what was created, updated, unchanged. */
export function put(db: Database, trials: (Trial | TrialToPut)[], at = NOON) {
  return db.transaction((tx) =>
    putTrials(
      tx,
      trials.map((item) => ('trial' in item ? item : { trial: item })),
      at,
    ),
  )
}

/** Keep one record. */
export function putRecord(db: Database, record: RecordToPut, at = NOON) {
  return db.transaction((tx) => putRecords(tx, [record], { runId: null, at }))
}
