import { isWordSymbol, LETTER_S, SEPARATOR, SKIPPED, symbolAt, unfold } from '../symbols.ts'

/** Shortest word whose final s is taken for a plural. */
const SHORTEST_PLURAL = 4

/**
 * The words of a surface as symbols, ligatures unfolded, without the s of plurals (a capital S is part of an
 * abbreviation) unless `keepPlural`. Each punctuation mark is a word of its own, so that "t (11; 14)" is found by
 * `t(11;14)`.
 */
export function surfaceWords(surface: string, keepPlural: boolean): number[][] {
  const words: number[][] = []
  let word: number[] = []
  const closeAt = (end: number) => {
    const isPlural = word.length >= SHORTEST_PLURAL && surface[end - 1] === 's' && word.at(-2) !== LETTER_S
    if (isPlural && !keepPlural) word.pop()
    const isPossessive = word.length === 1 && word[0] === LETTER_S && words.length > 0
    if (word.length > 0 && !isPossessive) words.push(word)
    word = []
  }
  for (let at = 0; at < surface.length; at++) {
    const symbol = symbolAt(surface.charCodeAt(at))
    if (symbol === SKIPPED) continue
    if (symbol === SEPARATOR || !isWordSymbol(symbol)) closeAt(at)
    if (symbol !== SEPARATOR) word.push(...(unfold(symbol) ?? [symbol]))
    if (!isWordSymbol(symbol)) closeAt(at + 1)
  }
  closeAt(surface.length)
  return words
}
