import type { Sentence } from './sentences.ts'

/** "Patients with an actionable mutation must have received …" asks it of them only. */
const OF_SOME =
  /\b(?:patients?|participants?|subjects?|those|tumou?rs?|individuals?) (?:with|whose|who (?:have|harbou?r)|harbou?ring|having)\b[^.;]{3,160}\b(?:must|should|need|are required|is required)\b/
const MARKED =
  /\b(?:mutation\w*|mutant|mutated|alteration\w*|aberration\w*|fusion\w*|rearrangement\w*|genomic|positive|actionable|targetable|brca\w*|msi-?h|dmmr)\b/

/** "For participants without the mutation, …". */
const FOR_SOME =
  /^\W*(?:[a-z\d][.)] )?(?:for|in) [^,;:]{0,60}\b(?:patients?|participants?|subjects?|those|individuals?) (?:with|without|who|previously)\b[^,;:]{0,80}[,:]/

/** Whether a sentence asks something of the patients with one marker, or of one kind, only. */
export const isOfSome = (text: string) => (OF_SOME.test(text) && MARKED.test(text)) || FOR_SOME.test(text)

const OPTIONAL_PART =
  /\b(?:exploratory|optional|voluntary|pharmacogen\w+|(?:host )?genetics?) (?:[a-z-]+ )?(?:research|stud(?:y|ies)|sub-?study|analys[ei]s|part|component)\b/

/** Whether a sentence, or what it hangs under, is about a part of the trial that nobody need take part in. */
export const isOfOptionalPart = ({ text, lead }: Sentence): boolean =>
  OPTIONAL_PART.test(text) || (lead !== null && OPTIONAL_PART.test(lead.text))
