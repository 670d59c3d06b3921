import type { Finding } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Bounds } from './lines/bounds.ts'
import { readCounts } from './lines/counted.ts'
import { joinLines, type Stated, withCohorts } from './lines/join.ts'
import { readAfterFirst, readProgressed } from './lines/progressed.ts'
import { progressedByTitle, titledLine, untreatedByTitle } from './lines/titles.ts'
import { readNone } from './lines/untreated.ts'
import type { Document, Sentence } from './sentences.ts'

/**
 * How many systemic lines someone may have had for the disease setting of the trial. Counts come first; then "no prior
 * systemic therapy", "previously untreated" or a first-line title (none); then "progressed on prior …" (at least one).
 * Cohorts are alternatives: the widest bounds hold.
 */
export function readPriorLines(document: Document, input: CriteriaInput): Finding[] {
  const finding = linesOf(document, input)
  if (finding?.fact.kind !== 'prior_lines' || (finding.fact.min === null && finding.fact.max === null)) return []
  return [finding]
}

function linesOf(document: Document, input: CriteriaInput): Finding | null {
  const counts = document.sentences.flatMap((sentence) => stated(sentence, readCounts(sentence)))
  const counted = new Set(counts.map(({ sentence }) => sentence))
  const others = document.sentences.filter((sentence) => !counted.has(sentence))
  const none = others.flatMap((sentence) => stated(sentence, [readNone(sentence)]))
  const progressed = others.flatMap((sentence) => stated(sentence, [readProgressed(sentence)]))
  const titled = titledLine(input)
  const all = counts.length > 0 ? withCohorts(counts, none) : none
  if (all.length > 0) {
    const treatedBefore = progressed.length > 0 || titled === 'later' || titled === 'progressed'
    return joinLines(document, all, counts.length > 0 ? 'lines-counted' : 'lines-none', treatedBefore)
  }
  const afterFirst = titled === 'first' ? [] : document.sentences.flatMap((one) => stated(one, [readAfterFirst(one)]))
  const [first] = [...afterFirst, ...progressed]
  if (first) return joinLines(document, [first], 'lines-progressed', true)
  if (titled === 'first') return untreatedByTitle(input)
  return titled === 'progressed' ? progressedByTitle(input) : null
}

const stated = (sentence: Sentence, all: readonly (Bounds | null)[]): Stated[] =>
  all.flatMap((bounds) => (bounds === null ? [] : [{ bounds, sentence }]))
