import type { Concepts } from './concepts.ts'
import { DOCUMENT_VERSION } from './document.ts'
import type { IndexDocument } from './search-index.ts'
import { looksLikeCode, stemOf, symbolOf, withSharedHeads, wordsOf } from './words.ts'

/** What is searched, the most telling first: a word in a title says more than the same word in a list of exclusions. */
export const TERM_FIELDS = ['titles', 'conditions', 'interventions', 'keywords', 'summary', 'eligibility'] as const
export type TermField = (typeof TERM_FIELDS)[number]

/** Raised when the same document gives other terms. */
const TERMS_VERSION = 3

/** Indexes whose terms were made under another version do not answer our questions: they are rebuilt. */
export function termsVersion(concepts: Concepts): string {
  return `${DOCUMENT_VERSION}.${TERMS_VERSION}.${concepts.version}`
}

/**
 * The terms each field of a document is found by, separated by spaces: French and English stems, codes as they are,
 * and concepts. Every engine is given these rather than the texts, so that all of them understand a question alike.
 */
export function documentTerms(document: IndexDocument, concepts: Concepts): Record<TermField, string> {
  const { titles, acronym, conditions, interventions, keywords, sponsor, summary, eligibility } = document
  const terms = (texts: (string | null)[], inCriteria = false) => {
    const text = withSharedHeads(texts.filter((one) => one !== null).join('\n'))
    return [...wordTerms(text), ...conceptTerms(text, concepts, inCriteria)].join(' ')
  }
  return {
    titles: terms([...titles, acronym]),
    conditions: terms(conditions),
    interventions: terms(interventions),
    keywords: terms([...keywords, sponsor]),
    summary: terms([summary]),
    eligibility: terms([eligibility], true),
  }
}

function wordTerms(text: string): string[] {
  return wordsOf(text, { keepPieces: true }).flatMap((word) => {
    const { term, capitals, head } = word
    const exact = looksLikeCode(word) || head !== null ? [(capitals ? symbolOf(term) : null) ?? term] : []
    return [...new Set([...exact, stemOf(term, 'en'), stemOf(term, 'fr')])]
  })
}

function conceptTerms(text: string, concepts: Concepts, inCriteria: boolean): string[] {
  return concepts
    .find(text)
    .filter(({ countsInCriteria }) => countsInCriteria || !inCriteria)
    .flatMap(({ term, alsoAnswers }) => [term, ...alsoAnswers])
}
