import { isWordSymbol, SEPARATOR, SKIPPED, symbolAt } from '../symbols.ts'

/** Longest run of spaces, dashes and the like that still joins two words of one term. */
const LONGEST_JOIN = 8

/** Offset after the separators at `at`, or -1 if there are too many to join two words of one term. */
export function afterSeparators(text: string, at: number): number {
  let lineBreaks = 0
  for (let end = at; end < text.length && end - at <= LONGEST_JOIN; end++) {
    const symbol = symbolAt(text.charCodeAt(end))
    if (symbol !== SEPARATOR && symbol !== SKIPPED) return end
    if (text[end] === '\n' && ++lineBreaks > 1) return -1
  }
  return -1
}

/** Offset after a plural or possessive ending at `at` ("s", "(s)", "'s"), or -1 if there is none. */
export function afterPlural(text: string, at: number): number {
  const first = text[at]
  if (first === 's' || first === 'S') return isWordAt(text, at + 1) ? -1 : at + 1
  if (first === '(') return text.startsWith('(s)', at) || text.startsWith('(S)', at) ? at + 3 : -1
  return -1
}

/** Offset of the first character from `at` that is neither letter nor digit. */
export function endOfWord(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    const symbol = symbolAt(text.charCodeAt(end))
    if (!isWordSymbol(symbol) && symbol !== SKIPPED) break
    end++
  }
  return end
}

/** Where a term whose last symbol is before `at` ends, a plural ending included; -1 if the word goes on. */
export function endOfTerm(text: string, at: number): number {
  if (!isWordSymbol(symbolAt(text.charCodeAt(at - 1))) || !isWordAt(text, at)) {
    return text.startsWith('(s)', at) ? at + 3 : at
  }
  return afterPlural(text, at)
}

/** Whether a letter or digit stands at `at`, invisible characters skipped. */
function isWordAt(text: string, at: number): boolean {
  for (let here = at; here < text.length; here++) {
    const symbol = symbolAt(text.charCodeAt(here))
    if (symbol !== SKIPPED) return isWordSymbol(symbol)
  }
  return false
}
