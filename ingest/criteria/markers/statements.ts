import { diagnosisSentences } from '../diagnosis.ts'
import type { Document } from '../sentences.ts'
import { alternativesOf, cohortAlternatives, type Requirement } from './alternatives.ts'
import { allOf, anyOf, type Formula } from './formula.ts'
import { isChange } from './kinds.ts'
import { type Literal, literalsOf, type Reading } from './literals.ts'
import { areApart, tumoursIn } from './tumours.ts'

/**
 * Joins what the sentences (`readings`, in the order of the document's) ask for: siblings by "and" or, under "one of
 * the following", by "or"; cohorts by "or".
 */
export function joinStatements(document: Document, readings: readonly Reading[]): Requirement {
  const own: (Formula<Literal> | null)[][] = document.statements.map(() => [])
  const cohortOnly: Literal[] = readings.flatMap(({ ofSome }) => ofSome)
  for (const [index, { required }] of readings.entries()) {
    const { statement = -1, cohort = null } = document.sentences[index] ?? {}
    const parts = own[statement]
    if (!parts || !required) continue
    // A cohort that only a sentence names ("the lung cohort") is not among those that are joined below.
    if (cohort !== null && document.statements[statement]?.cohort === null) {
      cohortOnly.push(...literalsOf(required))
      continue
    }
    const before = parts[parts.length - 1]
    if (before && document.sentences[index - 1]?.text.endsWith(';') && areChanges(before) && areChanges(required))
      parts.push(anyOf([parts.pop() ?? null, required]))
    else parts.push(required)
  }
  const children: number[][] = document.statements.map(() => [])
  const top: number[] = []
  for (const [index, { parent }] of document.statements.entries()) {
    if (parent === null) top.push(index)
    else children[parent]?.push(index)
  }
  const formulas: (Formula<Literal> | null)[] = document.statements.map(() => null)
  const isOfOneTumour = tumourAlternatives(document)
  for (let index = document.statements.length - 1; index >= 0; index--) {
    const below = joinBelow(document, index, children[index] ?? [], formulas)
    cohortOnly.push(...below.cohortOnly)
    const formula = allOf([...(own[index] ?? []), below.formula])
    if (formula && isOfOneTumour(index)) cohortOnly.push(...literalsOf(formula))
    else formulas[index] = formula
  }
  const joined = joinCohorts(document, top, formulas)
  return { ...joined, cohortOnly: [...cohortOnly, ...joined.cohortOnly] }
}

/** "KRAS or NRAS mutation; NF1 deletion": a list of changes goes on after the semicolon. */
const areChanges = (formula: Formula<Literal>) => literalsOf(formula).every(({ alteration }) => isChange(alteration))

/** What is nested under a statement, joined; what is limited to another cohort than its own is kept apart. */
function joinBelow(
  document: Document,
  index: number,
  children: readonly number[],
  formulas: readonly (Formula<Literal> | null)[],
): Requirement {
  if (children.length === 0) return { formula: null, cohortOnly: [] }
  const cohortOf = (statement: number) => document.statements[statement]?.cohort ?? null
  const below = children.filter((child) => cohortOf(child) === cohortOf(index))
  const byName = new Map<string, (Formula<Literal> | null)[]>()
  for (const child of children) {
    if (below.includes(child)) continue
    const name = cohortOf(child) ?? ''
    byName.set(name, [...(byName.get(name) ?? []), formulas[child] ?? null])
  }
  const cohorts = cohortAlternatives(document, byName)
  const parts = below.map((child) => formulas[child] ?? null)
  const alternatives = parts.some((part) => part !== null) && isAnyOf(document, index, below)
  const open =
    isOfThose(document, index) ||
    (alternatives && below.some((child, at) => parts[at] === null && isAlternativeItem(document, child)))
  const joined = alternatives ? anyOf(parts) : allOf(parts)
  return {
    formula: allOf([open ? null : joined, cohorts.formula]),
    cohortOnly: [...cohorts.cohortOnly, ...(open && joined ? literalsOf(joined) : [])],
  }
}

/** "For the combination arm:", "In patients with …:": what hangs under it is asked of those alone. */
function isOfThose(document: Document, index: number): boolean {
  const lead = textOf(document, index)
  return OF_THOSE.test(lead) && !OF_EVERYONE.test(lead)
}

