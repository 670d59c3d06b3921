import type { Language, Question } from '../../domain/question.ts'
import type { Places } from '../../domain/places/places.ts'
import { BIOMARKER_ENTRIES } from '../../domain/vocabulary/biomarkers.ts'
import { findVariants } from '../../domain/vocabulary/biomarkers/variants.ts'
import { CANCER_ENTRIES, cancerByCode } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import type { FieldError } from './fields.ts'
import type { FormValues } from './form-values.ts'
import { say } from './words.ts'

/** What was understood of a form: a question, or what has to be mended; and notes for the person to check. */
export interface UnderstoodForm {
  question: Question
  errors: FieldError[]
  notes: string[]
}
