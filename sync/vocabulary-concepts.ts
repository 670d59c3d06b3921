import { createHash } from 'node:crypto'
import { BIOMARKER_ENTRIES, familyOf, membersOf } from '../domain/vocabulary/biomarkers.ts'
import { ancestorsOf, CANCER_ENTRIES } from '../domain/vocabulary/cancers.ts'
import { createLexicon, type LexiconEntry } from '../domain/vocabulary/lexicon.ts'
import { THERAPY_ENTRIES, therapyAncestors } from '../domain/vocabulary/therapies.ts'
import type { Concepts, FoundConcept } from './concepts.ts'

type Meaning = Pick<FoundConcept, 'term' | 'alsoAnswers' | 'countsInCriteria'>
type Entries = readonly LexiconEntry<{ code: string; unsure: boolean }>[]

interface Kind {
  name: string
  entries: Entries
  /** Codes of what a text about this answers too, itself among them or not. */
  related: (code: string) => readonly string[]
  countsInCriteria: boolean
}

const KINDS: Kind[] = [
  { name: 'cancer', entries: CANCER_ENTRIES, related: ancestorsOf, countsInCriteria: false },
  {
    name: 'gene',
    entries: BIOMARKER_ENTRIES,
    // "RAS mutated" answers a question about KRAS, and the other way round; KRAS never answers one about NRAS.
    related: (code) => [...familyOf(code), ...membersOf(code)],
    countsInCriteria: true,
  },
  { name: 'treatment', entries: THERAPY_ENTRIES, related: therapyAncestors, countsInCriteria: true },
]

/**
 * The cancers, biomarkers and treatments of the vocabulary as search terms, by all their sure French and English
 * names: `cancer du poumon` finds what says "NSCLC". Building it takes a moment; do it once per process.
 */
export function vocabularyConcepts(): Concepts {
  const lexicons = KINDS.map((kind) => createLexicon(meanings(kind)))
  return {
    version: versionOf(KINDS),
    find: (text) =>
      lexicons.flatMap((lexicon) => lexicon.findAll(text).map(({ start, end, value }) => ({ start, end, ...value }))),
  }
}

function meanings({ name, entries, related, countsInCriteria }: Kind): LexiconEntry<Meaning>[] {
  const known = new Map<string, Meaning>()
  const meaningOf = (code: string): Meaning => {
    const term = termOf(name, code)
    const others = new Set(related(code).map((other) => termOf(name, other)))
    others.delete(term)
    const meaning = known.get(code) ?? { term, alsoAnswers: [...others], countsInCriteria }
    known.set(code, meaning)
    return meaning
  }
  return sure(entries).map(({ value: { code }, ...entry }) => ({ ...entry, value: meaningOf(code) }))
}

/** An abbreviation that commonly means something else stays a word. */
function sure(entries: Entries): Entries {
  return entries.filter(({ value }) => !value.unsure)
}

/** `cancer`, `NSCLC` → `xcancernsclc`: one word to every engine, and none that people write. */
function termOf(kind: string, code: string): string {
  return `x${kind}${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`
}

function versionOf(kinds: Kind[]): string {
  const content = kinds.flatMap((kind) =>
    sure(kind.entries).map(({ surface, value: { code }, caseSensitive = false }) => [
      surface,
      termOf(kind.name, code),
      caseSensitive,
      kind.related(code),
    ]),
  )
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)
}
