import { createLexicon } from '../../../domain/vocabulary/lexicon.ts'
import { THERAPY_ENTRIES } from '../../../domain/vocabulary/therapies.ts'

/** Finds every way of writing every treatment. */
export const THERAPY_NAMES = createLexicon(THERAPY_ENTRIES)

/** A treatment named in a text: its code and where, as UTF-16 offsets into the text. */
export interface Mention {
  code: string
  start: number
  end: number
}
