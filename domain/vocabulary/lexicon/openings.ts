import { SEPARATOR, SKIPPED, SYMBOL_COUNT, symbolAt } from '../symbols.ts'
import type { Surface, Trie } from './trie.ts'

/** 1 for the first three symbols some surface begins with, so that most words need not be looked up. */
export type Openings = Uint8Array

/** The openings of all surfaces of a trie. */
export function openingsOf({ firstChild, symbolOf, joins, terms }: Trie<Surface>): Openings {
  const openings = new Uint8Array(SYMBOL_COUNT ** 3)
  const childrenOf = (node: number) => {
    const from = firstChild[node] ?? 0
    return Array.from({ length: (firstChild[node + 1] ?? 0) - from }, (_, nth) => from + nth)
  }
  // Behind the end of a word anything may follow.
  const ends = (node: number) => joins[node] === 1 || terms[node] !== undefined
  for (const one of childrenOf(0)) {
    const first = (symbolOf[one] ?? 0) * SYMBOL_COUNT ** 2
    if (ends(one)) openings.fill(1, first, first + SYMBOL_COUNT ** 2)
    for (const two of childrenOf(one)) {
      const second = first + (symbolOf[two] ?? 0) * SYMBOL_COUNT
      if (ends(two)) openings.fill(1, second, second + SYMBOL_COUNT)
      for (const three of childrenOf(two)) openings[second + (symbolOf[three] ?? 0)] = 1
    }
  }
  return openings
}

/** Whether some surface may begin at offset `at`, where the symbol `first` stands: false only where none does. */
export function mayBegin(openings: Openings, text: string, at: number, first: number): boolean {
  const second = at + 1 < text.length ? symbolAt(text.charCodeAt(at + 1)) : SEPARATOR
  const third = at + 2 < text.length ? symbolAt(text.charCodeAt(at + 2)) : SEPARATOR
  if (first >= SYMBOL_COUNT || second >= SYMBOL_COUNT || third >= SYMBOL_COUNT) return true
  if (second === SKIPPED || third === SKIPPED) return true
  return openings[(first * SYMBOL_COUNT + second) * SYMBOL_COUNT + third] === 1
}
