import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { diagnosisSentences } from '../diagnosis.ts'
import { type Finding, found, foundElsewhere } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document } from '../sentences.ts'
import { fold } from '../text.ts'

/** "Non-squamous" in folded text. */
export const NON_SQUAMOUS = /\bnon-?\s?(?:squamous|epidermoide)\b/
/** "Testing is required for non-squamous tumours", "if non-squamous": of these people only. */
const OF_NON_SQUAMOUS = /\b(?:for|if|in|of)(?: all| any)?(?: (?:patients|participants|subjects|those) with)? $/
const EITHER_SQUAMOUS =
  /\b(?<!non-)(?<!non )squamous (?:or|and|and\/or|\/|or a) ?non-?\s?squamous|\bnon-?\s?squamous (?:or|and|\/) ?(?:squamous)/

/** "Non-squamous non-small cell lung cancer": squamous histology is ruled out. */
export function nonSquamous(document: Document, input: CriteriaInput, required: readonly string[]): Finding | null {
  if (
    !required.some((code) => code === 'NSCLC' || isWithin('LUSC', code) || isWithin(code, 'NSCLC')) ||
    required.includes('LUSC')
  )
    return null
  const fact = { kind: 'cancer', polarity: 'excluded', code: 'LUSC' } as const
  if (document.sentences.some(({ text }) => EITHER_SQUAMOUS.test(text))) return null
  for (const sentence of diagnosisSentences(document)) {
    const match = NON_SQUAMOUS.exec(sentence.text)
    if (match && sentence.cohort === null && !OF_NON_SQUAMOUS.test(sentence.text.slice(0, match.index)))
      return found(fact, 'cancer-non-squamous', sentence, { from: match.index, to: match.index + match[0].length })
  }
  for (const title of [input.briefTitle, input.officialTitle]) {
    if (title && NON_SQUAMOUS.test(fold(title)) && !EITHER_SQUAMOUS.test(fold(title)))
      return foundElsewhere(fact, 'cancer-non-squamous', 'title', title)
  }
  return null
}
