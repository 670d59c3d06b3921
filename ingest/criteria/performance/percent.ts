import { type Finding, found } from '../evidence.ts'
import type { Sentence } from '../sentences.ts'
import { ABOVE, AT_LEAST, AT_MOST, BELOW, SYMBOL_NOTE } from './comparisons.ts'

const KARNOFSKY = /\bkarn[oi]fs?k[iy]\b(?:'s)?|\bkps\b|\bindice de karnofsky\b/g
const LANSKY = /\blansky\b/g

const PERCENT = new RegExp(
  `(${AT_LEAST}|${ABOVE}|${AT_MOST}|${BELOW})? ?${SYMBOL_NOTE}(?:(?:a|of|score|is|index|performance|status) ){0,3}(100|[1-9]0)\\b(?: ?%| percent)?(?: ?(?:or|ou|and) (?:more|greater|higher|better|above|over|plus)| ?\\+)?`,
)

/** "≥ 50 percent by the Lansky scale". */
const PERCENT_BEFORE = new RegExp(
  `(${AT_LEAST}|${ABOVE}|${AT_MOST}|${BELOW}) ?\\)? ?(100|[1-9]0)\\b(?: ?%| percent)?(?: \\(%\\))?(?: (?:by|on|per|according to|using))?(?: the)? $`,
)

/** "(For patients of 16 years and over)": the scale is by age. */
const AGES = /\([^()]{0,60}\b(?:age|years?)\b[^()]{0,40}\)/g

const SAYS = {
  atLeast: new RegExp(`^${AT_LEAST}$`),
  above: new RegExp(`^${ABOVE}$`),
  atMost: new RegExp(`^${AT_MOST}$`),
  below: new RegExp(`^${BELOW}$`),
}

/** The lowest score on the Karnofsky scale (steps of ten, 0 to 100) that a sentence lets in. */
export const readKarnofsky = (sentence: Sentence): Finding[] => readPercent(sentence, 'Karnofsky', KARNOFSKY)

/** The lowest score on the Lansky scale for children (steps of ten, 0 to 100) that a sentence lets in. */
export const readLansky = (sentence: Sentence): Finding[] => readPercent(sentence, 'Lansky', LANSKY)

function readPercent(sentence: Sentence, scale: 'Karnofsky' | 'Lansky', name: RegExp): Finding[] {
  if (sentence.text.search(name) < 0) return []
  for (const match of sentence.text.matchAll(name)) {
    const end = match.index + match[0].length
    const before = sentence.text.slice(Math.max(0, match.index - 60), match.index)
    const ahead = PERCENT_BEFORE.exec(before)
    const value =
      ahead ??
      PERCENT.exec(
        sentence.text
          .slice(end, end + 260)
          .replace(AGES, '')
          .slice(0, 110),
      )
    if (!value) continue
    const min = lowest(value[1] ?? '', Number(value[2]), sentence.side)
    if (min === null || min > 100) continue
    const fact = { kind: 'performance', polarity: 'required', scale, min, max: null } as const
    const span = ahead
      ? { from: match.index - before.length + ahead.index, to: end }
      : { from: match.index, to: sentence.text.indexOf(value[0], end) + value[0].length }
    return [found(fact, `performance-${scale.toLowerCase()}`, sentence, span)]
  }
  return []
}

/** The lowest score let in by the words before a score; null where none is, or the words set an upper bound. */
function lowest(words: string, score: number, side: Sentence['side']): number | null {
  const inclusiveUpper = SAYS.atMost.test(words)
  const isUpper = inclusiveUpper || SAYS.below.test(words)
  if (side === 'out') return isUpper ? (inclusiveUpper ? score + 10 : score) : null
  if (isUpper) return null
  return SAYS.above.test(words) && !SAYS.atLeast.test(words) ? score + 10 : score
}
