import { type Finding, found } from './evidence.ts'
import type { Document, Sentence } from './sentences.ts'

interface Bound {
  min: number | null
  max: number | null
  /** End of the words read, counted from the start of the window. */
  length: number
}

const ECOG =
  /\becog\b(?:[- ]?ps\b)?|\be\.c\.o\.g\b|\beastern (?:co-?operative|cooperation) (?:oncology|oncologic) group\b|\bzubrod\b|\bswog ps\b|\b(?:who|oms)(?:[/ -]ecog)?[ )-]{0,3}(?:ps\b|p\.s\.|performance|score de performance|indice)|\bworld health organi[sz]ation\b[^.]{0,12}\bperformance|\b(?:performance|general) (?:status|score|index|condition|state)\b|\b(?:indice|statut|score|etat) (?:de performance|general|ecog|oms)\b|\bps\b(?= ?(?:\(|of|score|ecog|who|oms|[0-2<≤=]))|\b(?:oms|ecog)\b/g
const KARNOFSKY = /\bkarn[oi]fs?k[iy]\b(?:'s)?|\bkps\b|\bindice de karnofsky\b/g
const LANSKY = /\blansky\b/g

const AT_MOST =
  '(?:<=|</=|≤|=<|< ?/? ?=|(?:is |of )?(?:less than|lower than|inferior|inferieure?|below) (?:or )?(?:equal )?(?:to |ou egale? a )|no (?:more|greater|higher|worse) than|not (?:more|greater|higher|worse) than|not exceeding|at most|maximum(?: of)?|max\\.?|up to|au plus|au maximum|maximal(?:e)? de)'
const BELOW = '(?:<|less than|lower than|below|under|inferieure? a|moins de)'
const AT_LEAST =
  '(?:>=|>/=|≥|=>|> ?/? ?=|(?:greater|more|higher) than or equal to|greater or equal to|superieure? ou egale? a|at least|no (?:less|lower|worse) than|not (?:less|lower|worse) than|minimum(?: of)?|au moins)'
const ABOVE = '(?:>|greater than|more than|higher than|above|over|superieure? a|plus de|worse than)'
const GRADE =
  '(?:(?:grade|score|status|level|stage|value|index|of|is|a|to|=|:|de|du|egal a|between|entre|ranging|from|performance|ps) ?){0,4}'
const SYMBOL_NOTE = '(?:\\((?:<=|≤|>=|≥|<|>|=|<|=<)\\) ?)?'

const RANGE =
  /^(\d)(?: ?(?:-|to|a|until|through|et|and|or|ou|\/|,) ?(?:and |or |ou )?(\d))?(?: ?(?:,|or|ou|and|et|\/|-|to) ?(?:and |or |ou )?(\d))?(?: ?(?:,|or|ou|and|et|\/) ?(?:and |or |ou )?(\d))?(?!\d|\.\d|\s?%)/
const OR_LESS = /^ ?(?:\([a-z ]+\) ?)?(?:or|ou|and) (?:less|lower|better|below|under|fewer|moins|inferieure?)/
const OR_MORE = /^ ?(?:or|ou|and) (?:more|greater|higher|worse|above|over|plus|superieure?)/

const compare = (words: string) => new RegExp(`^${words} ?${SYMBOL_NOTE}${GRADE}(\\d)(?!\\d|\\.\\d|%)`)
const COMPARISONS = {
  atMost: compare(AT_MOST),
  atLeast: compare(AT_LEAST),
  below: compare(BELOW),
  above: compare(ABOVE),
}
const GRADE_WORDS = new RegExp(`^${GRADE}`)

/** Reads a bound on a 0–4 scale at the head of a window. */
function readGrade(window: string): Bound | null {
  const { atMost, atLeast, below, above } = COMPARISONS
  const most = atMost.exec(window)
  if (most) return { min: null, max: Number(most[1]), length: most[0].length }
  const least = atLeast.exec(window)
  if (least) return { min: Number(least[1]), max: null, length: least[0].length }
  const under = below.exec(window)
  if (under) return { min: null, max: Number(under[1]) - 1, length: under[0].length }
  const over = above.exec(window)
  if (over) return { min: Number(over[1]) + 1, max: null, length: over[0].length }
  const skipped = GRADE_WORDS.exec(window)?.[0].length ?? 0
  if (skipped > 0) {
    const inner = readGrade(window.slice(skipped))
    if (inner) return { ...inner, length: inner.length + skipped }
  }
  const range = RANGE.exec(window)
  if (!range) return null
  const grades = range
    .slice(1)
    .filter((digit) => digit !== undefined)
    .map(Number)
  const after = window.slice(range[0].length)
  const low = Math.min(...grades)
  const high = Math.max(...grades)
  if (OR_LESS.test(after))
    return { min: null, max: high, length: range[0].length + (OR_LESS.exec(after)?.[0].length ?? 0) }
  if (OR_MORE.test(after))
    return { min: low, max: null, length: range[0].length + (OR_MORE.exec(after)?.[0].length ?? 0) }
  return { min: low, max: high, length: range[0].length }
}

/** Words that may stand between the scale's name and its grade. */
const BETWEEN =
  /^(?:[\s()[\],:;*'"/-]|=(?![<>])|\b(?:ecog|who|oms|ps|performance|status|score|scale|index|grade|grading|statut|indice|de|d'|of|the|a|an|is|was|has|have|with|must|should|be|will|eastern|cooperative|co-operative|oncology|group|world|health|organi[sz]ation|zubrod|level|value|criteria|at|screening|baseline|inclusion|enrol+ment|entry|randomi[sz]ation|etat|general|le|la|patients?|or|and|ecog-ps|condition|state|on|subject|participant|doit|etre|classification|assessment)\b)*/

/** ECOG (also called WHO, OMS, Zubrod), Karnofsky and Lansky bounds; grades of the scale as published by ECOG-ACRIN. */
export function readPerformance(document: Document): Finding[] {
  const findings: Finding[] = []
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed') continue
    findings.push(
      ...readEcog(sentence),
      ...readPercent(sentence, 'Karnofsky', KARNOFSKY),
      ...readPercent(sentence, 'Lansky', LANSKY),
    )
  }
  return joinAlternatives(findings)
}

function readEcog(sentence: Sentence): Finding[] {
  const findings: Finding[] = []
  // Most sentences name no scale, and `matchAll` copies its expression each time.
  if (sentence.text.search(ECOG) < 0) return findings
  let readUpTo = 0
  for (const match of sentence.text.matchAll(ECOG)) {
    if (match.index < readUpTo) continue
    const from = match.index
    if (
      /\b(?:karnofsky|kps|lansky)\b/.test(sentence.text.slice(Math.max(0, from - 12), from + match[0].length + 25)) &&
      !/ecog|who|oms|eastern/.test(match[0])
    )
      continue
    const rest = sentence.text.slice(from + match[0].length, from + match[0].length + 160)
    const between = BETWEEN.exec(rest)?.[0].length ?? 0
    let bound = readGrade(rest.slice(between))
    let length = between + (bound?.length ?? 0)
    let start = from
    if (!bound) {
      const before = sentence.text.slice(Math.max(0, from - 24), from)
      const turned =
        /(?:(<=|≤|<|>=|≥|>) ?)?([0-4])(?: ?(?:-|or|to|ou|a) ?([0-4]))?(?: ?(?:\(|on the|per|on|selon|according to)[^0-9.]{0,14})$/.exec(
          before,
        )
      if (turned) {
        start = from - (before.length - turned.index)
        bound = readGrade(turned[0])
        length = 0
      }
    }
    if (!bound) continue
    if (bound.max !== null && bound.max > 4) continue
    readUpTo = from + match[0].length + length
    const limits =
      sentence.side === 'out' ? complement(bound) : { min: bound.min === 0 ? null : bound.min, max: bound.max }
    if (limits.max === null && limits.min === null) continue
    if (limits.max !== null && (limits.max < 0 || limits.max > 4)) continue
    findings.push(
      found(
        { kind: 'performance', polarity: 'required', scale: 'ECOG', min: limits.min, max: limits.max },
        'performance-ecog',
        sentence,
        {
          from: start,
          to: Math.max(readUpTo, from + match[0].length),
        },
      ),
    )
  }
  return findings
}

/** Grades ruled out leave the grades below them. */
function complement(bound: Bound): { min: number | null; max: number | null } {
  if (bound.min !== null && bound.min > 0) return { min: null, max: bound.min - 1 }
  if (bound.max !== null && bound.min === null) return { min: bound.max + 1, max: null }
  return { min: null, max: null }
}

const PERCENT = new RegExp(
  `(${AT_LEAST}|${ABOVE}|${AT_MOST}|${BELOW})? ?${SYMBOL_NOTE}(?:(?:a|of|score|is|index|performance|status) ){0,3}(100|[1-9]0)\\b(?: ?%| percent)?( ?(?:or|ou|and) (?:more|greater|higher|better|above|over|plus)| ?\\+)?`,
)

/** "≥ 50 percent by the Lansky scale". */
const PERCENT_BEFORE = new RegExp(
  `(${AT_LEAST}|${ABOVE}|${AT_MOST}|${BELOW}) ?\\)? ?(100|[1-9]0)\\b(?: ?%| percent)?(?: \\(%\\))?()(?: (?:by|on|per|according to|using))?(?: the)? $`,
)

function readPercent(sentence: Sentence, scale: 'Karnofsky' | 'Lansky', name: RegExp): Finding[] {
  if (sentence.text.search(name) < 0) return []
  for (const match of sentence.text.matchAll(name)) {
    const end = match.index + match[0].length
    const before = sentence.text.slice(Math.max(0, match.index - 60), match.index)
    const ahead = PERCENT_BEFORE.exec(before)
    const value = ahead ?? PERCENT.exec(sentence.text.slice(end, end + 110))
    if (!value) continue
    const words = value[1] ?? ''
    const grade = Number(value[2])
    const strictlyAbove =
      words !== '' && new RegExp(`^${ABOVE}$`).test(words) && !new RegExp(`^${AT_LEAST}$`).test(words)
    const upper = words !== '' && (new RegExp(`^${BELOW}$`).test(words) || new RegExp(`^${AT_MOST}$`).test(words))
    const inclusiveUpper = upper && new RegExp(`^${AT_MOST}$`).test(words)
    let min: number | null = strictlyAbove ? grade + 10 : grade
    if (sentence.side === 'out') min = upper ? (inclusiveUpper ? grade + 10 : grade) : null
    else if (upper) min = null
    if (min === null || min > 100) continue
    return [
      found(
        { kind: 'performance', polarity: 'required', scale, min, max: null },
        `performance-${scale.toLowerCase()}`,
        sentence,
        {
          from: ahead ? match.index - before.length + ahead.index : match.index,
          to: ahead ? end : end + value.index + value[0].length,
        },
      ),
    ]
  }
  return []
}

/** Several bounds (by cohort, by age) are alternatives: the widest lets a person in; an exclusion narrows it. */
function joinAlternatives(findings: Finding[]): Finding[] {
  const joined: Finding[] = []
  for (const scale of ['ECOG', 'Karnofsky', 'Lansky'] as const) {
    const own = findings.filter(({ fact }) => fact.kind === 'performance' && fact.scale === scale)
    const inside = own.filter(({ section }) => section !== 'exclusion')
    const pool = inside.length > 0 ? inside : own
    const [first, ...others] = pool
    if (!first) continue
    const widest = others.reduce((best, other) => (wider(other, best) ? other : best), first)
    joined.push(scale === 'ECOG' && inside.length > 0 ? withLeastMinimum(widest, inside) : widest)
  }
  return joined
}

/** "0–1, or 2 with …": whoever is at 0 enters too. */
function withLeastMinimum(widest: Finding, all: readonly Finding[]): Finding {
  if (widest.fact.kind !== 'performance') return widest
  const isOpen = all.some(({ fact }) => fact.kind === 'performance' && fact.min === null)
  return isOpen ? { ...widest, fact: { ...widest.fact, min: null } } : widest
}

function wider(a: Finding, b: Finding): boolean {
  if (a.fact.kind !== 'performance' || b.fact.kind !== 'performance') return false
  if (a.fact.scale === 'ECOG') return (a.fact.max ?? 4) > (b.fact.max ?? 4)
  return (a.fact.min ?? 0) < (b.fact.min ?? 0)
}
