import type { Language } from '../question.ts'
import { alterationTerm, BIOMARKERS, familyOf } from './biomarkers.ts'
import { CANCER_ENTRIES, CANCERS } from './cancers.ts'
import { SETTINGS } from './stages.ts'
import { foldText } from './symbols.ts'
import { surfacesOf, type Term } from './term.ts'
import { THERAPIES } from './therapies.ts'
import { beginsNearly } from './typing.ts'

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
  /** `common`: a label or an everyday word. */
  names: { text: string; folded: string; common: boolean }[]
}

interface Source {
  term: Term
  parents: readonly string[]
  /** Names apart from those that the term lists itself. */
  more?: readonly string[]
}

const SOURCES: Record<VocabularyKind, () => Source[]> = {
  cancers: () => {
    const built = new Map<string, string[]>(CANCERS.map(({ code }) => [code, []]))
    for (const { surface, value } of CANCER_ENTRIES) built.get(value.code)?.push(surface)
    return CANCERS.map((term) => ({
      term,
      parents: [...(term.parent === null ? [] : [term.parent]), ...(term.alsoWithin ?? [])],
      more: built.get(term.code) ?? [],
    }))
  },
  biomarkers: () =>
    BIOMARKERS.map((term) => ({
      term,
      parents: familyOf(term.code),
      more: [
        ...(term.phrases ?? []).flatMap(({ names = [], short = [] }) => [...names, ...short]),
        // "HER2 exon 20" is on its way to one of its alterations.
        ...term.alterations.flatMap((name) => {
          const alteration = alterationTerm(name)
          return alteration && name.startsWith('exon') ? [`${term.en} ${alteration.en}`] : []
        }),
      ],
    })),
  therapies: () => THERAPIES.map((term) => ({ term, parents: term.within })),
  settings: () => SETTINGS.map((term) => ({ term, parents: term.within ?? [] })),
}

const entriesOf: Partial<Record<VocabularyKind, Entry[]>> = {}

/**
 * Terms for what somebody is typing, in either language: code or a whole name first, then names that begin so, then
 * names that hold a word beginning with each word typed; labels and everyday words before other names; ties in the
 * order of the vocabulary, wide before narrow. Where that finds nothing, slips of the
 * keyboard are forgiven in labels and everyday words.
 * An empty text lists all.
 */
export function searchTerms(
  kind: VocabularyKind,
  text: string,
  { lang, limit }: { lang: Language; limit: number },
): TermHit[] {
  const wanted = foldText(text)
  const all = entries(kind)
  const exact = ranked(all, (entry) => bestName(entry, wanted, text.trim()))
  const found = exact.length > 0 ? exact : ranked(all, (entry) => nearestName(entry, wanted))
  return found.slice(0, limit).map(({ entry: { term, parents }, name }) => ({
    code: term.code,
    label: term[lang],
    matched: name === null || name === term[lang] ? null : name,
    parents,
  }))
}

interface Match {
  rank: number
  name: string | null
}

function ranked(all: readonly Entry[], match: (entry: Entry) => Match | null): (Match & { entry: Entry })[] {
  const found = all.flatMap((entry) => {
    const best = match(entry)
    return best ? [{ entry, ...best }] : []
  })
  return found.sort((a, b) => a.rank - b.rank)
}

function entries(kind: VocabularyKind): Entry[] {
  entriesOf[kind] ??= SOURCES[kind]().map(({ term, parents, more = [] }) => ({
    term,
    parents: [...parents],
    names: [...new Set([...surfacesOf(term).map(({ surface }) => surface), ...more])].map((text) => ({
      text,
      folded: foldText(text),
      common: text === term.fr || text === term.en || (term.everyday ?? []).includes(text),
    })),
  }))
  return entriesOf[kind]
}

const NO_MATCH = 8

/** Even ranks are labels and everyday words, odd ones other names. */
function bestName({ term, names }: Entry, wanted: string, typed: string): Match | null {
  if (wanted === '') return { rank: 0, name: null }
  if (term.code.toLowerCase() === typed.toLowerCase()) return { rank: 0, name: null }
  const words = wanted.split(' ')
  let best: Match = { rank: NO_MATCH, name: null }
  for (const { text, folded, common } of names) {
    const rank = howItMatches(folded, wanted, words) * 2 + (common ? 0 : 1)
    if (rank < best.rank) best = { rank, name: text }
  }
  return best.rank < NO_MATCH ? best : null
}

function howItMatches(folded: string, wanted: string, words: readonly string[]): number {
  if (folded === wanted) return 1
  if (folded.startsWith(wanted)) return 2
  return words.every((word) => ` ${folded}`.includes(` ${word}`)) ? 3 : NO_MATCH
}

function nearestName({ names }: Entry, wanted: string): Match | null {
  const typed = wanted.split(' ')
  const near = names.find(({ folded, common }) => {
    if (!common) return false
    const words = folded.split(' ')
    return typed.every((one) => words.some((word) => word.startsWith(one) || beginsNearly(word, one)))
  })
  return near ? { rank: 0, name: near.text } : null
}
