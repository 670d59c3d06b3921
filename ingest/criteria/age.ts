import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'

const YEARS_PER: Record<string, number> = {
  y: 1,
  a: 1,
  m: 1 / 12,
  w: 7 / 365.25,
  s: 7 / 365.25,
  d: 1 / 365.25,
  j: 1 / 365.25,
}
const UNIT = '(years?|yrs?|y\\.?o\\.?|y/o|ans?|months?|mois|weeks?|semaines?|days?|jours?)'
const NUMBER = '(\\d{1,3}(?:\\.\\d)?)'

/** A range, or one bound, always with the word "age", "aged", "years old" or with "patients of … years" about it. */
const RANGE = new RegExp(
  `\\b(?:between|entre|from|de|age[ds]?|ages|aged|ans|:|=|of|to|>=|≥|are|is)?[ (]*${NUMBER} ?(?:${UNIT}(?: of age| old)?(?:,? \\d{1,2} months?)?)?[ ,]*(?:-|~|～|to|and|a|et|through|until|up to|≤|<=|and ≤|and <=|to ≤)[ ]*(?:(?:less than|under|and including|<|≤|<=) ?)?${NUMBER} ?${UNIT}`,
)
/** "From birth to 2 years": no least age. */
const FROM_BIRTH = new RegExp(
  `\\b(?:birth|first days? of life|day 0|la naissance)[ ,]*(?:-|~|to|until|up to|and|a|jusqu'a)[ ]*(?:(?:less than|under|<|≤|<=) ?)?${NUMBER} ?${UNIT}`,
)
/** "Ages 20-35", without a unit. */
const BARE_RANGE =
  /\bage[sd]?:? ?(?:between |from )?(\d{1,2}) ?(?:-|~|to|and) ?(\d{1,3})\b(?! ?(?:months?|weeks?|days?|mois|years?|ans|%|\.))/
const MIN_BOUND = new RegExp(
  `(>=|>/=|≥|=>|> ?/ ?=|>|at least|(?:greater|older|more) than(?: or equal to)?|superieure? (?:ou egale? )?a|au moins|over|above|aged|age of|age:|age|minimum(?: age)?(?: of)?|plus de|from|is|are|de)? ?(?:\\([≥>]=?\\) ?)?(?:the age of )?${NUMBER} ?${UNIT}(?:[ -](?:of age|old|and older|or older|and above|or above|and over|or over|d'age|et plus|ou plus|revolus))*`,
)
const MAX_BOUND = new RegExp(
  `(<=|</=|≤|=<|<|(?:less|younger|lower) than(?: or equal to)?|under|below|before|up to(?: and (?:including|equal to))?|until|inferieure? (?:ou egale? )?a|moins de|jusqu'a|maximum(?: age)?(?: of)?|no older than|not older than) ?(?:\\([≤<]=?\\) ?)?(?:the )?(?:age of )?${NUMBER} ?${UNIT}`,
)
const AGE_WORD =
  /\b(?:age[ds]?|ages|years?[- ]old|years? of age|yrs? of age|ans revolus|year-old|y\.?o\b|older|adults?|adultes?|agee?s?|months? old|ans\b)/

/**
 * Age bounds, in years. The registry's own fields come first; the text is read when they are absent, and beside them
 * when it contradicts them (lower confidence, so that it can be looked at).
 */
