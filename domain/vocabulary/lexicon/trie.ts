import { spellingVariants } from '../spellings.ts'
import { SYMBOL_COUNT, unfold } from '../symbols.ts'
import { surfaceWords } from './surface-words.ts'

/** A way of writing something. */
export interface Surface {
  surface: string
  /** For abbreviations that are also words (ALL, MET, PR): the letters must have the case of the surface. */
  caseSensitive?: boolean
}

/**
 * Surfaces as a tree of symbols. Nodes are numbered breadth first, so that the children of a node are neighbours.
 * Node 0 is the root.
 */
export interface Trie<E extends Surface> {
  /** `firstChild[node]` to `firstChild[node + 1]` (exclusive): the children. */
  firstChild: Int32Array
  /** The symbol by which a node is reached. */
  symbolOf: Uint8Array
  /** Children of the root by symbol, 0 for none: most words end there. */
  fromRoot: Int32Array
  /** 1 where a word of some surface ends: separators and a plural s may follow. */
  joins: Uint8Array
  /** Entries whose surface ends at the node, those that mind case first. */
  terms: (E[] | undefined)[]
}

interface GrowingNode<E> {
  children: Map<number, GrowingNode<E>>
  joins: boolean
  terms: E[]
}

/** The trie of all spellings of the entries. Throws RangeError for a surface without letter or digit. */
export function buildTrie<E extends Surface>(entries: readonly E[]): Trie<E> {
  const root = newNode<E>()
  for (const entry of entries) {
    const mindsCase = entry.caseSensitive === true
    for (const spelling of mindsCase ? [entry.surface] : spellingVariants(entry.surface)) {
      const node = grow(root, surfaceWords(spelling, mindsCase))
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

const newNode = <E>(): GrowingNode<E> => ({ children: new Map(), joins: false, terms: [] })

const byCaseFirst = <E extends Surface>(terms: readonly E[]): E[] => [
  ...terms.filter(({ caseSensitive }) => caseSensitive),
  ...terms.filter(({ caseSensitive }) => !caseSensitive),
]

function grow<E>(root: GrowingNode<E>, words: readonly number[][]): GrowingNode<E> {
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

/** The node reached from `node` by a symbol, ligatures unfolded; 0 for none. */
export function follow(trie: Trie<Surface>, node: number, symbol: number): number {
  if (symbol < SYMBOL_COUNT) return followOne(trie, node, symbol)
  let to = node
  for (const single of unfold(symbol) ?? []) {
    to = followOne(trie, to, single)
    if (to === 0) return 0
  }
  return to
}

function followOne({ firstChild, symbolOf, fromRoot }: Trie<Surface>, node: number, symbol: number): number {
  if (node === 0) return fromRoot[symbol] as number
  const end = firstChild[node + 1] as number
  for (let child = firstChild[node] as number; child < end; child++) if (symbolOf[child] === symbol) return child
  return 0
}
