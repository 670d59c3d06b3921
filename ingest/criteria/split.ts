import { type CohortUnits, cohortUnits, ownCohort } from './cohorts.ts'
import { type Heading, readHeading } from './headings.ts'
import { type Scope, type StatementSection, scopeAfter, wholeTrial } from './scope.ts'
import type { ReadableText } from './text.ts'

/** One bullet or paragraph of the eligibility text, without its bullet. Offsets point into `plain`. */
export interface Statement {
  start: number
  end: number
  section: StatementSection
  /** The cohort or part it is limited to; null for the whole trial. */
  cohort: string | null
  /** Nesting, in columns of indentation. */
  depth: number
  /** Index of the statement it is nested under; null at the top. */
  parent: number | null
}

/** Bullets of markdown, word processors and hand-made lists, after the indentation. */
const BULLET =
  /^(?:[*•+>§]|-{1,4}|o(?= [A-Z0-9])|\(?\d{1,2}\.?[.):]?(?=[.)]\s)[.)]|\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)\.?|\d{1,2}[a-h]?\.(?=\s|[A-Z])(?!\d)|[a-h]\.(?=\s)|[ivx]{1,4}\.(?=\s)|\d{1,2}-(?=\s?[A-Z]))\s*/

interface Line {
  start: number
  end: number
  indent: number
  bulleted: boolean
  /** A blank line stands before it. */
  apart: boolean
}

