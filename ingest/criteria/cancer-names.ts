import { CANCER_ENTRIES } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'

/** Finds every way of writing every cancer. */
export const CANCER_NAMES = createLexicon(CANCER_ENTRIES)
