import { ABOVE, AT_LEAST, AT_MOST, BELOW, SYMBOL_NOTE } from './comparisons.ts'

/** Grades from `min` to `max`, inclusive; null where open. */
export interface Bound {
  min: number | null
  max: number | null
  /** End of the words read, counted from the start of the window. */
  length: number
}

const GRADE =
  '(?:(?:grade|score|status|level|stage|value|index|of|is|a|to|=|:|de|du|egal a|between|entre|ranging|from|performance|ps) ?){0,4}'
/** A grade in figures or letters. */
const DIGIT = '(\\d(?!\\d)|(?:zero|one(?! of)|two|three|four)\\b)'
const NEXT = ` ?(?:and |or |ou )?${DIGIT}`
const RANGE = new RegExp(
  `^${DIGIT}(?: ?(?:-|~|to|a|until|through|et|and|or|ou|/|,)${NEXT})?(?: ?(?:,|or|ou|and|et|/|-|to)${NEXT})?(?: ?(?:,|or|ou|and|et|/)${NEXT})?(?!\\d|\\.\\d|\\s?%)`,
)
const WORDS = ['zero', 'one', 'two', 'three', 'four']
const gradeOf = (digit: string): number => (WORDS.includes(digit) ? WORDS.indexOf(digit) : Number(digit))
const OR_LESS = /^ ?(?:\([a-z ]+\) ?)?(?:or|ou|and) (?:less|lower|better|below|under|fewer|moins|inferieure?)/
const OR_MORE = /^ ?(?:or|ou|and) (?:more|greater|higher|worse|above|over|plus|superieure?)/

const compare = (words: string) => new RegExp(`^${words} ?${SYMBOL_NOTE}${GRADE}${DIGIT}(?!\\.\\d|%)`)
const COMPARISONS = {
  atMost: compare(AT_MOST),
  atLeast: compare(AT_LEAST),
  below: compare(BELOW),
  above: compare(ABOVE),
}
const GRADE_WORDS = new RegExp(`^${GRADE}`)

/** Reads a bound on a 0–4 scale at the head of a window; null where there is none. */
export function readGrade(window: string): Bound | null {
  const { atMost, atLeast, below, above } = COMPARISONS
  const most = atMost.exec(window)
  if (most) return { min: null, max: gradeOf(most[1] ?? ''), length: most[0].length }
  const least = atLeast.exec(window)
  if (least) return { min: gradeOf(least[1] ?? ''), max: null, length: least[0].length }
  const under = below.exec(window)
  if (under) return { min: null, max: gradeOf(under[1] ?? '') - 1, length: under[0].length }
  const over = above.exec(window)
  if (over) return { min: gradeOf(over[1] ?? '') + 1, max: null, length: over[0].length }
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
    .map(gradeOf)
  const after = window.slice(range[0].length)
  const low = Math.min(...grades)
  const high = Math.max(...grades)
  const orLess = OR_LESS.exec(after)
  if (orLess) return { min: null, max: high, length: range[0].length + orLess[0].length }
  const orMore = OR_MORE.exec(after)
  if (orMore) return { min: low, max: null, length: range[0].length + orMore[0].length }
  return { min: low, max: high, length: range[0].length }
}
