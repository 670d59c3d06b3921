import type { Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'
import { WINDOW } from './untreated.ts'

const LATER =
  /\b(?:second|2nd|third|3rd)[- ]line\b|\bdeuxieme ligne\b|\bafter (?:failure|progression)\b|\b(?:progress\w+|relapse\w*|refractory|failed|failure|intoleran\w+)\b[^.;]{0,60}\b(?:on|after|during|following|to|with|upon|under|apres|sous)\b[^.;]{0,60}\b(?:therap\w+|treatments?|lines?|inhibitors?|tkis?|chemo\w*|regimens?|traitement|ligne)\b/
const NOT_PROGRESSED = /\b(?:no|not|without|never|sans|pas)\b[^.;,]{0,40}$/
/** "After first-line chemotherapy", in a trial that goes on from it. */
const AFTER_FIRST =
  /\b(?:first|1st|1)[- ]?line (?:of )?(?:[a-z-]+ ){0,4}(?:chemo\w*|therap\w+|treatment|regimen)\b[^.;]{0,60}\b(?:received|completed|given|administered|without progress\w+|recu\w*)\b|\b(?:received|completed|after|following)\b[^.;]{0,40}\b(?:first|1st|1)[- ]?line\b/

/** "Progressed on prior chemotherapy", "second-line": at least one line. */
export function readProgressed({ side, text }: Sentence): Bounds | null {
  const progressed = side === 'in' ? LATER.exec(text) : null
  if (
    !progressed ||
    NOT_PROGRESSED.test(text.slice(0, progressed.index)) ||
    /\bineligible\b/.test(progressed[0]) ||
    WINDOW.test(text.slice(progressed.index, progressed.index + 60))
  )
    return null
  return { min: 1, max: null, from: progressed.index, to: progressed.index + progressed[0].length }
}

/** "Completed first-line chemotherapy": exactly one line. */
export function readAfterFirst({ side, text }: Sentence): Bounds | null {
  const match = side === 'in' ? AFTER_FIRST.exec(text) : null
  if (!match || /\bor (?:later|second|subsequent)/.test(text)) return null
  return { min: 1, max: 1, from: match.index, to: match.index + match[0].length }
}
