import { hasCaseOf } from './lexicon/case.ts'
import { afterPlural, afterSeparators, endOfTerm, endOfWord } from './lexicon/endings.ts'
import { mayBegin, openingsOf } from './lexicon/openings.ts'
import { buildTrie, follow, type Surface } from './lexicon/trie.ts'
import { FIRST_SYMBOL, isWordSymbol, LETTER_S, SEPARATOR, SKIPPED, symbolAt } from './symbols.ts'

/** A way of writing something, and what it stands for. */
export interface LexiconEntry<T> extends Surface {
  value: T
}

/** A term met in a text: UTF-16 offsets into that text (`end` exclusive), what it stands for, the surface met. */
export interface Found<T> {
  start: number
  end: number
  value: T
  surface: string
}

export interface Lexicon<T> {
  /** Every term of the text, leftmost then longest, without overlaps, in order. */
  findAll(text: string): Found<T>[]
  /** The longest term that begins exactly at `offset`, or null. `offset` is taken for the beginning of a word. */
  findAt(text: string, offset: number): Found<T> | null
  /** What the whole of `text` stands for (spaces around it aside), or null. */
  lookUp(text: string): T | null
}

/**
 * A finder of many terms at once, in time linear in the text: a trie is walked from each beginning of a word, so the
 * cost per word is bounded by the longest surface.
 *
 * A term is found whatever its case and accents, as whole words only, with an optional plural s on each word.
 * A space, hyphen, slash or apostrophe written in a surface stands for any of these, any Unicode dash, one line break,
 * or nothing: `PD-L1` finds "PDL1", "PD L1" and "PD‑L1". British and American spellings find each other.
 * A surface that minds case is found with separators only where it has them.
 * Where entries share a surface, one whose case agrees wins over one that ignores case, then the first given.
 */
export function createLexicon<T>(entries: readonly LexiconEntry<T>[]): Lexicon<T> {
  const trie = buildTrie(entries)
  const { joins, terms } = trie
  const openings = openingsOf(trie)

  function findAt(text: string, offset: number): Found<T> | null {
    let found: Found<T> | null = null
    let node = 0
    let at = offset
    while (at < text.length) {
      const symbol = symbolAt(text.charCodeAt(at))
      let to = symbol >= FIRST_SYMBOL ? follow(trie, node, symbol) : 0
      // A final s is a plural, unless some surface has a word that ends so: else "tumours of" would be read as "tumour
      // s…".
      if (symbol === LETTER_S && joins[node] === 1 && joins[to] === 0 && afterPlural(text, at) >= 0) to = 0
      if (to === 0) {
        if (symbol === SKIPPED) at++
        else if (joins[node] === 0) break
        else at = symbol === SEPARATOR ? afterSeparators(text, at) : afterPlural(text, at)
        if (at < 0) break
        continue
      }
      node = to
      at++
      const end = terms[node] === undefined ? -1 : endOfTerm(text, at)
      if (end < 0) continue
      const entry = terms[node]?.find((term) => !term.caseSensitive || hasCaseOf(term.surface, text, offset))
      if (entry) found = { start: offset, end, value: entry.value, surface: entry.surface }
    }
    return found
  }

  function findAll(text: string): Found<T>[] {
    const found: Found<T>[] = []
    let at = 0
    while (at < text.length) {
      const symbol = symbolAt(text.charCodeAt(at))
      const term = symbol >= FIRST_SYMBOL && mayBegin(openings, text, at, symbol) ? findAt(text, at) : null
      if (term) found.push(term)
      at = term ? term.end : at + 1
      if (term ? isWordSymbol(symbolAt(text.charCodeAt(at - 1))) : isWordSymbol(symbol)) at = endOfWord(text, at)
    }
    return found
  }

  function lookUp(text: string): T | null {
    const trimmed = text.trim()
    const term = findAt(trimmed, 0)
    return term !== null && term.end === trimmed.length ? term.value : null
  }

  return { findAll, findAt, lookUp }
}
