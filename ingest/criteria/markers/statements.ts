import type { Document } from '../sentences.ts'
import { allOf, anyOf, type Formula } from './formula.ts'
import { type Literal, literalsOf, type Reading } from './literals.ts'

/** What the statements of a document ask for together. */
export interface Requirement {
  formula: Formula<Literal> | null
  /** What one cohort, or one of several alternatives, alone asks for: it binds nobody else. */
  cohortOnly: Literal[]
}

/**
 * Joins what the sentences (`readings`, in the order of the document's) ask for: siblings by "and" or, under "one of the
 * following", by "or"; cohorts by "or".
 */
export function joinStatements(document: Document, readings: readonly Reading[]): Requirement {
  const own: (Formula<Literal> | null)[][] = document.statements.map(() => [])
  for (const [index, reading] of readings.entries()) {
    const statement = document.sentences[index]?.statement
    if (statement !== undefined && reading.required) own[statement]?.push(reading.required)
  }
  const children: number[][] = document.statements.map(() => [])
  const top: number[] = []
  for (const [index, { parent }] of document.statements.entries()) {
    if (parent === null) top.push(index)
    else children[parent]?.push(index)
  }
  const formulas: (Formula<Literal> | null)[] = document.statements.map(() => null)
  const cohortOnly: Literal[] = []
  for (let index = document.statements.length - 1; index >= 0; index--) {
    const below = joinBelow(document, index, children[index] ?? [], formulas)
    cohortOnly.push(...below.cohortOnly)
    formulas[index] = allOf([...(own[index] ?? []), below.formula])
  }
  const joined = joinCohorts(document, top, formulas)
  return { ...joined, cohortOnly: [...cohortOnly, ...joined.cohortOnly] }
}

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
  const cohorts = alternativesOf([...byName.values()].map((parts) => allOf(parts)))
  const parts = below.map((child) => formulas[child] ?? null)
  const alternatives = parts.some((part) => part !== null) && isAnyOf(document, index, below)
  const open = alternatives && below.some((child, at) => parts[at] === null && isAlternativeItem(document, child))
  const joined = alternatives ? anyOf(parts) : allOf(parts)
  return {
    formula: allOf([open ? null : joined, cohorts.formula]),
    cohortOnly: [...cohorts.cohortOnly, ...(open && joined ? literalsOf(joined) : [])],
  }
}

/** Cohorts that all ask for something ask for one or the other; else what some ask for binds only those. */
function alternativesOf(cohorts: readonly (Formula<Literal> | null)[]): Requirement {
  const everyOne = cohorts.length > 1 && cohorts.every((cohort) => cohort !== null)
  return everyOne
    ? { formula: anyOf([...cohorts]), cohortOnly: [] }
    : { formula: null, cohortOnly: cohorts.flatMap((cohort) => (cohort ? literalsOf(cohort) : [])) }
}

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
  /\b(?:one of|any of|either|at least (?:one|1)|≥ ?1|or more|one or more|une? (?:des|parmi)|l'un|au moins une?|alterations?|mutations?|aberrations?|following (?:genes?|criteria for)|any one)\b/
const ALL_OF = /\b(?:all of|all the|toutes? les|tous les|both)\b/

function isAnyOf(document: Document, parent: number, below: readonly number[]): boolean {
  const lead = textOf(document, parent)
  if (ALL_OF.test(lead.slice(-80))) return false
  if (ANY_OF.test(lead)) return true
  return below.some((child) => {
    const text = textOf(document, child).trim()
    return /\b(?:or|ou)[\s,;.]*$/.test(text) || /^(?:or|ou)\b/.test(text)
  })
}

/** Statements of the whole trial by "and"; those of its cohorts, each taken together, by "or". */
function joinCohorts(
  document: Document,
  top: readonly number[],
  formulas: readonly (Formula<Literal> | null)[],
): Requirement {
  const common: (Formula<Literal> | null)[] = []
  const cohorts = new Map<string, (Formula<Literal> | null)[]>()
  for (const { cohort, section } of document.statements) {
    if (cohort && section !== 'exclusion') cohorts.set(cohort, cohorts.get(cohort) ?? [])
  }
  for (const index of top) {
    const cohort = document.statements[index]?.cohort ?? null
    const formula = formulas[index] ?? null
    if (!formula) continue
    if (cohort === null) common.push(formula)
    else cohorts.get(cohort)?.push(formula)
  }
  const joined = alternativesOf([...cohorts.values()].map((parts) => allOf(parts)))
  return { formula: allOf([...common, joined.formula]), cohortOnly: joined.cohortOnly }
}
