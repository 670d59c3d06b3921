import type { Criterion } from '../../domain/criterion.ts'
import { readAge } from './age.ts'
import { readBiomarkers } from './biomarkers.ts'
import { readBrainMetastases } from './brain.ts'
import { readCancers } from './cancers.ts'
import { readConditions } from './conditions.ts'
import { type Finding, withEvidence } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { readPriorLines } from './lines.ts'
import { readMeasurable } from './measurable.ts'
import { readPerformance } from './performance.ts'
import { type Document, readDocument } from './sentences.ts'
import { readSex } from './sex.ts'
import { readStages } from './stages.ts'
import { readPriorTherapies } from './therapies.ts'
import { readTransplant } from './transplant.ts'

/**
 * Eligibility of one registry record, structured. Pure: the same input gives the same list, in the same order. Each
 * criterion quotes the words it was read from; offsets are UTF-16 and point into `input.eligibilityCriteria`.
 */
export function readCriteria(input: CriteriaInput): Criterion[] {
  const document = readDocument(input.eligibilityCriteria ?? '')
  return readFindings(document, input).map((finding) => withEvidence(document, finding))
}

function readFindings(document: Document, input: CriteriaInput): Finding[] {
  return [
    ...readCancers(document, input),
    ...readPerformance(document),
    ...readAge(document, input),
    ...readSex(document, input),
    ...readStages(document, input),
    ...readBiomarkers(document, input),
    ...readPriorLines(document, input),
    ...readPriorTherapies(document),
    ...readBrainMetastases(document),
    ...readMeasurable(document),
    ...readTransplant(document),
    ...readConditions(document),
  ]
}
