/** A requirement: one literal, or alternatives, or all of several. `null` requires nothing. */
export type Formula<T> = { all: Formula<T>[] } | { any: Formula<T>[] } | { one: T }

/** More alternatives than this are not written out: the requirement that would pass it is left out. */
const MOST_GROUPS = 200

/** All of the parts that require something; null when none does. */
export const allOf = <T>(parts: (Formula<T> | null)[]): Formula<T> | null => joined(parts, 'all')
/** Any of the parts that require something; null when none does. */
export const anyOf = <T>(parts: (Formula<T> | null)[]): Formula<T> | null => joined(parts, 'any')

function joined<T>(parts: (Formula<T> | null)[], how: 'all' | 'any'): Formula<T> | null {
  const present = parts.filter((part) => part !== null)
  const [first] = present
  if (!first) return null
  if (present.length === 1) return first
  return how === 'all' ? { all: present } : { any: present }
}

/**
 * Or-of-ands. `same` tells when two literals of a group are one; `implies` when the first makes the second needless.
 */
export function toGroups<T>(formula: Formula<T> | null, implies: (a: T, b: T) => boolean): T[][] {
  if (formula === null) return []
  return distinct(groupsOf(formula, implies), implies)
}

function groupsOf<T>(formula: Formula<T>, implies: (a: T, b: T) => boolean): T[][] {
  if ('one' in formula) return [[formula.one]]
  if ('any' in formula) return formula.any.flatMap((part) => groupsOf(part, implies)).slice(0, MOST_GROUPS)
  let groups: T[][] = [[]]
  for (const part of formula.all) {
    const alternatives = groupsOf(part, implies)
    if (groups.length * alternatives.length > MOST_GROUPS) continue
    groups = groups.flatMap((group) => alternatives.map((alternative) => merged([...group, ...alternative], implies)))
  }
  return groups
}

/** Without the literals another one of the group makes needless. */
const merged = <T>(group: T[], implies: (a: T, b: T) => boolean): T[] =>
  group.filter(
    (literal, at) =>
      !group.some((other, nth) => nth !== at && implies(other, literal) && (nth < at || !implies(literal, other))),
  )

function distinct<T>(groups: T[][], implies: (a: T, b: T) => boolean): T[][] {
  const same = (a: T[], b: T[]) =>
    a.length === b.length && a.every((literal) => b.some((other) => implies(literal, other) && implies(other, literal)))
  const kept: T[][] = []
  for (const group of groups) if (!kept.some((other) => same(group, other))) kept.push(group)
  return kept
}
