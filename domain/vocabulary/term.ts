import { type Static, Type } from 'typebox'
import type { LexiconEntry } from './lexicon.ts'

const words = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 2 }), { minItems: 1, uniqueItems: true, description }))

/**
 * What every word of the vocabulary has: a code, a French and an English label, and its other ways of being written.
 */
export const termFields = {
  code: Type.String({ minLength: 1 }),
  /** French label, as shown: a noun phrase that begins with a capital. */
  fr: Type.String({ minLength: 2 }),
  /** English label, British spelling (American is derived). */
  en: Type.String({ minLength: 2 }),
  everyday: words('What people say in French: proposed first.'),
  names: words('Other names in French and English, found whatever their case.'),
  short: words('Abbreviations, found in their very case only.'),
  unsure: words('Abbreviations that also mean something else: to be believed only beside other evidence.'),
}
export const Term = Type.Object(termFields)
export type Term = Static<typeof Term>

/** One way of writing a term. `unsure`: it commonly means something else too. */
export interface Surface {
  surface: string
  caseSensitive: boolean
  unsure: boolean
}

/** Every way of writing a term, labels first. A label that is also among the abbreviations minds case as they do. */
export function surfacesOf(term: Term): Surface[] {
  const inCase = new Set([...(term.short ?? []), ...(term.unsure ?? [])])
  const labels = [...new Set([term.fr, term.en])].filter((label) => !inCase.has(label))
  const free = [...labels, ...(term.everyday ?? []), ...(term.names ?? [])]
  return [
    ...free.map((surface) => ({ surface, caseSensitive: false, unsure: false })),
    ...(term.short ?? []).map((surface) => ({ surface, caseSensitive: true, unsure: false })),
    ...(term.unsure ?? []).map((surface) => ({ surface, caseSensitive: true, unsure: true })),
  ]
}

/** What a lexicon finds: the term's code, and whether the words met leave a doubt. */
export interface Sense {
  code: string
  unsure: boolean
}

/** The entries of a lexicon for these terms. */
export function lexiconEntries(terms: readonly Term[]): LexiconEntry<Sense>[] {
  return terms.flatMap((term) =>
    surfacesOf(term).map(({ surface, caseSensitive, unsure }) => ({
      surface,
      caseSensitive,
      value: { code: term.code, unsure },
    })),
  )
}

/**
 * Whether a name can be found whatever its case: a word or a code with figures (nivolumab, MK-3475, p53). The others
 * (T-DXd, ATRA, ATM) are abbreviations that mind it.
 */
export function isFreeName(name: string): boolean {
  return /\d{2}|[a-zà-ÿ]{3}/.test(name)
}
