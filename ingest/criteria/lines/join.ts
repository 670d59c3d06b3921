import { cohortUnits } from '../cohorts.ts'
import { type Finding, found } from '../evidence.ts'
import type { Document } from '../sentences.ts'
import { withAlternatives } from './alternatives.ts'
import type { Range, Stated } from './bounds.ts'

/**
 * One criterion from all that is stated: what is said of the same people holds together, cohorts (and tumours) are
 * alternatives. `treatedBefore`: a maximum alone is then of people with one line at least. Null when no bound is left.
 */
export function joinLines(document: Document, all: readonly Stated[], treatedBefore: boolean): Finding | null {
  const { joined, heads } = withAlternatives(document, withoutContradicted(all, treatedBefore), treatedBefore)
  const groups = new Map<string | null, Stated[]>()
  for (const one of joined) {
    const key = heads.get(one) ?? one.sentence.cohort
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const lead = (['counted', 'none', 'treated', 'open'] as const)
    .map((kind) => joined.find((one) => one.kind === kind))
    .find((one) => one !== undefined)
  if (!lead) return null
  const base = rangeOf(groups.get(null) ?? [])
  const ranges = [...groups].flatMap(([key, stated]) => (key === null ? [] : [within(rangeOf(stated), base)]))
  const isPartial = heads.size > 0 || !areCovered(cohortsOf(document), new Set(groups.keys()))
  const isAlone = ranges.length === 1 && base.min === null && base.max === null
  const hasBase = groups.has(null)
  const range = union([...ranges, ...(hasBase || (isPartial && ranges.length > 0 && !isAlone) ? [base] : [])])
  if (isAlone && isPartial) range.max = null
  const isTreated = treatedBefore || joined.some(({ kind }) => kind === 'treated')
  if (range.min === null && range.max !== null) range.min = isTreated && range.max > 0 ? 1 : 0
  if (range.min !== null && range.max !== null && range.min > range.max) range.min = range.max
  if (range.min === null && range.max === null) return null
  const { sentence, bounds, kind } = lead
  return found(
    { kind: 'prior_lines', polarity: 'required', ...range, setting: settingOf(sentence.text) },
    RULES[kind],
    sentence,
    {
      from: bounds.from,
      to: bounds.to,
      cohort: groups.size > 1 ? null : sentence.cohort,
      confidence: kind === 'treated' ? 0.6 : 0.85,
    },
  )
}

/** Who must have been treated is not kept out by any earlier treatment: what seems to say so is cut short. */
const withoutContradicted = (all: readonly Stated[], treatedBefore: boolean): readonly Stated[] =>
  treatedBefore || all.some(({ kind }) => kind === 'treated')
    ? all.filter(({ kind, sentence }) => kind !== 'none' || sentence.side !== 'out')
    : all

const RULES = {
  counted: 'lines-counted',
  none: 'lines-none',
  treated: 'lines-progressed',
  open: 'lines-counted',
} as const

/** What is stated of the same people: numbers come before "none", which comes before "treated". */
function rangeOf(stated: readonly Stated[]): Range {
  const of = (kind: Stated['kind']) => stated.filter((one) => one.kind === kind).map(({ bounds }) => bounds)
  const open = of('open')
  const counted = of('counted')
  const [none] = of('none')
  const min = (all: readonly Range[]) => all.map((one) => one.min).filter((bound) => bound !== null)
  const max = (all: readonly Range[]) => all.map((one) => one.max).filter((bound) => bound !== null)
  const range: Range = { min: null, max: null }
  if (counted.length > 0) {
    const [mins, maxs] = [min(counted), max(counted)]
    range.min = mins.length > 0 ? Math.min(...mins) : null
    range.max = maxs.length > 0 ? Math.max(...maxs) : null
  } else if (none) Object.assign(range, { min: 0, max: 0 })
  else {
    const treated = of('treated')
    const maxs = max(treated)
    if (treated.length > 0) Object.assign(range, { min: 1, max: maxs.length > 0 ? Math.max(...maxs) : null })
  }
  if (open.length > 0) {
    range.max = null
    if (none || min(open).includes(0)) range.min = 0
  }
  if (range.min === null && range.max === 0) range.min = 0
  if (range.min === null && range.max !== null && of('treated').length > 0) range.min = 1
  return range
}

/** What holds for everyone holds for a cohort too. */
const within = (own: Range, base: Range): Range => ({ min: own.min ?? base.min, max: own.max ?? base.max })

/** The widest of alternatives: a bound that one of them leaves open is open, but nobody has fewer than none. */
function union(ranges: readonly Range[]): Range {
  const mins = ranges.map(({ min }) => min)
  const maxs = ranges.map(({ max }) => max).filter((bound) => bound !== null)
  const least = mins.filter((bound) => bound !== null)
  return {
    min: least.includes(0) || (least.length > 0 && !mins.includes(null)) ? Math.min(...least) : null,
    max: maxs.length > 0 && maxs.length === ranges.length ? Math.max(...maxs) : null,
  }
}

/** Names of the cohorts that inclusion statements are limited to. */
const cohortsOf = ({ statements }: Document): ReadonlySet<string> =>
  new Set(statements.flatMap(({ cohort, section }) => (cohort && section !== 'exclusion' ? [cohort] : [])))

/** Whether every cohort is one of these, or made of members of these ("arms 1 and 2" of "arm 1", "arm 2"). */
function areCovered(cohorts: ReadonlySet<string>, stated: ReadonlySet<string | null>): boolean {
  const membersOf = (cohort: string) => {
    const units = cohortUnits(cohort)
    return units?.members.map((member) => `${units.kind} ${member}`) ?? [cohort]
  }
  const covered = new Set([...stated].flatMap((cohort) => (cohort === null ? [] : membersOf(cohort))))
  return [...cohorts].every((cohort) => membersOf(cohort).every((member) => covered.has(member)))
}

function settingOf(text: string): string | null {
  if (/\bmetasta/.test(text)) return 'metastatic'
  if (/\blocally advanced\b|\blocalement avance/.test(text)) return 'locally_advanced'
  if (/\badvanced\b|\bavance/.test(text)) return 'advanced'
  return /\b(?:relapsed|refractory|recurrent|rechute|refractaire)\b/.test(text) ? 'relapsed' : null
}
