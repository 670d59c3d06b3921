import type { Document, Sentence } from './sentences.ts'

/** "One of the following": its items are ways in, each alone. */
const ONE_OF =
  /\b(?:one|any|either)\b[^.;:]{0,20}\bof\b|\bone or more of\b|\beither ?:? ?$|\bincluding ?: ?$|\bdefined (?:as|by)\b[^.;]{0,40}:? ?$|\b(?:l'un|au moins un) d/
const OPENS_OR = /^\W*(?:or|ou)\b/
const ENDS_OR = /\b(?:or|ou)\W*$/
/** An "or" list: the statement that leads its items, or the two sentences that an "or" joins. */
export type OrList = { lead: number } | { pair: number }

/** The "or" list of inclusions that a sentence is an item of; null when it stands by itself. */
export function orListOf({ sentences }: Document, sentence: Sentence): OrList | null {
  if (sentence.side === 'out') return null
  const { lead, index } = sentence
  if (lead && ONE_OF.test(lead.text) && sentence.cohort === lead.cohort) return { lead: lead.statement }
  const [before, after] = [sentences[index - 1], sentences[index + 1]]
  const isSecond = OPENS_OR.test(sentence.text) || (before && ENDS_OR.test(before.text))
  const isFirst = ENDS_OR.test(sentence.text) || (after && OPENS_OR.test(after.text))
  if (!isFirst && !isSecond) return null
  return lead ? { lead: lead.statement } : { pair: isSecond ? index - 1 : index }
}
