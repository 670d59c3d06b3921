import type { Language } from '../question.ts'
import { BIOMARKERS, familyOf } from './biomarkers.ts'
import { CANCER_ENTRIES, CANCERS } from './cancers.ts'
import { SETTINGS } from './stages.ts'
import { foldText } from './symbols.ts'
import { surfacesOf, type Term } from './term.ts'
import { THERAPIES } from './therapies.ts'

export const VOCABULARY_KINDS = ['cancers', 'biomarkers', 'therapies', 'settings'] as const
export type VocabularyKind = (typeof VOCABULARY_KINDS)[number]

/** A term that was found. `matched` is the name that did it; null when it is the label shown, or nothing was asked. */
export interface TermHit {
  code: string
  label: string
  matched: string | null
  parents: string[]
}

interface Entry {
  term: Term
  parents: string[]
  names: { text: string; folded: string }[]
}

interface Source {
  term: Term
  parents: readonly string[]
  /** Names apart from those that the term lists itself. */
  more?: readonly string[]
}

const SOURCES: Record<VocabularyKind, () => Source[]> = {
  cancers: () =>
    CANCERS.map((term) => ({
      term,
      parents: [...(term.parent === null ? [] : [term.parent]), ...(term.alsoWithin ?? [])],
      more: CANCER_ENTRIES.flatMap(({ value, surface }) => (value.code === term.code ? surface : [])),
    })),
  biomarkers: () => BIOMARKERS.map((term) => ({ term, parents: familyOf(term.code) })),
  therapies: () => THERAPIES.map((term) => ({ term, parents: term.within })),
  settings: () => SETTINGS.map((term) => ({ term, parents: term.within ?? [] })),
}

const entriesOf: Partial<Record<VocabularyKind, Entry[]>> = {}

/**
 * Terms for what somebody is typing, in either language: code or a whole name first, then names that begin so, then
 * names that hold a word beginning with each word typed; ties in the order of the vocabulary, wide before narrow.
 * An empty text lists all.
 */
export function searchTerms(
  kind: VocabularyKind,
  text: string,
  { lang, limit }: { lang: Language; limit: number },
): TermHit[] {
  const wanted = foldText(text)
  const found = entries(kind).flatMap((entry) => {
    const best = bestName(entry, wanted, text.trim())
    return best ? [{ entry, ...best }] : []
  })
  found.sort((a, b) => a.rank - b.rank)
  return found.slice(0, limit).map(({ entry: { term, parents }, name }) => ({
    code: term.code,
    label: term[lang],
    matched: name === null || name === term[lang] ? null : name,
    parents,
  }))
}

function entries(kind: VocabularyKind): Entry[] {
  entriesOf[kind] ??= SOURCES[kind]().map(({ term, parents, more = [] }) => ({
    term,
    parents: [...parents],
    names: [...new Set([...surfacesOf(term).map(({ surface }) => surface), ...more])].map((text) => ({
      text,
      folded: foldText(text),
    })),
  }))
  return entriesOf[kind]
}

function bestName({ term, names }: Entry, wanted: string, typed: string): { rank: number; name: string | null } | null {
  if (wanted === '') return { rank: 0, name: null }
  if (term.code.toLowerCase() === typed.toLowerCase()) return { rank: 0, name: null }
  const words = wanted.split(' ')
  let best: { rank: number; name: string } | null = null
  for (const { text, folded } of names) {
    const rank =
      folded === wanted
        ? 1
        : folded.startsWith(wanted)
          ? 2
          : words.every((word) => ` ${folded}`.includes(` ${word}`))
            ? 3
            : 4
    if (rank < 4 && rank < (best?.rank ?? 4)) best = { rank, name: text }
  }
  return best
}
