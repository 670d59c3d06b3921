import type { Criterion, CriterionSection } from '../../domain/criterion.ts'
import type { Fact } from './input.ts'
import type { Document, Sentence } from './sentences.ts'

/** A fact with the offsets (into `plain`) of the words that state it. */
export interface Finding {
  fact: Fact
  rule: string
  confidence: number
  cohort: string | null
  section: CriterionSection
  start: number | null
  end: number | null
  /** Set when the words stand in another text than the eligibility criteria. */
  quote?: string
}

/** A finding whose words are a part of a sentence; without bounds, the whole sentence. */
export function found(
  fact: Fact,
  rule: string,
  sentence: Sentence,
  bounds: { from?: number; to?: number; confidence?: number; cohort?: string | null } = {},
): Finding {
  return {
    fact,
    rule,
    confidence: bounds.confidence ?? 0.9,
    cohort: bounds.cohort === undefined ? sentence.cohort : bounds.cohort,
    section: sentence.section,
    start: sentence.start + Math.max(0, bounds.from ?? 0),
    end: Math.min(sentence.end, sentence.start + (bounds.to ?? sentence.text.length)),
  }
}

/** A finding read from a title, a condition, a keyword or a registry field. */
export function foundElsewhere(
  fact: Fact,
  rule: string,
  section: CriterionSection,
  quote: string,
  confidence = 0.9,
): Finding {
  return { fact, rule, confidence, cohort: null, section, start: null, end: null, quote }
}

/** Attaches the verbatim slice of the stored text. */
export function withEvidence(document: Document, finding: Finding): Criterion {
  const { fact, rule, confidence, cohort, section } = finding
  if (finding.start === null || finding.end === null) {
    return {
      ...fact,
      quote: finding.quote ?? '',
      section,
      start: null,
      end: null,
      rule,
      confidence,
      cohort,
    } as Criterion
  }
  const [from, to] = trimmed(document.plain, finding.start, finding.end)
  const start = document.toRaw(from)
  const end = from === to ? start : document.toRaw(to - 1) + 1
  return { ...fact, quote: document.raw.slice(start, end), section, start, end, rule, confidence, cohort } as Criterion
}

function trimmed(plain: string, start: number, end: number): [number, number] {
  let from = start
  let to = end
  while (from < to && /[\s,;:]/.test(plain[from] ?? '')) from++
  while (to > from && /[\s,;:]/.test(plain[to - 1] ?? '')) to--
  return [from, to]
}
