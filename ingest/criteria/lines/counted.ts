import type { Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'

const NUMBER_WORDS: Record<string, number> = {
  one: 1,
  a: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
}
const NUMBER = '(\\d{1,2}|one|two|three|four|five|six|une?|deux|trois|quatre|cinq)(?: ?\\(\\d{1,2}\\))?'

/** A counted line of treatment: "lines of therapy", "prior systemic regimens", « lignes de chimiothérapie ». */
const KIND =
  '(?:(?:prior|previous|earlier|different|separate|distinct|additional|systemic|standard|approved|anti-?\\s?(?:cancer|neoplastic|tumou?r|myeloma|lymphoma|leuka?emi\\w*|dlbcl)|chemo\\w*|cytotoxic|endocrine|hormonal|hormone|palliative|platinum\\w*|platinum-based|platinum-containing|based|containing|targeted|immuno\\w*|biologic\\w*|treatment|therapeutic|metastatic|full|complete|multi-?agent|conventional|available|anterieures?|systemiques?|de|of|the|or|and|more|ou|plus|egfr|tki|tkis|available|salvage|single-agent|combination|total|successive|first|unsuccessful|failed)[ -/]+){0,7}'
const LINE =
  '(?:lines?|regimens?|lignes?|systemic (?:therap\\w+|treatments?|regimens?)|(?:prior|previous) (?:[a-z-]+ ){0,2}(?:therap\\w+|treatments?|regimens?|lines?)|therapies|treatments|systemic therapy)\\b'
const COUNTED = new RegExp(
  `(?:(at least|>=|>/=|≥|=>|minimum(?: of)?|no fewer than|not less than|au moins|a minimum of|> ?/ ?=|no less than)|(no more than|not more than|<=|</=|≤|up to|at most|maximum(?: of)?|a maximum of|no greater than|fewer than or equal to|less than or equal to(?: \\(<=\\)| \\(≤\\))?|au plus|au maximum|jusqu'a|limited to|not exceed\\w*)|(more than|greater than|>|over|exceeding|plus de)|(less than|fewer than|<|moins de)|(only|exactly|just|seulement|une seule))? ?(?:\\([≥≤<>=]+\\) ?|\\((?:<=|≤|>=|≥) ?)?${NUMBER}\\)?(?: ?(?:(-|to|a|or|ou|and|et|,|but)) ?(?:(no more than|not more than|up to|at most|≤|<=|maximum of|a maximum of|less than|fewer than) ?)?${NUMBER})?( or more| or greater| or fewer| or less| ou plus| ou moins|\\+| and (?:no|not) more than ${NUMBER})? ${KIND}${LINE}`,
  'g',
)
const NOT_COUNTED =
  /\b(?:cycles?|radiother\w+|radiation|surger\w+|doses?|weeks?|days?|months?|antibiotic\w*|antiretrovir\w*|antihypertens\w*|antiepilep\w*|transfus\w*|insulin|steroid\w*|contracepti\w*|treatment arms?|treatments? (?:groups?|arms?)|investigational|immunosuppress\w*|biologic(?:al)? (?:dmards?)?|dmards?)\b/
const ADJUVANT_ONLY = /\b(?:neo-?adjuvant|adjuvant|\(neo\)\s?adjuvant|radical|curative|perioperative)\b/

/** "Has not received more than three lines". */
const NOT_RECEIVED = /\bnot (?:have |has )?(?:previously )?(?:received|had|undergone) (?:any )?$/

/** The numbers of lines that a sentence states, as bounds on those received: an exclusion is turned round. */
export function readCounts(sentence: Sentence): Bounds[] {
  const all: Bounds[] = []
  if (!/line|regimen|ligne|therap|treatment/.test(sentence.text)) return all
  for (const match of sentence.text.matchAll(COUNTED)) {
    const from = match.index
    const to = from + match[0].length
    const tail = sentence.text.slice(to, to + 30)
    if (NOT_COUNTED.test(match[0]) || /^ (?:arms?|groups?|cycles?|of (?:radio|radiation|antibiotic))/.test(tail))
      continue
    if (
      /\bline\b/.test(match[0]) === false &&
      !/\b(?:prior|previous|systemic|regimens?|lignes?|lines?|anterieur\w*)\b/.test(match[0])
    )
      continue
    if (ADJUVANT_ONLY.test(match[0])) continue
    const [, atLeast, atMost, above, below, only, low, , upper, high, more, also] = match
    const first = toNumber(low)
    const second = high === undefined ? null : toNumber(high)
    const bounds = boundsOf({ atLeast, atMost, above, below, only, first, second, upper, more, also })
    const isTurned = sentence.side === 'out' || NOT_RECEIVED.test(sentence.text.slice(0, from))
    const turned = isTurned ? complement(bounds, match[0]) : bounds
    if (sentence.side === 'allowed' && turned.max === null) continue
    if (sentence.side === 'allowed') turned.min = null
    if (turned.min !== null || turned.max !== null) all.push({ ...turned, from, to })
  }
  return all
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

function boundsOf({ atLeast, atMost, above, below, only, first, second, upper, more, also }: Parts): {
  min: number | null
  max: number | null
} {
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
function complement(
  { min, max }: { min: number | null; max: number | null },
  words: string,
): { min: number | null; max: number | null } {
  if (min !== null && max === null) return { min: null, max: min - 1 }
  if (max !== null && min === null) return { min: max + 1, max: null }
  return /\b(?:more|greater|>|≥)/.test(words) && min !== null ? { min: null, max: min - 1 } : { min: null, max: null }
}

const toNumber = (words: string | undefined) => NUMBER_WORDS[words ?? ''] ?? Number(words)
