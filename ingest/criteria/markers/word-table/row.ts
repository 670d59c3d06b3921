import type { Alteration, WordRole } from '../grammar.ts'

/** What a word or a group of words means to the grammar of markers. */
export type Meaning = Alteration | Exclude<WordRole, 'open' | 'close' | 'colon' | 'word'> | 'and' | 'or'

/** A meaning and its words: folded pieces of expressions, each beginning with a letter of its own. */
export type WordRow = readonly [Meaning, readonly string[]]
