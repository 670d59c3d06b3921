import { createLexicon, type LexiconEntry } from '../../../domain/vocabulary/lexicon.ts'
import type { Sense } from '../../../domain/vocabulary/term.ts'

/** Surfaces that a lexicon of these entries reads as another code than the one they were given for. */
export function doubleMeanings(entries: readonly LexiconEntry<Sense>[]): string[] {
  const lexicon = createLexicon(entries)
  return entries.flatMap(({ surface, value }) => {
    const read = lexicon.findAt(surface, 0)?.value.code
    return read === value.code ? [] : [`${surface}: ${value.code} or ${read}`]
  })
}
