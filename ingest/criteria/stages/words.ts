import { createLexicon } from '../../../domain/vocabulary/lexicon.ts'
import { STAGE_ENTRIES } from '../../../domain/vocabulary/stages.ts'
import { TREATED_DISEASE } from '../diagnosis.ts'
import { fits, IN_SENTENCES, isDenied, LABORATORY, SAID_OTHERWISE } from './contexts.ts'
import type { Hit } from './hit.ts'

/** What people type for a setting, but criteria say of other diseases: "indolent lymphoma", "asymptomatic patients". */
const SAID_OF_OTHERS = new Set(['indolent', 'asymptomatique', 'borderline'])
const LEXICON = createLexicon(STAGE_ENTRIES.filter(({ surface }) => !SAID_OF_OTHERS.has(surface)))

/** Where a treatment stands, which criteria mostly name of earlier treatments: believed in titles only. */
const TREATMENT_SETTINGS = new Set([
  'neoadjuvant',
  'adjuvant',
  'perioperative',
  'first_line',
  'later_line',
  'maintenance',
  'consolidation',
])
/** "Resistant to adjuvant endocrine therapy", "after first-line chemotherapy": an earlier treatment. */
const EARLIER_TREATMENT =
  /\b(?:resistan\w+ to|refractory to|progress\w+ (?:on|during|after)|fail\w+ (?:of|to)?|after|following|post|under|prior|previous|resistant[es]* a) (?:[a-z]+ ){0,2}$/
/** Said of a time around an operation, whatever is done then; a treatment then, in a title, is adjuvant. */
const AROUND_OPERATION = /^(?:after surgery|post[- ]?operative)$/
const A_TREATMENT = /^ (?:[a-z-]+ ){0,2}?(?:radi\w+|chemo\w+|immuno\w+|adjuvant|treatment|therapy)\b/
const UNTREATED = /untreated|naive|naif|traite/
const NOUN = /^(?:relapse|recurrence|rechute|recidive|progressive disease)s?$/
const NOUN_BEFORE =
  /\b(?:in|first|second|third|1st|2nd|3rd|early|after|any|greater|later|subsequent|multiple|marrow|bm|medullary|isolated|combined|extramedullary|current|documented|confirmed|biochemical|psa|local|locoregional) $/
const NOUN_AFTER = /^(?:\/| or | and\/or )refractory\b/

/**
 * Stages and settings named in a text by their words. `folded` is `plain` folded. Words are not taken where what stands
 * around them shows that they say something else, deny it, or name what was treated earlier.
 */
export function wordsIn(plain: string, folded: string, isTitle: boolean): Hit[] {
  const hits: Hit[] = []
  for (const { start, end, value } of LEXICON.findAll(plain)) {
    const { code, unsure } = value
    if ((unsure && !isTitle) || /^(?:0|I)/.test(code)) continue
    const word = folded.slice(start, end)
    const before = folded.slice(Math.max(0, start - 110), start)
    const after = folded.slice(end, end + 90)
    if (isDenied(before) || isOther(code, before, after, isTitle)) continue
    if (TREATMENT_SETTINGS.has(code) && (!isTitle || EARLIER_TREATMENT.test(before))) continue
    if (AROUND_OPERATION.test(word) && !(isTitle && A_TREATMENT.test(after))) continue
    if (!isTitle && TREATED_DISEASE.test(before)) continue
    if (!isTitle && NOUN.test(word) && !NOUN_BEFORE.test(before) && !NOUN_AFTER.test(after)) continue
    hits.push({ code, from: start, to: end, ...(UNTREATED.test(word) && { untreated: true }) })
  }
  return hits
}

function isOther(code: string, before: string, after: string, isTitle: boolean): boolean {
  if (fits(SAID_OTHERWISE[code], before, after)) return true
  if (isTitle) return false
  return fits(IN_SENTENCES[code], before, after) || (code === 'metastatic' && LABORATORY.test(before.slice(-80)))
}
