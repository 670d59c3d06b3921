import type { Sentence } from '../sentences.ts'
import type { Bounds, Range } from './bounds.ts'
import { NUMBER_WORDS, oneOf } from './words.ts'

const AT_LEAST = oneOf([
  'at least',
  '>=',
  '>/=',
  '≥',
  '=>',
  '> ?/ ?=',
  '(?:a )?minimum(?: of)?',
  'no fewer than',
  'not less than',
  'no less than',
  'au moins',
])
const AT_MOST = oneOf([
  '(?:no|not) more than',
  '<=',
  '</=',
  '≤',
  'up to',
  'at most',
  '(?:a )?maximum(?: of)?',
  'no greater than',
  '(?:fewer|less) than or equal to(?: \\((?:<=|≤)\\))?',
  'au plus',
  'au maximum',
  "jusqu'a",
  'limited to',
  'not exceed\\w*',
])
const ABOVE = oneOf(['more than', 'greater than', '>', 'over', 'exceeding', 'plus de'])
const BELOW = oneOf(['less than', 'fewer than', '<', 'moins de'])
const ONLY = oneOf(['only', 'exactly', 'just', 'seulement', 'une seule'])
const NUMBER =
  '(\\d{1,2}|one|two|three|four|five|six|zero|no(?= (?:or|to))|une?|deux|trois|quatre|cinq)(?: ?\\(\\d{1,2}\\))?'
const MORE = `or more|or greater|or fewer|or less|ou plus|ou moins|\\+|and (?:no|not) more than ${NUMBER}`

/** Words between the number and what is counted. */
const KIND = oneOf([
  'prior',
  'previous',
  'earlier',
  'different',
  'separate',
  'distinct',
  'systemic',
  'standard',
  'approved',
  'anti-?\\s?(?:cancer|neoplastic|tumou?r|myeloma|lymphoma|leuka?emi\\w*|dlbcl)',
  'chemo\\w*',
  'cytotoxic',
  'endocrine',
  'hormonal',
  'hormone',
  'palliative',
  'platinum\\w*',
  'based',
  'containing',
  'targeted',
  'immuno\\w*',
  'biologic\\w*',
  'treatment',
  'therapeutic',
  'metastatic',
  'full',
  'complete',
  'multi-?agent',
  'conventional',
  'available',
  'anterieures?',
  'systemiques?',
  'de',
  'of',
  'the',
  'or',
  'and',
  'more',
  'ou',
  'plus',
  'egfr',
  'tkis?',
  'single-agent',
  'combination',
  'total',
  'successive',
  'first',
  'unsuccessful',
  'failed',
])
/** What is counted: "lines of therapy", "prior regimens", « lignes de chimiothérapie ». */
const LINE = `${oneOf([
  'lines?',
  'regimens?',
  'lignes?',
  'systemic (?:therap\\w+|treatments?|regimens?)',
  '(?:prior|previous) (?:[a-z-]+ ){0,2}(?:therap\\w+|treatments?|regimens?|lines?)',
  '(?:prior|previous) courses? of (?:systemic |cytotoxic )?(?:chemo\\w*|therap\\w+)',
  'therapies',
  'treatments',
])}\\b`

const COUNTED = new RegExp(
  `(?:(${AT_LEAST})|(${AT_MOST})|(${ABOVE})|(${BELOW})|(${ONLY}))? ?(?:\\([≥≤<>=]+\\) ?|\\((?:<=|≤|>=|≥) ?)?(?<![\\w/-])${NUMBER}\\)?` +
    `(?: ?(?:-|to|a|or|ou|and|et|,|,? ?but) ?(?:(${AT_MOST}|${BELOW}) ?)?${NUMBER})?( (?:${MORE})|\\+)? (?:${KIND}[ -/]+){0,7}${LINE}`,
  'g',
)
/** A number of cycles, of treatments for something else, or of one kind of line only. */
const NOT_COUNTED =
  /\b(?:cycles?|radiother\w+|radiation|surger\w+|doses?|weeks?|days?|months?|antibiotic\w*|antiretrovir\w*|antihypertens\w*|antiepilep\w*|transfus\w*|insulin|steroid\w*|contracepti\w*|treatment arms?|treatments? (?:groups?|arms?)|investigational|immunosuppress\w*|biologic(?:al)? (?:dmards?)?|dmards?)\b/
const NOT_COUNTED_AFTER =
  /^ (?:arms?|groups?|cycles?|doses?|schedules?|options?|(?:of [a-z]+ )?(?:can|may|is|are) |of (?:radio|radiation|antibiotic)|[^.;,]{0,30}\b(?:is|are|as|will be) (?:defined|considered|counted))/
