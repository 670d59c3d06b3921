import { type Finding, found } from '../evidence.ts'
import type { Document, Sentence } from '../sentences.ts'

const SPREAD =
  '(?:distant |overt |synchronous )?(?:metastatic (?:disease|cancer|carcinoma|tumou?rs?)|metastas[ei]s|metastases a distance)'
const OPENING =
  '(?:(?:known|any|presence of|evidence of|documented|confirmed|patients?|participants?|subjects?|with|who|has|have|having|clinical|radiological|radiographic|or|of|current|the|a|presence de) )*'
/** Among exclusions, a sentence that says this and no more. */
const WHOLE = new RegExp(
  `^[^a-z]*${OPENING}(?:${SPREAD}|stage iv(?: disease| cancer)?|m1(?: disease)?)(?: ?\\(?m1\\)?| at (?:diagnosis|screening|presentation|inclusion|baseline|enrol+ment))*[ .;,]*$`,
)
/** Among inclusions, a denial of it. */
const DENIED = new RegExp(
  `\\b(?:no|without|absence of|absence de|negative for|sans|pas de) (?:(?:known|any|clinical|radiological|radiographic|imaging|or|evidence|signs?|proof|of|on imaging) )*${SPREAD}(?! (?:to|in|of|outside|other|beyond|except|lesions?|sites?|setting))\\b`,
)
const NOT_SPREAD = /\bm0\b/

/** Trials that keep out people with distant metastases, where the whole trial says so. */
export function readExcludedSpread(document: Document): Finding[] {
  for (const sentence of document.sentences) {
    if (sentence.lead !== null || sentence.cohort !== null) continue
    const match = spreadDeniedIn(sentence)
    if (!match) continue
    const bounds = { from: match.index, to: match.index + match[0].length, cohort: null, confidence: 0.8 }
    return [found({ kind: 'stage', polarity: 'excluded', anyOf: ['metastatic'] }, 'stage-excluded', sentence, bounds)]
  }
  return []
}

function spreadDeniedIn({ side, section, text }: Sentence): RegExpExecArray | null {
  if (side === 'out') return section === 'exclusion' ? WHOLE.exec(text) : null
  if (side !== 'in') return null
  return DENIED.exec(text) ?? (/\bm1/.test(text) ? null : NOT_SPREAD.exec(text))
}
