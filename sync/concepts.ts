/** A known thing met in a text: a cancer, a gene, a drug. */
export interface FoundConcept {
  /** UTF-16 offsets into the text, `end` exclusive. */
  start: number
  end: number
  /** One term of letters and digits that stands for it, whatever language it was written in. */
  term: string
  /** Terms of what it belongs to (lung cancer, for a lung adenocarcinoma). */
  broader: readonly string[]
  /** Lists of exclusions name many cancers that the trial is not about: such a concept does not count there. */
  countsInCriteria: boolean
}

/** How texts in two languages come to speak of the same things. */
export interface Concepts {
  /** Changes with what is known: indexes made with another version are rebuilt. */
  version: string
  /** Leftmost, longest, without overlaps, in order. */
  find(text: string): FoundConcept[]
}

/** Words only. */
export const NO_CONCEPTS: Concepts = { version: 'none', find: () => [] }
