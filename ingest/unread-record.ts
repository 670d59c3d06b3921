import type { Criterion } from '../domain/criterion.ts'
import type { NormalisedRecord } from '../domain/trial.ts'

/**
 * A record before its criteria are read, with the population text of observational studies: what they are read from.
 */
export type UnreadRecord = Omit<NormalisedRecord, 'criteria'> & { studyPopulation: string | null }

export interface NormaliseDependencies {
  /** Pure: eligibility text and coded fields → structured criteria. */
  readCriteria: (record: UnreadRecord) => Criterion[]
}

/** Puts down, field by field, what was odd in a record but kept. */
export type Note = (field: string, value: string) => void
