/** A known thing met in a text: a cancer, a gene, a treatment. */
export interface FoundConcept {
  /** UTF-16 offsets into the text, `end` exclusive. */
  start: number
  end: number
  /** One term of letters and digits that stands for it, whatever language it was written in. */
  term: string
  /** Terms of questions that a text about it answers too (lung cancer, for a lung adenocarcinoma). */
  alsoAnswers: readonly string[]
  /** Lists of exclusions name many cancers that the trial is not about: such a concept does not count there. */
  countsInCriteria: boolean
}

/** How texts in two languages come to speak of the same things. */
export interface Concepts {
  /** Changes with what is known: indexes made with another version are rebuilt. */
  version: string
  /** Everything met, in any order; things of different kinds may overlap ("EGFR" in "EGFR inhibitor"). */
  find(text: string): FoundConcept[]
}

/** Words only. */
export const NO_CONCEPTS: Concepts = { version: 'none', find: () => [] }

/** Of things that overlap the first, and of those that begin together the longest: how a question is read. */
export function withoutOverlaps(found: FoundConcept[]): FoundConcept[] {
  const kept: FoundConcept[] = []
  for (const next of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (next.start >= (kept.at(-1)?.end ?? 0)) kept.push(next)
  }
  return kept
}
