import type { MarkerName } from './names.ts'

/** What is said of a marker. `sign` is − when the marker is absent, unchanged or not expressed. */
export interface Alteration {
  code: string
  sign: '+' | '-'
  threshold: string | null
}

/** Words that play a part in the grammar without saying anything of a marker. */
export type WordRole =
  | 'filler'
  | 'such'
  | 'negation'
  | 'exception'
  | 'therapy'
  | 'anti'
  | 'test'
  | 'open'
  | 'close'
  | 'colon'
  | 'word'

/**
 * A piece of a sentence: a marker, what is said of one, how two are joined, or a word with its role. UTF-16 offsets.
 */
export type Token = { start: number; end: number; activating?: boolean; ofTreatment?: boolean; verb?: boolean } & (
  | { type: 'marker'; marker: MarkerName }
  | { type: 'alteration'; alteration: Alteration; noun: boolean }
  | { type: 'threshold'; alteration: Alteration }
  | { type: 'join'; join: 'and' | 'or' | 'comma' | 'slash' }
  | { type: WordRole }
)

/** Said of a marker that is there: mutated, fused, expressed. */
export const positive = (code: string): Alteration => ({ code, sign: '+', threshold: null })
/** Said of a marker that is absent, unchanged or not expressed. */
export const negative = (code: string): Alteration => ({ code, sign: '-', threshold: null })

/** A token that says something of a marker; a noun ("mutation") may head a list, an adjective ("mutated") may not. */
export const alterationToken = (alteration: Alteration, noun: boolean, start: number, end: number): Token => ({
  type: 'alteration',
  alteration,
  noun,
  start,
  end,
})

/** What is said of one mention; `from` and `to` are the indexes of the tokens that say it. */
export interface Said {
  alteration: Alteration
  from: number
  to: number
}

/** One thing said of one or several genes in a sentence, before the side of the sentence is looked at. */
export interface Atom {
  genes: readonly string[]
  alteration: Alteration
  /** Offsets in the sentence. */
  start: number
  end: number
  /** Denied by its own sentence ("no", "without", "negative for"). */
  denied: boolean
  /** Behind "except", "other than", "unless". */
  excepted: boolean
  /** How it follows the atom before it. */
  join: 'and' | 'or' | 'comma' | 'slash' | 'apart'
  /** Where the marker's own words begin and end: several atoms of one marker share them. */
  marker: number
}
