import { CANCER_ENTRIES } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'

/** Finds every way of writing every cancer. */
export const CANCER_NAMES = createLexicon(CANCER_ENTRIES)

/** Words for any cancer at all: all cancers, all solid tumours, all of the blood. */
export const FAMILIES: ReadonlySet<string> = new Set(['ANY_CANCER', 'ANY_SOLID', 'ANY_HEME'])
