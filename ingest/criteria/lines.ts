import type { Finding } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Bounds, Stated, StatedKind } from './lines/bounds.ts'
import { readCounts } from './lines/counted.ts'
import { joinLines } from './lines/join.ts'
import { readAnyNumber } from './lines/open.ts'
import { readPlace } from './lines/places.ts'
import { isAfterAdjuvant, readAfterFirst, readProgressed } from './lines/progressed.ts'
import { titled } from './lines/titles.ts'
import { readNone } from './lines/untreated.ts'
import type { Document, Sentence } from './sentences.ts'

/**
 * How many systemic lines someone may have had for the disease setting of the trial. Counts come first; then "no prior
 * systemic therapy", "previously untreated" (none); then "progressed on prior …" (at least one); then the titles.
 * Cohorts are alternatives: the widest bounds hold.
 */
export function readPriorLines(document: Document, input: CriteriaInput): Finding[] {
  const title = titled(input)
  const all = document.sentences.flatMap((sentence) => statedBy(sentence, title.line === 'first'))
  const isTreated = title.line === 'later' || (title.line === 'progressed' && !document.sentences.some(isAfterAdjuvant))
  const finding = joinLines(document, all, isTreated) ?? title.finding
  return finding ? [upTo(finding, title.most)] : []
}

/** "Second-line treatment" of people whose disease went on after the first: one line. */
function upTo(finding: Finding, most: number | null): Finding {
  const { fact, rule } = finding
  if (fact.kind !== 'prior_lines' || most === null || fact.max !== null || rule === 'lines-counted') return finding
  if (fact.min === null || fact.min > most) return finding
  return { ...finding, fact: { ...fact, max: most } }
}

/** Only sentences with one of these words are looked at more closely. */
const TREATMENT = /therap|treat|chemo|\blines?\b|regimen|inhibitor|\btkis?\b|ligne|chimio|traite|naif/

/** What one sentence states, by the first of the ways to state it that it uses. */
function statedBy(sentence: Sentence, isFirstLine: boolean): Stated[] {
  if (!TREATMENT.test(sentence.text)) return []
  const open = readAnyNumber(sentence)
  if (open) return stated('open', sentence, [open])
  const counts = [...readCounts(sentence), readPlace(sentence)].filter((one) => one !== null)
  const treated = stated('treated', sentence, [readProgressed(sentence)])
  if (counts.some(({ min }) => min !== null)) return stated('counted', sentence, counts)
  if (counts.length > 0) return [...stated('counted', sentence, counts), ...treated]
  const none = readNone(sentence)
  if (none) return stated('none', sentence, [none])
  const first = isFirstLine ? null : readAfterFirst(sentence)
  return first ? stated('treated', sentence, [first]) : treated
}

const stated = (kind: StatedKind, sentence: Sentence, all: readonly (Bounds | null)[]): Stated[] =>
  all.flatMap((bounds) => (bounds ? [{ kind, bounds, sentence }] : []))
