import { areAllCohorts } from '../cohorts.ts'
import type { Document } from '../sentences.ts'
import { allOf, anyOf, type Formula, toGroups } from './formula.ts'
import { implies, type Literal, literalsOf } from './literals.ts'

/** What the statements of a document ask for together. */
export interface Requirement {
  formula: Formula<Literal> | null
  /** What one cohort, or one of several alternatives, alone asks for: it binds nobody else. */
  cohortOnly: Literal[]
}

/** Alternatives that all ask for something ask for one or the other; else what some ask for binds only those. */
export function alternativesOf(parts: readonly (Formula<Literal> | null)[]): Requirement {
  const everyOne = parts.length > 1 && parts.every((part) => part !== null)
  return everyOne
    ? { formula: anyOf([...parts]), cohortOnly: [] }
    : { formula: null, cohortOnly: parts.flatMap((part) => (part ? literalsOf(part) : [])) }
}

/**
 * Cohorts are alternatives of the trial where the text speaks of no others. Else one that was not read may ask for
 * nothing, and only what all those that were read have in common is the trial's own.
 */
export function cohortAlternatives(
  document: Document,
  byName: ReadonlyMap<string, (Formula<Literal> | null)[]>,
): Requirement {
  const cohorts = [...byName.values()].map((parts) => allOf(parts))
  const joined = alternativesOf(cohorts)
  if (joined.formula === null || areAllCohorts(document.folded, byName.keys())) return joined
  const shared = sharedBy(toGroups(joined.formula, implies))
  const isShared = (literal: Literal) => shared.some((one) => implies(one, literal))
  return {
    formula: allOf(shared.map((one): Formula<Literal> => ({ one }))),
    cohortOnly: literalsOf(joined.formula).filter((literal) => !isShared(literal)),
  }
}

/** What every group asks for, in the widest words in which one of them does. */
function sharedBy(groups: readonly Literal[][]): Literal[] {
  const [first = [], ...others] = groups
  const candidates = first.flatMap((literal) => {
    const same = others.map((group) => group.find((one) => implies(one, literal) || implies(literal, one)))
    return same.every((one) => one !== undefined)
      ? [same.reduce<Literal>((widest, one) => (implies(widest, one) ? one : widest), literal)]
      : []
  })
  return candidates.filter((one) => groups.every((group) => group.some((literal) => implies(literal, one))))
}
