import { isWordSymbol, SEPARATOR, SKIPPED, symbolAt } from '../symbols.ts'

/**
 * Whether the text from `offset` has the letters of the surface in their very case, and separators only where it has.
 */
export function hasCaseOf(surface: string, text: string, offset: number): boolean {
  let at = offset
  for (const letter of surface) {
    const symbol = symbolAt(letter.charCodeAt(0))
    while (isSymbolAt(text, at, SKIPPED) || (!isWordSymbol(symbol) && isSymbolAt(text, at, SEPARATOR))) at++
    if (symbol === SEPARATOR || symbol === SKIPPED) continue
    const written = text[at++] ?? ''
    if (symbolAt(written.charCodeAt(0)) !== symbol || isUpper(letter) !== isUpper(written)) return false
  }
  return true
}

function isSymbolAt(text: string, at: number, symbol: number): boolean {
  return at < text.length && symbolAt(text.charCodeAt(at)) === symbol
}

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase()
