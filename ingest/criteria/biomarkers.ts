import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { allOf, toGroups } from './markers/formula.ts'
import { type Limit, limitsOf } from './markers/limits.ts'
import { implies, type Literal, literalsOf, type Reading } from './markers/literals.ts'
import { type People, peopleOf } from './markers/people.ts'
import { readSentence } from './markers/sentence.ts'
import { joinStatements } from './markers/statements.ts'
import { narrowedByTitles, readSummary, readTitles } from './markers/titles.ts'
import type { Document, Sentence } from './sentences.ts'

/**
 * Biomarkers, required as alternatives of conjunctions and excluded one by one. Statements are joined by "and",
 * cohorts by "or"; what one cohort alone requires carries its name and no group, so that it binds nobody else.
 */
export function readBiomarkers(document: Document, input: CriteriaInput): Finding[] {
  const limits = limitsOf(document, input)
  const readings = document.sentences.map((sentence) => limited(readSentence(document, sentence), sentence, limits))
  const ruledOut = distinct(readings.flatMap((reading) => reading.excluded))
  const required = joinStatements(document, readings)
  const ofAll = required.formula ? literalsOf(required.formula) : []
  const settled = [...[...ofAll, ...ruledOut].map(({ gene }) => gene), ...readings.flatMap(({ notAsked }) => notAsked)]
  const titled = readTitles(input, new Set(settled))
  // Where each cohort states its own markers, one more in the title is that of one cohort.
  const isOfOne = titled !== null && ofAll.some(({ sentence }) => sentence?.cohort != null)
  const stated = allOf([narrowedByTitles(input, required.formula), isOfOne ? null : titled])
  const summed = stated === null && required.cohortOnly.length === 0 ? readSummary(document) : null
  const groups = toGroups(stated ?? summed, implies)
  const possible = groups.filter((literals) => !contradicts(literals))
  const ofSome = [...(possible.length > 0 ? [] : groups.flat()), ...(isOfOne ? literalsOf(titled) : [])]
  const excluded = ruledOut.filter((literal) => !isRequired(literal, possible))
  const people = peopleOf(document, input, limits)
  return [
    ...possible.flatMap((literals, group) => literals.map((literal) => toFinding(literal, 'required', group))),
    ...distinct([...ofSome, ...required.cohortOnly]).map((literal) => toFinding(literal, 'required', null)),
    ...excluded.map((literal) => toFinding(literal, 'excluded', null, literal.sentence && people(literal.sentence))),
  ]
}

/** What is asked of some alone binds nobody else; what keeps out some whom nothing of ours names is left out. */
function limited(reading: Reading, sentence: Sentence, limits: (sentence: Sentence) => Limit | null): Reading {
  if (reading.required === null && reading.excluded.length === 0) return reading
  const limit = limits(sentence)
  if (limit === null) return reading
  const { required, excluded, ofSome } = reading
  const isNamed = limit.cancers.length > 0 || sentence.cohort !== null
  return {
    ...reading,
    required: null,
    excluded: isNamed ? excluded : [],
    ofSome: required ? [...ofSome, ...literalsOf(required)] : ofSome,
  }
}

/** Nobody is positive and negative at once: what asks for both was asked of different people. */
const contradicts = (literals: readonly Literal[]) =>
  literals.some(
    (literal) =>
      literal.alteration === 'negative' &&
      literals.some(({ gene, alteration }) => gene === literal.gene && PRESENT.has(alteration)),
  )
const PRESENT = new Set(['positive', 'expression', 'overexpression', 'high', 'amplification'])

/** Nobody could enter who is kept out by what every alternative asks for: the words meant something else. */
const isRequired = (literal: Literal, groups: readonly Literal[][]) =>
  groups.length > 0 && groups.every((group) => group.some((one) => implies(one, literal)))

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
