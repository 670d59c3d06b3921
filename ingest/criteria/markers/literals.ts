import type { Sentence } from '../sentences.ts'
import type { Formula } from './formula.ts'
import type { Atom } from './grammar.ts'
import { ANY_CHANGE, EXPRESSED } from './kinds.ts'

/** One gene with what must be (or not be) of it, and where it is said. */
export interface Literal {
  gene: string
  alteration: string
  threshold: string | null
  /** Null when it stands in a title. */
  sentence: Sentence | null
  title: string | null
  /** Offsets in the sentence. */
  from: number
  to: number
}

/** What a sentence, or several joined, asks for and rules out. */
export interface Reading {
  required: Formula<Literal> | null
  excluded: Literal[]
  /** Asked for in one of several alternatives only. */
  ofSome: Literal[]
  /** Genes of which it says that nothing is asked. */
  notAsked: readonly string[]
}

/** The literals of an atom, one for each gene. */
export const literalsOfAtom = (atom: Atom, place: { sentence: Sentence } | { title: string }): Literal[] =>
  atom.genes.map((gene) => ({
    gene,
    alteration: atom.alteration.code,
    threshold: atom.alteration.threshold,
    ...('sentence' in place
      ? { sentence: place.sentence, title: null, from: atom.start, to: atom.end }
      : { sentence: null, title: place.title.slice(atom.start, atom.end), from: 0, to: 0 }),
  }))

/** Every literal of a formula, in order. */
export function literalsOf(formula: Formula<Literal>): Literal[] {
  if ('one' in formula) return [formula.one]
  return ('all' in formula ? formula.all : formula.any).flatMap(literalsOf)
}

/** The first says at least as much as the second. */
export function implies(a: Literal, b: Literal): boolean {
  if (a.gene !== b.gene) return false
  if (a.alteration === b.alteration) return a.threshold === b.threshold || b.threshold === null
  if (ANY_CHANGE.has(b.alteration)) return !EXPRESSED.has(a.alteration) && a.alteration !== 'negative'
  return (
    (b.alteration === 'positive' || b.alteration === 'expression') &&
    EXPRESSED.has(a.alteration) &&
    (b.threshold === null || a.threshold === b.threshold)
  )
}
