/** A text as rules read it, beside the text as it is stored. `folded` has the length of `plain`. */
export interface ReadableText {
  /** As stored by the registry. */
  raw: string
  /** Without the backslashes that escape markdown signs. */
  plain: string
  /** `plain` in lower case, accents and typographic signs reduced to ASCII, one character for one. */
  folded: string
  /** Offset into `plain` → offset into `raw`. */
  toRaw: (offset: number) => number
}

/**
 * Backslashes before signs, and the indentation of lines that a hand has wrapped: they begin in lower case and are no
 * items of a list ("ii.", "a)").
 */
const LEFT_OUT = /\\(?=[!-/:-@[-`{-~])|(?<=[^\s:]\n) {1,8}(?=[a-z]{2,}(?![.)]))/g

const SIGNS: Record<string, string> = {
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': ' ',
  '\ufeff': ' ',
  '\t': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u207b': '-',
  '\u207a': '+',
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '«': '"',
  '»': '"',
  '≧': '≥',
  '⩾': '≥',
  '≦': '≤',
  '⩽': '≤',
  '＞': '>',
  '＜': '<',
  '～': '~',
  '〜': '~',
  '∼': '~',
  '，': ',',
  '、': ',',
  '；': ';',
  '：': ':',
  '（': '(',
  '）': ')',
  '●': '•',
  '▪': '•',
  '◦': '•',
  '○': '•',
  '·': '•',
  '‣': '•',
  '': '•',
}

/**
 * Reads a stored text. ClinicalTrials.gov escapes markdown signs with a backslash (`Age \>= 18`, bullets `\*`); the
 * backslashes are left out of `plain`, as is the indentation of wrapped lines, and `toRaw` finds the way back, so that
 * a quote is always a slice of `raw`.
 */
export function readableText(raw: string): ReadableText {
  const removed: number[] = []
  const plain = raw.replace(LEFT_OUT, (left, at: number) => {
    for (let unit = 0; unit < left.length; unit++) removed.push(at + unit)
    return ''
  })
  return { raw, plain, folded: fold(plain), toRaw: (offset) => offset + removedUpTo(removed, offset) }
}

/** Lower case, no accents, plain quotes, hyphens and blanks; always as long as the text given (UTF-16). */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  const sameLength = lower.length === text.length ? lower : Array.from(text, lowerOne).join('')
  return sameLength.replace(/[^\n -~]/g, foldOne)
}

const lowerOne = (symbol: string) => {
  const lower = symbol.toLowerCase()
  return lower.length === symbol.length ? lower : symbol
}

const FOLDED = new Map<string, string>(Object.entries(SIGNS))

function foldOne(unit: string): string {
  const known = FOLDED.get(unit)
  if (known !== undefined) return known
  const base = unit.normalize('NFD').charAt(0)
  const folded = base >= 'a' && base <= 'z' ? base : unit
  FOLDED.set(unit, folded)
  return folded
}

/** How many of the removed raw positions lie before the plain offset: `removed[i] - i` is a position in `plain`. */
function removedUpTo(removed: readonly number[], offset: number): number {
  let low = 0
  let high = removed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((removed[middle] ?? 0) - middle <= offset) low = middle + 1
    else high = middle
  }
  return low
}
