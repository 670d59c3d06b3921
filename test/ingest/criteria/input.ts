import type { CriterionKind, CriterionOf } from '../../../domain/criterion.ts'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { readCriteria } from '../../../ingest/criteria/read.ts'

/** An invented cancer trial whose eligibility text is given. */
export const trial = (eligibilityCriteria: string, other: Partial<CriteriaInput> = {}): CriteriaInput => ({
  briefTitle: 'Invented trial of a drug for people with a cancer',
  officialTitle: null,
  conditions: ['Cancer'],
  keywords: [],
  eligibilityCriteria,
  minimumAgeYears: null,
  maximumAgeYears: null,
  sex: null,
  ...other,
})

/** One inclusion and no exclusion. */
export const including = (sentence: string) => trial(`Inclusion Criteria:\n\n* ${sentence}\n`)
/** One exclusion and no inclusion worth reading. */
export const excluding = (sentence: string) =>
  trial(`Inclusion Criteria:\n\n* Signed informed consent\n\nExclusion Criteria:\n\n* ${sentence}\n`)

/** The criteria of one kind. */
export const readKind = <K extends CriterionKind>(input: CriteriaInput, kind: K): CriterionOf<K>[] =>
  readCriteria(input).filter((criterion): criterion is CriterionOf<K> => criterion.kind === kind)
