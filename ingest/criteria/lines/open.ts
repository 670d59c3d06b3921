import type { Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'

/** "Any number of prior therapies", "no limit to the number of prior lines", "any line of therapy". */
const ANY_NUMBER =
  /\b(?:any number of|(?:no|without) (?:limits?|restrictions?|maximum|upper limit) (?:to|on|for|in|of|as to|regarding) (?:the )?(?:number|amount)s? of|regardless of the number of|irrespective of the number of|any)(?: (?:prior|previous|earlier|systemic|anti-?cancer|cancer|treatment|different))* (?:lines?|therap(?:y|ies)|treatments?|regimens?)\b/
const NUMBERED = /\b(?:number|lines?)\b/
const NAIVE = /\b(?:na[iï]ve|untreated|no prior|not (?:have )?received)\b/
/** "Treatment-naive or progressed on one or more lines", "previously untreated or relapsed". */
const NAIVE_OR_TREATED =
  /\b(?:na[iï]ve|(?:previously |newly diagnosed )?untreated)\b[^.;]{0,80}\bor\b[^.;]{0,60}\b(?:progress\w+|relaps\w+|refractory|failed|recurr\w+|(?:previously |pre-?)?treated|(?:one|1|two|2|\d) ?(?:or more|to \d)?[^.;]{0,20}\blines?)\b|\b(?:previously treated|pre-?treated|relapsed|refractory)\b[^.;,]{0,40}\bor\b[^.;,]{0,30}\b(?:untreated|na[iï]ve)\b/
/** Of lesions or of one drug. */
const OTHER_UNTREATED =
  /\b(?:brain|cns|metastases|lesions?|hepatitis|infection|depression|hypertension|inhibitors?|tkis?)\b/

/** Where a sentence lets people in whatever the number of their lines. */
export function readAnyNumber({ side, text }: Sentence): Bounds | null {
  if (side === 'out') return null
  const any = ANY_NUMBER.exec(text)
  if (any && NUMBERED.test(any[0])) {
    const min = NAIVE.test(text) || any[0].startsWith('any line') ? 0 : null
    return { min, max: null, from: any.index, to: any.index + any[0].length }
  }
  const either = side === 'in' ? NAIVE_OR_TREATED.exec(text) : null
  return either && !OTHER_UNTREATED.test(either[0])
    ? { min: 0, max: null, from: either.index, to: either.index + either[0].length }
    : null
}
