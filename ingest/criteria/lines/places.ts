import type { Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'
import { ORDINALS, oneOf } from './words.ts'

const ORDINAL = `(${Object.keys(ORDINALS).join('|')})`
/** "Second- or third-line", "first-line", « deuxième ligne ». */
const LINES = `${ORDINAL}(?:[- ]?line|-)?(?: ?(?:or|and|to|and\\/or|\\/|ou|et) ?${ORDINAL})?[- ]?(?:line|ligne)`
const LATER = '( ?(?:or (?:later|beyond|more|greater|above|subsequent)|and (?:above|beyond)|\\+|plus))?'
/** The line in which the trial treats: what one is a candidate for, or the setting one is in. */
const PLACED = new RegExp(
  `\\b(?:${oneOf([
    'in (?:the |an? )?',
    '(?:candidates?|eligible|suitable|indicated|indication|scheduled|planned|planning|recommendation|recommended) (?:for|of|to (?:receive|start)) (?:an? |the )?',
  ])})(?:[a-z-]+ )?${LINES}${LATER}(?: (?:[a-z-]+ ){0,2}(setting|therapy|treatment|chemotherapy))?`,
)
/** "Second-line treatment of …", in a title. */
const TITLED = new RegExp(`\\b${LINES}${LATER}\\b`)
const DENIED = /\b(?:not|no|un|in)\b ?[^.;,]{0,20}$/
/** Names what was given before, or is to be given later. */
const OF_BEFORE =
  /\b(?:received|progress\w+|fail\w+|relaps\w+|refractory|resistant|after|following|prior|previous|during|completed|maintenance)\b[^.;]{0,40}$/

/** "In the second- or third-line setting", "candidate for first-line chemotherapy": what came before. */
export function readPlace({ side, text }: Sentence): Bounds | null {
  if (side !== 'in' || !/line|ligne/.test(text)) return null
  const match = PLACED.exec(text)
  if (!match || (match[0].startsWith('in') && match[4] !== 'setting')) return null
  const before = text.slice(0, match.index)
  return DENIED.test(before.slice(-30)) || OF_BEFORE.test(before.slice(-60)) ? null : placed(match)
}

/** "… as second-line treatment of …", of a folded title. */
export function placeInTitle(title: string): Bounds | null {
  const match = TITLED.exec(title)
  return !match || OF_BEFORE.test(title.slice(0, match.index).slice(-60)) ? null : placed(match)
}

function placed(match: RegExpExecArray): Bounds {
  const [first, last] = [ORDINALS[match[1] ?? ''] ?? 1, ORDINALS[match[2] ?? match[1] ?? ''] ?? 1]
  return { min: first - 1, max: match[3] ? null : last - 1, from: match.index, to: match.index + match[0].length }
}
