import { spellingVariants } from './spellings.ts'
import { FIRST_SYMBOL, isWordSymbol, SEPARATOR, SKIPPED, SYMBOL_COUNT, symbolAt, unfold } from './symbols.ts'

/** A way of writing something, and what it stands for. */
export interface LexiconEntry<T> {
  surface: string
  value: T
  /** For abbreviations that are also words (ALL, MET, PR): the letters must have the case of the surface. */
  caseSensitive?: boolean
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

/** Longest run of spaces, dashes and the like that still joins two words of one term. */
const LONGEST_JOIN = 8
/** Shortest word whose final s is taken for a plural. */
const SHORTEST_PLURAL = 4

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
      // A final s is a plural, unless some surface has a word that ends so: else "tumours of" would be read as "tumour s…".
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

/** Nodes numbered breadth first, so that the children of a node are neighbours. Node 0 is the root. */
interface Trie<T> {
  /** `firstChild[node]` to `firstChild[node + 1]` (exclusive): the children. */
  firstChild: Int32Array
  /** The symbol by which a node is reached. */
  symbolOf: Uint8Array
  /** Children of the root by symbol, 0 for none: most words end there. */
  fromRoot: Int32Array
  /** 1 where a word of some surface ends: separators and a plural s may follow. */
  joins: Uint8Array
  /** Entries whose surface ends at the node, those that mind case first. */
  terms: (LexiconEntry<T>[] | undefined)[]
}

/** 1 for the first three symbols some surface begins with, so that most words need not be looked up. */
type Openings = Uint8Array

function openingsOf({ firstChild, symbolOf, joins, terms }: Trie<unknown>): Openings {
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

/** Whether some surface may begin at `at`: false only where none does. */
function mayBegin(openings: Openings, text: string, at: number, first: number): boolean {
  const second = at + 1 < text.length ? symbolAt(text.charCodeAt(at + 1)) : SEPARATOR
  const third = at + 2 < text.length ? symbolAt(text.charCodeAt(at + 2)) : SEPARATOR
  if (first >= SYMBOL_COUNT || second >= SYMBOL_COUNT || third >= SYMBOL_COUNT) return true
  if (second === SKIPPED || third === SKIPPED) return true
  return openings[(first * SYMBOL_COUNT + second) * SYMBOL_COUNT + third] === 1
}

interface GrowingNode<T> {
  children: Map<number, GrowingNode<T>>
  joins: boolean
  terms: LexiconEntry<T>[]
}

function buildTrie<T>(entries: readonly LexiconEntry<T>[]): Trie<T> {
  const root = newNode<T>()
  for (const entry of entries) {
    const mindsCase = entry.caseSensitive === true
    for (const spelling of mindsCase ? [entry.surface] : spellingVariants(entry.surface)) {
      const node = grow(root, wordsOf(spelling, mindsCase))
      if (node === root) throw new RangeError(`the surface "${entry.surface}" holds no letter or digit`)
      if (!node.terms.includes(entry)) node.terms.push(entry)
    }
  }

  const nodes = [root]
  const firstChild: number[] = []
  const symbolOf: number[] = [0]
  for (const node of nodes) {
    firstChild.push(nodes.length)
    for (const [symbol, child] of node.children) {
      nodes.push(child)
      symbolOf.push(symbol)
    }
  }
  firstChild.push(nodes.length)
  const fromRoot = new Int32Array(SYMBOL_COUNT)
  for (let child = 1; child < (firstChild[1] ?? 1); child++) fromRoot[symbolOf[child] ?? 0] = child
  return {
    firstChild: Int32Array.from(firstChild),
    symbolOf: Uint8Array.from(symbolOf),
    fromRoot,
    joins: Uint8Array.from(nodes, ({ joins }) => Number(joins)),
    terms: nodes.map(({ terms }) => (terms.length > 0 ? byCaseFirst(terms) : undefined)),
  }
}

const newNode = <T>(): GrowingNode<T> => ({ children: new Map(), joins: false, terms: [] })

const byCaseFirst = <T>(terms: readonly LexiconEntry<T>[]): LexiconEntry<T>[] => [
  ...terms.filter(({ caseSensitive }) => caseSensitive),
  ...terms.filter(({ caseSensitive }) => !caseSensitive),
]

function grow<T>(root: GrowingNode<T>, words: readonly number[][]): GrowingNode<T> {
  let node = root
  for (const word of words) {
    for (const symbol of word) {
      let child = node.children.get(symbol)
      if (!child) {
        child = newNode()
        node.children.set(symbol, child)
      }
      node = child
    }
    node.joins = true
  }
  return node
}

/**
 * The words of a surface as symbols, ligatures unfolded, without the s of plurals (a capital S is part of an
 * abbreviation) unless case matters. Each
 * punctuation mark is a word of its own, so that "t (11; 14)" is found by `t(11;14)`.
 */
function wordsOf(surface: string, keepPlural: boolean): number[][] {
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

const LETTER_S = symbolAt('s'.charCodeAt(0))

/** The node reached from `node` by a symbol, ligatures unfolded; 0 for none. */
function follow(trie: Trie<unknown>, node: number, symbol: number): number {
  if (symbol < SYMBOL_COUNT) return followOne(trie, node, symbol)
  let to = node
  for (const single of unfold(symbol) ?? []) {
    to = followOne(trie, to, single)
    if (to === 0) return 0
  }
  return to
}

function followOne({ firstChild, symbolOf, fromRoot }: Trie<unknown>, node: number, symbol: number): number {
  if (node === 0) return fromRoot[symbol] as number
  const end = firstChild[node + 1] as number
  for (let child = firstChild[node] as number; child < end; child++) if (symbolOf[child] === symbol) return child
  return 0
}

/** Offset after the separators at `at`, or -1 if there are too many to join two words of one term. */
function afterSeparators(text: string, at: number): number {
  let lineBreaks = 0
  for (let end = at; end < text.length && end - at <= LONGEST_JOIN; end++) {
    const symbol = symbolAt(text.charCodeAt(end))
    if (symbol !== SEPARATOR && symbol !== SKIPPED) return end
    if (text[end] === '\n' && ++lineBreaks > 1) return -1
  }
  return -1
}

/** Offset after a plural or possessive ending at `at` ("s", "(s)", "'s"), or -1 if there is none. */
function afterPlural(text: string, at: number): number {
  const first = text[at]
  if (first === 's' || first === 'S') return isWordAt(text, at + 1) ? -1 : at + 1
  if (first === '(') return text.startsWith('(s)', at) || text.startsWith('(S)', at) ? at + 3 : -1
  return -1
}

/** Offset of the first character from `at` that is neither letter nor digit. */
function endOfWord(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    const symbol = symbolAt(text.charCodeAt(end))
    if (!isWordSymbol(symbol) && symbol !== SKIPPED) break
    end++
  }
  return end
}

/** Where a term whose last symbol is before `at` ends, a plural ending included; -1 if the word goes on. */
function endOfTerm(text: string, at: number): number {
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

/** Whether the text from `offset` has the letters of the surface in their very case, and separators only where it has. */
function hasCaseOf(surface: string, text: string, offset: number): boolean {
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
