import type { Criterion } from '../../domain/criterion.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'

/** What is read: a normalised record has it all. `briefSummary` is not read for criteria. */
export type CriteriaInput = Pick<
  NormalisedRecord,
  | 'briefTitle'
  | 'officialTitle'
  | 'conditions'
  | 'keywords'
  | 'eligibilityCriteria'
  | 'minimumAgeYears'
  | 'maximumAgeYears'
  | 'sex'
> &
  Partial<Pick<NormalisedRecord, 'meshTerms'>>

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A criterion before its evidence is attached. */
export type Fact = OmitEach<Criterion, 'quote' | 'section' | 'start' | 'end' | 'rule' | 'confidence' | 'cohort'>