/** A side heading in running text: "… adult patients. Exclusion criteria: pregnancy". */
const INLINE_HEADING =
  /(?:^|[.;:)\n] ?|\s\s|(?<!\bnon) - )((?:(?:key|main|major|principal|general|primary|additional|other) )?(?:(?:non[- ])?inclusion|exclusion|non[- ]inclusion) criteria ?:|criteres? (?:d'|de )?(?:non[- ])?(?:inclusion|exclusion) ?:|inclusion ?:|(?:non-inclusion|exclusion) ?:)/g

/** Splits an eligibility text into its statements, each with side, cohort and place. Linear in the text. */
export function splitStatements(text: ReadableText): Statement[] {
  const statements: Statement[] = []
  const state: { scope: Scope; stack: number[]; previous: Line | null } = {
    scope: wholeTrial,
    stack: [],
    previous: null,
  }
  const open = (heading: Heading) => {
    state.scope = scopeAfter(state.scope, heading)
    state.stack = []
    state.previous = null
  }
  for (const line of linesOf(text)) {
    const folded = text.folded.slice(line.start, line.end)
    const heading = readHeading(folded, line.bulleted)
    if (heading) {
      open(heading)
      continue
    }
    const last = statements[statements.length - 1]
    if (last && state.previous && continues(text, state.previous, line)) {
      last.end = line.end
      state.previous = { ...line, indent: state.previous.indent, bulleted: state.previous.bulleted }
      continue
    }
    while (state.stack.length > 0) {
      const above = statements[state.stack[state.stack.length - 1] ?? 0]
      if (above && above.depth < line.indent) break
      state.stack.pop()
    }
    const parent = state.stack[state.stack.length - 1] ?? leadOf(text, statements, line, state.previous)
    statements.push({
      start: line.start,
      end: line.end,
      section: state.scope.section,
      cohort:
        ownCohort(folded) ??
        (parent === null ? state.scope.cohort : (statements[parent]?.cohort ?? state.scope.cohort)),
      depth: line.indent,
      parent,
    })
    state.scope = { ...state.scope, entered: false }
    state.stack.push(statements.length - 1)
    state.previous = line
  }
  return withoutWholes(statements)
}

/** "Parts 1 and 2" of a trial with two parts is the whole trial, and so is the only cohort there is. */
function withoutWholes(statements: Statement[]): Statement[] {
  const included = new Set(statements.flatMap(({ section, cohort }) => (section === 'inclusion' ? [cohort] : [])))
  const [only] = included.size === 1 ? included : []
  const isOnly = (cohort: string | null) => cohort !== null && cohort === only
  const known = new Map<string, Set<string>>()
  const unitsByName = new Map<string, CohortUnits | null>()
  for (const { cohort } of statements) {
    if (cohort === null || unitsByName.has(cohort)) continue
    const units = cohortUnits(cohort)
    unitsByName.set(cohort, units)
    if (!units) continue
    const all = known.get(units.kind) ?? new Set()
    for (const one of units.members) all.add(one)
    known.set(units.kind, all)
  }
  return statements.map((statement) => {
    const units = statement.cohort === null ? null : unitsByName.get(statement.cohort)
    const whole = units && units.members.length > 1 && units.members.length === known.get(units.kind)?.size
    return whole || isOnly(statement.cohort) ? { ...statement, cohort: null } : statement
  })
}

/** A list that is not indented under its "…:" line still belongs to it. */
function leadOf(
  text: ReadableText,
  statements: readonly Statement[],
  line: Line,
  previous: Line | null,
): number | null {
  const index = statements.length - 1
  const last = statements[index]
  if (!last || !previous || !line.bulleted) return null
  if (last.parent !== null && last.depth === line.indent && !endsWithColon(text, last)) return last.parent
  if (previous.bulleted && last.depth >= line.indent) return null
  return endsWithColon(text, last) ? index : null
}

const endsWithColon = (text: ReadableText, statement: Statement) =>
  text.plain
    .slice(Math.max(statement.start, statement.end - 3), statement.end)
    .trimEnd()
    .endsWith(':')

/** A line without bullet goes on with the one before when the text was wrapped by hand. */
function continues(text: ReadableText, previous: Line, line: Line): boolean {
  if (line.bulleted || line.apart) return false
  const before = text.plain[previous.end - 1] ?? ''
  if (before === ':') return false
  const first = text.plain[line.start] ?? ''
  if (/[a-z0-9(<>=≤≥,;/+-]/.test(first)) return true
  if (/[,(/]/.test(before)) return true
  const wrapped = previous.end - previous.start + previous.indent > 60
  return wrapped && !/[.;:]/.test(before)
}

function linesOf(text: ReadableText): Line[] {
  const lines: Line[] = []
  let apart = false
  for (const [from, to] of pieces(text)) {
    let start = from
    while (start < to && isBlank(text.plain, start)) start++
    let end = to
    while (end > start && isBlank(text.plain, end - 1)) end--
    if (start === end) {
      apart = true
      continue
    }
    const indent = start - from
    let bulleted = false
    for (let marks = 0; marks < 2; marks++) {
      const bullet = BULLET.exec(text.plain.slice(start, Math.min(end, start + 12)))
      if (!bullet?.[0] || start + bullet[0].length >= end) break
      start += bullet[0].length
      bulleted = true
    }
    lines.push({ start, end, indent: indent + (bulleted ? 1 : 0), bulleted, apart })
    apart = false
  }
  return lines
}

const isBlank = (text: string, at: number) => {
  const unit = text.charCodeAt(at)
  return unit <= 32 || unit === 0xa0 || unit === 0x202f
}

/** Line by line, and again wherever a side heading stands inside a line. */
function* pieces(text: ReadableText): Generator<[number, number]> {
  const cuts = inlineHeadings(text.folded)
  let next = 0
  let from = 0
  while (from <= text.plain.length) {
    const newline = text.plain.indexOf('\n', from)
    const to = newline < 0 ? text.plain.length : newline
    while (next < cuts.length && (cuts[next] ?? 0) <= from) next++
    while (next < cuts.length && (cuts[next] ?? 0) < to) {
      const cut = cuts[next] ?? to
      yield [from, cut]
      from = cut
      next++
    }
    yield [from, to]
    from = to + 1
  }
}

function inlineHeadings(folded: string): number[] {
  const cuts: number[] = []
  for (const match of folded.matchAll(INLINE_HEADING)) {
    const label = match[1] ?? ''
    const at = match.index + match[0].length - label.length
    cuts.push(at, at + label.length)
  }
  return cuts
}