export function readAge(document: Document, input: CriteriaInput): Finding[] {
  const { minimumAgeYears, maximumAgeYears } = input
  const text = ageOfText(document)
  if (minimumAgeYears === null && maximumAgeYears === null) return text ? [text] : []
  const quote = [
    minimumAgeYears === null ? null : `≥ ${minimumAgeYears}`,
    maximumAgeYears === null ? null : `≤ ${maximumAgeYears}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
  const registry = foundElsewhere(
    { kind: 'age', polarity: 'required', minYears: minimumAgeYears, maxYears: maximumAgeYears },
    'age-registry',
    'registry',
    quote,
    1,
  )
  return text && isAnother(text, minimumAgeYears, maximumAgeYears)
    ? [registry, { ...text, confidence: CONFIDENCE_AGAINST_REGISTRY }]
    : [registry]
}

/** Which of the two is right cannot be told from here. */
const CONFIDENCE_AGAINST_REGISTRY = 0.5

/** Whether the text bounds ages where the registry does not, or otherwise; months are rounded differently by each. */
function isAnother({ fact }: Finding, minimum: number | null, maximum: number | null): boolean {
  const other = (text: number | null, registry: number | null) =>
    text !== null && (registry === null || Math.abs(text - registry) >= 0.5)
  return fact.kind === 'age' && (other(fact.minYears, minimum) || other(fact.maxYears, maximum))
}

/** What the text itself says of age: the widest of its statements in inclusion, else what exclusions leave. */
export function ageOfText(document: Document): Finding | null {
  let widest: Finding | null = null
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed') continue
    const read = readAgeSentence(sentence)
    if (read?.fact.kind !== 'age') continue
    if (widest?.fact.kind !== 'age') {
      widest = read
      continue
    }
    if (read.section === 'exclusion' || widest.section === 'exclusion') {
      widest.fact.minYears ??= read.fact.minYears
      widest.fact.maxYears ??= read.fact.maxYears
      continue
    }
    if (!read.cohort && !widest.cohort) continue
    widest.fact.minYears = least(widest.fact.minYears, read.fact.minYears)
    widest.fact.maxYears = most(widest.fact.maxYears, read.fact.maxYears)
  }
  return widest
}

const least = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.min(a, b))
const most = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b))

/** What a minor's consent needs, and what a definition calls, bounds nobody's age. */
const OTHER_AGE_FAR =
  /\b(?:assent|guardians?|legal(?:ly)? (?:authori[sz]ed )?representatives?|parent\(?s?|(?:provide|provision of|written) (?:[a-z]+ ){0,4}consent|is defined as|are defined as|risk factors?|ige|lansky|karnofsky|onset|household|close contacts)\b[^.;]{0,160}$|\+ ?\/ ?- ?$|± ?$/

/** Ages of parents, donors, at diagnosis or of a sub-group are not the person's. */
const OTHER_AGE =
  /\b(?:donors?|donneurs?|diagnos\w* (?:at|before|after)|at (?:the time of )?diagnosis|onset|gestation\w*|postmenopaus\w*|menopaus\w*|amenorrh\w*|contracepti\w*|childbearing|child-bearing|siblings?|parents?|mothers?|partners?|life expectancy|esperance|within|prior to|dans les|history|smok\w*|pack|if (?:age|<|>|patient)|for (?:patients|participants|subjects|women|men|those) (?:aged|over|under|>|≥|<|≤)|bone age|diagnosed|of (?:first |initial )?diagnosis|sudden|unexplained|relatives?|household|contacts|risk factors?|considered|creatinine|lansky|performance|matched|able to (?:give|provide)|for (?:at least|more than|over)|for (?:≥|>=|>) ?\d{1,3}|kps|serum|ige\b|disease duration|for at least|duration|since|depuis|previous|remission|follow-?up|ecog|karnofsky|wherein|wash)\b/

function readAgeSentence(sentence: Sentence): Finding | null {
  const { text } = sentence
  const leadAge = sentence.lead ? /\bage\b/.test(sentence.lead.text) && sentence.lead.text.length < 40 : false
  if ((!leadAge && !AGE_WORD.test(text)) || /\b(?:creatinine|e?gfr|filtration|white blood|wbc)\b/.test(text))
    return null
  const head = text.slice(0, 240)
  const at = AGE_WORD.exec(head)?.index ?? 0
  const near = head.slice(Math.max(0, at - 60), at + 110)
  const offset = Math.max(0, at - 60)
  const out = sentence.side === 'out'
  const birth = FROM_BIRTH.exec(near)
  if (birth && !out) {
    const from = offset + birth.index
    return ageFinding(sentence, null, inYears(birth[1], birth[2]), from, from + birth[0].length)
  }
  const range = RANGE.exec(near)
  if (range) {
    const around = near.slice(Math.max(0, range.index - 50), range.index + range[0].length + 44)
    if (out || OTHER_AGE.test(around) || isOtherAge(text, offset + range.index)) return null
    const unit = range[4] ?? 'years'
    const min = inYears(range[1], range[2] ?? unit)
    const max = inYears(range[3], unit)
    const [low, high] = widened(near.slice(range.index + range[0].length), min, max)
    if (low < high && high < 130)
      return ageFinding(sentence, low, high, offset + range.index, offset + range.index + range[0].length)
    return null
  }
  const bare = BARE_RANGE.exec(near)
  if (bare && !out && Number(bare[1]) < Number(bare[2]) && !isOtherAge(text, offset + bare.index)) {
    const from = offset + bare.index
    return ageFinding(sentence, Number(bare[1]), Number(bare[2]), from, from + bare[0].length)
  }
  const max = MAX_BOUND.exec(near)
  const min = MIN_BOUND.exec(max ? near.replace(max[0], ' '.repeat(max[0].length)) : near)
  const usable = (match: RegExpExecArray | null) =>
    match !== null &&
    (!OTHER_AGE.test(near.slice(Math.max(0, match.index - 50), match.index + match[0].length + 44)) || leadAge) &&
    !isOtherAge(text, offset + match.index)
  const minYears = usable(min) && min && ageLike(near, min) ? inYears(min[2], min[3]) : null
  const maxYears = usable(max) && max && ageLike(near, max) ? inYears(max[2], max[3]) : null
  if (minYears === null && maxYears === null) return null
  const spans = [min, max].filter((match) => match !== null)
  const from = offset + Math.min(...spans.map(({ index }) => index))
  const to = offset + Math.max(...spans.map((match) => match.index + match[0].length))
  if (!out) return ageFinding(sentence, minYears, maxYears, from, to)
  if (CONDITIONAL.test(text.slice(to))) return null
  if (maxYears !== null) return ageFinding(sentence, maxYears, null, from, to)
  return minYears !== null && min?.[1] && /^(?:>|older|over|more|plus|superieur|above|greater|≥)/.test(min[1])
    ? ageFinding(sentence, null, minYears, from, to)
    : null
}

/** "Individuals over 65 with a low score": not all of them. */
const CONDITIONAL = /^[^.;,]{0,20}\b(?:with|who|whose|having)\b/

/** "Adolescents (12 to 18 years) and young adults (19 to 40 years)": both. */
function widened(rest: string, min: number, max: number): [number, number] {
  const other = /^[^.;]{0,12}(?:and|or|et|ou)\b/.test(rest) ? RANGE.exec(rest) : null
  if (!other || other.index > 60) return [min, max]
  const unit = other[4] ?? 'years'
  const [low, high] = [inYears(other[1], other[2] ?? unit), inYears(other[3], unit)]
  return low < high ? [Math.min(min, low), Math.max(max, high)] : [min, max]
}

const isOtherAge = (text: string, at: number) => OTHER_AGE_FAR.test(text.slice(0, at))

/** The number is an age: the word stands close by; days, weeks and months are mostly time, so right beside it. */
function ageLike(near: string, match: RegExpExecArray): boolean {
  if (!/year|yr|y\.?\/?o|an/.test(match[3] ?? '')) {
    const beside = near.slice(Math.max(0, match.index - 10), match.index + match[0].length + 10)
    return /\bage[ds]?\b|\bold\b|d'age|agee?s?\b/.test(beside)
  }
  const around = near.slice(Math.max(0, match.index - 40), match.index + match[0].length + 22)
  return /\bage|\baged|\bages\b|\bold\b|agee?s?\b|adult|older|d'age|revolus|et plus|younger|children|enfants/.test(
    around,
  )
}

const inYears = (value: string | undefined, unit: string | undefined) =>
  Math.round(Number(value) * (YEARS_PER[(unit ?? 'y').charAt(0) === 'm' ? 'm' : (unit ?? 'y').charAt(0)] ?? 1) * 1000) /
  1000

function ageFinding(
  sentence: Sentence,
  minYears: number | null,
  maxYears: number | null,
  from: number,
  to: number,
): Finding {
  const least = minYears === 0 && maxYears !== null ? null : minYears
  return found({ kind: 'age', polarity: 'required', minYears: least, maxYears }, 'age-text', sentence, {
    from,
    to,
    confidence: 0.8,
  })
}
