import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { allOf, toGroups } from './markers/formula.ts'
import { implies, type Literal, literalsOf } from './markers/literals.ts'
import { type People, peopleOf } from './markers/people.ts'
import { readSentence } from './markers/sentence.ts'
import { joinStatements } from './markers/statements.ts'
import { readSummary, readTitles } from './markers/titles.ts'
import type { Document } from './sentences.ts'

/**
 * Biomarkers, required as alternatives of conjunctions and excluded one by one. Statements are joined by "and",
 * cohorts by "or"; what one cohort alone requires carries its name and no group, so that it binds nobody else.
 */
export function readBiomarkers(document: Document, input: CriteriaInput): Finding[] {
  const readings = document.sentences.map((sentence) => readSentence(document, sentence))
  const excluded = distinct(readings.flatMap((reading) => reading.excluded))
  const required = joinStatements(document, readings)
  const ofAll = required.formula ? literalsOf(required.formula) : []
  const titled = readTitles(input, new Set([...ofAll, ...excluded].map(({ gene }) => gene)))
  // Where each cohort states its own markers, one more in the title is that of one cohort.
  const isOfOne = titled !== null && ofAll.some(({ sentence }) => sentence?.cohort != null)
  const stated = allOf([required.formula, isOfOne ? null : titled])
  const summed = stated === null && required.cohortOnly.length === 0 ? readSummary(document) : null
  const groups = toGroups(stated ?? summed, implies)
  const possible = groups.filter((literals) => !contradicts(literals))
  const ofSome = [...(possible.length > 0 ? [] : groups.flat()), ...(isOfOne ? literalsOf(titled) : [])]
  const people = peopleOf(document, input)
  return [
    ...possible.flatMap((literals, group) => literals.map((literal) => toFinding(literal, 'required', group))),
    ...distinct([...ofSome, ...required.cohortOnly]).map((literal) => toFinding(literal, 'required', null)),
    ...excluded.map((literal) => toFinding(literal, 'excluded', null, literal.sentence && people(literal.sentence))),
  ]
}

/** Nobody is positive and negative at once: what asks for both was asked of different people. */
const contradicts = (literals: readonly Literal[]) =>
  literals.some(
    (literal) =>
      literal.alteration === 'negative' &&
      literals.some(({ gene, alteration }) => gene === literal.gene && PRESENT.has(alteration)),
  )
const PRESENT = new Set(['positive', 'expression', 'overexpression', 'high', 'amplification'])

function distinct(literals: readonly Literal[]): Literal[] {
  const first = new Map<string, Literal>()
  for (const literal of literals) {
    const key = `${literal.gene} ${literal.alteration} ${literal.threshold} ${literal.sentence?.cohort}`
    if (!first.has(key)) first.set(key, literal)
  }
  return [...first.values()]
}

type Polarity = 'required' | 'excluded'

function toFinding(literal: Literal, polarity: Polarity, group: number | null, people: People | null = null): Finding {
  const { gene, alteration, threshold, sentence, title, from, to } = literal
  const fact = { kind: 'biomarker', polarity, group, gene, alteration, state: 'present', threshold } as const
  if (!sentence) return foundElsewhere(fact, 'biomarker-title', 'title', title ?? '', 0.7)
  const place = { from, to, confidence: 0.85 }
  const rule = `biomarker-${sentence.side}`
  if (people === null) return found(fact, rule, sentence, place)
  const cohort = people.wholeCohort ? null : sentence.cohort
  return found({ ...fact, ofCancers: [...people.cancers] }, rule, sentence, { ...place, cohort })
}