const OF_THOSE = /^(?:for|in|if|pour|chez|si)\b[^.;]{0,120}:\s*$/
const OF_EVERYONE =
  /\b(?:all|both|each|every|any|tous|toutes|inclusion|inclure|inclus|included|enrol\w*|eligib\w*|study|trial|entry|participat\w*)\b/

/** An item that lets someone in without any marker: not a note, not a word on tests. */
function isAlternativeItem(document: Document, index: number): boolean {
  const text = textOf(document, index)
  return (
    text.length > 12 &&
    !/^(?:note|nb|n\.b)\b|\b(?:test\w*|assay|laborator\w+|must|should|allowed|permitted)\b/.test(text)
  )
}

const textOf = ({ folded, statements }: Document, index: number) =>
  folded.slice(statements[index]?.start ?? 0, statements[index]?.end ?? 0)

const ANY_OF =
  /\b(?:one of|any of|either|at least (?:one|1)|≥ ?1|or more|one or more|une? (?:des|parmi)|l'un|au moins une?|alterations?|mutations?|aberrations?|following genes?|any one)\b/
const ALL_OF = /\b(?:all of|all the|toutes? les|tous les|both)\b/

function isAnyOf(document: Document, parent: number, below: readonly number[]): boolean {
  const lead = textOf(document, parent)
  if (ALL_OF.test(lead.slice(-80))) return false
  if (ANY_OF.test(lead)) return true
  return below.some((child) => {
    const text = textOf(document, child).trim()
    return ENDS_WITH_OR.test(text.slice(-8)) || /^(?:or|ou)\b/.test(text)
  })
}

const ENDS_WITH_OR = /\b(?:or|ou)[\s,;.]*$/

/** Statements of the whole trial by "and"; those of its cohorts, each taken together, by "or". */
function joinCohorts(
  document: Document,
  top: readonly number[],
  formulas: readonly (Formula<Literal> | null)[],
): Requirement {
  const runs: (Formula<Literal> | null)[][] = []
  let before = 0
  const cohorts = new Map<string, (Formula<Literal> | null)[]>()
  for (const { cohort, section } of document.statements) {
    if (cohort && section !== 'exclusion') cohorts.set(cohort, cohorts.get(cohort) ?? [])
  }
  for (const index of top) {
    const cohort = document.statements[index]?.cohort ?? null
    const formula = formulas[index] ?? null
    if (cohort !== null) {
      if (formula) cohorts.get(cohort)?.push(formula)
      continue
    }
    const run = runs[runs.length - 1]
    if (run && continuesWithOr(document, before, index)) run.push(formula)
    else runs.push([formula])
    before = index
  }
  const common = runs.map((run) =>
    run.length === 1 ? { formula: run[0] ?? null, cohortOnly: [] } : alternativesOf(run),
  )
  const joined = cohortAlternatives(document, cohorts)
  return {
    formula: allOf([...common.map(({ formula }) => formula), joined.formula]),
    cohortOnly: [...common, joined].flatMap((one) => one.cohortOnly),
  }
}

/** "… after a CDK4/6 inhibitor OR" before the next statement, or "or …" at its beginning. */
const continuesWithOr = (document: Document, before: number, index: number) =>
  ENDS_WITH_OR.test(textOf(document, before).trimEnd().slice(-8)) || /^(?:or|ou)\b/.test(textOf(document, index))

/**
 * Tells the statements about one of several tumours a trial takes ("NSCLC: …", then "Breast cancer: …"): nobody has
 * both, so that what one asks for is asked of those alone.
 */
function tumourAlternatives(document: Document): (statement: number) => boolean {
  let codesOf: Map<number, Set<string>> | null = null
  const read = () => {
    const codes = new Map<number, Set<string>>()
    for (const { statement, start, end } of diagnosisSentences(document)) {
      const known = codes.get(statement) ?? new Set()
      for (const { code } of tumoursIn(document.plain.slice(start, end))) known.add(code)
      if (known.size > 0) codes.set(statement, known)
    }
    return codes
  }
  return (index) => {
    codesOf ??= read()
    const own = codesOf.get(index)
    const { parent, cohort } = document.statements[index] ?? {}
    if (!own) return false
    for (const [other, codes] of codesOf) {
      const sibling = document.statements[other]
      if (other === index || sibling?.parent !== parent || sibling?.cohort !== cohort) continue
      if ([...codes].every((code) => [...own].every((one) => areApart(one, code)))) return true
    }
    return false
  }
}