/** "Counts as one line": what a line is. */
const DEFINING = /\b(?:counts?|counted|considered|constitutes?|defined|regarded)(?: (?:as|to be|only|a|one))* ?$/
const ADJUVANT_ONLY = /\b(?:neo-?adjuvant|adjuvant|\(neo\)\s?adjuvant|radical|curative|perioperative)\b/
const IS_LINE = /\b(?:line|prior|previous|systemic|regimens?|lignes?|lines|anterieur\w*)\b/

/** "Has not received more than three lines", "cannot have > 5 lines". */
const NOT_RECEIVED =
  /\b(?:not|cannot|never|without|no)(?: (?:have|has|had|be|been|previously|received|undergone|treated|with|any|prior))* ?$/
/** "May have had one line": nobody need have. */
const MAY =
  /\b(?:may|might|can|could|peuvent|peut) (?:also )?(?:have )?(?:previously )?(?:received|had|undergone|recu)\b[^.;,]{0,20}$/
/** "Refractory after two lines": to two at the least. */
const OUTLIVED =
  /\b(?:after|to|following|on|upon|under|failed|failing|failure of|exhausted|apres)(?: (?:prior|previous|the|a))? ?$/

/** The numbers of lines that a sentence states, as bounds on those received: an exclusion is turned round. */
export function readCounts({ side, text }: Sentence): Bounds[] {
  if (!/line|regimen|ligne|therap|treatment/.test(text)) return []
  return [...text.matchAll(COUNTED)].flatMap((match) => {
    const from = match.index
    const to = from + match[0].length
    const before = text.slice(Math.max(0, from - 60), from)
    if (NOT_COUNTED.test(match[0]) || NOT_COUNTED_AFTER.test(text.slice(to, to + 60)) || DEFINING.test(before))
      return []
    if (!IS_LINE.test(match[0]) || ADJUVANT_ONLY.test(match[0])) return []
    const bounds = received(partsOf(match), side, before, match[0])
    return bounds.min === null && bounds.max === null ? [] : [{ ...bounds, from, to }]
  })
}

interface Parts {
  atLeast: string | undefined
  atMost: string | undefined
  above: string | undefined
  below: string | undefined
  only: string | undefined
  first: number
  second: number | null
  upper: string | undefined
  more: string | undefined
  also: string | undefined
}

function partsOf([, atLeast, atMost, above, below, only, low, upper, high, more, also]: RegExpMatchArray): Parts {
  const second = high === undefined ? null : toNumber(high)
  return { atLeast, atMost, above, below, only, first: toNumber(low), second, upper, more, also }
}

/** What the number says of lines received, given how the sentence speaks of it. */
function received(parts: Parts, side: Sentence['side'], before: string, words: string): Range {
  const bounds = boundsOf(parts)
  const isExact = bounds.min !== null && bounds.min === bounds.max && parts.only === undefined
  if (side === 'allowed' || MAY.test(before)) return { min: null, max: bounds.max }
  // "No more than three lines" among exclusions says what is asked for.
  if (side === 'out' && parts.atMost !== undefined && parts.second === null) return bounds
  if (side === 'out' || NOT_RECEIVED.test(before)) return complement(bounds, words)
  return isExact && OUTLIVED.test(before) ? { min: bounds.min, max: null } : bounds
}

function boundsOf({ atLeast, atMost, above, below, only, first, second, upper, more, also }: Parts): Range {
  if (also) return { min: first, max: toNumber(also) }
  if (second !== null) return { min: first, max: upper && /less|fewer/.test(upper) ? second - 1 : second }
  if (more && /more|greater|plus|\+/.test(more)) return { min: first, max: null }
  if (more) return { min: null, max: first }
  if (atLeast) return { min: first, max: null }
  if (atMost) return { min: null, max: first }
  if (above) return { min: first + 1, max: null }
  if (below) return { min: null, max: first - 1 }
  if (only) return { min: first, max: first }
  return { min: first, max: first }
}

/** What an exclusion rules out leaves the rest: "> 2 lines" leaves at most 2. */
function complement({ min, max }: Range, words: string): Range {
  if (min !== null && max === null) return { min: null, max: min - 1 }
  if (max !== null && min === null) return { min: max + 1, max: null }
  return /\b(?:more|greater|>|≥)/.test(words) && min !== null ? { min: null, max: min - 1 } : { min: null, max: null }
}

const toNumber = (words: string | undefined) => NUMBER_WORDS[words ?? ''] ?? Number(words)
