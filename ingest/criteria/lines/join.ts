import { type Finding, found } from '../evidence.ts'
import type { Document, Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'

/** What one sentence states. */
export interface Stated {
  bounds: Bounds
  sentence: Sentence
}

/** An alternative cohort of untreated people widens the counts of the others. */
export const withCohorts = (counts: readonly Stated[], none: readonly Stated[]): Stated[] => [
  ...counts,
  ...none.filter(
    ({ sentence }) => sentence.cohort !== null && !counts.some((other) => other.sentence.cohort === sentence.cohort),
  ),
]

/**
 * One criterion from all that is stated: the widest bounds of cohorts, the narrowest of the same people. `treatedBefore`: a
 * maximum alone is then of people with one line at least. Throws a RangeError when nothing is stated.
 */
export function joinLines(
  document: Document,
  all: readonly Stated[],
  rule: 'lines-counted' | 'lines-none' | 'lines-progressed',
  treatedBefore: boolean,
): Finding {
  const known = cohortsOf(document)
  const cohorts = new Set(all.map(({ sentence }) => sentence.cohort))
  const alternatives = cohorts.size > 1
  const mins = all.map(({ bounds }) => bounds.min).filter((min) => min !== null)
  const maxs = all.map(({ bounds }) => bounds.max).filter((max) => max !== null)
  const stated = alternatives ? mins.length === all.length : mins.length > 0
  let min = stated ? (alternatives ? Math.min(...mins) : Math.max(...mins)) : null
  const partial = !cohorts.has(null) && [...known].some((cohort) => !cohorts.has(cohort))
  const max = maxs.length > 0 && !partial && (!alternatives || maxs.length === all.length) ? Math.max(...maxs) : null
  if (min === null && max !== null) min = treatedBefore && max > 0 ? 1 : 0
  const lead = all[0]
  if (min !== null && max !== null && min > max) min = max
  if (!lead) throw new RangeError('no statement of lines to join')
  return found(
    { kind: 'prior_lines', polarity: 'required', min, max, setting: settingOf(lead.sentence.text) },
    rule,
    lead.sentence,
    {
      from: lead.bounds.from,
      to: lead.bounds.to,
      cohort: alternatives ? null : lead.sentence.cohort,
      confidence: rule === 'lines-progressed' ? 0.6 : 0.85,
    },
  )
}

/** Names of the cohorts that inclusion statements are limited to. */
const cohortsOf = ({ statements }: Document): ReadonlySet<string> =>
  new Set(statements.flatMap(({ cohort, section }) => (cohort && section !== 'exclusion' ? [cohort] : [])))

function settingOf(text: string): string | null {
  if (/\bmetasta/.test(text)) return 'metastatic'
  if (/\blocally advanced\b|\blocalement avance/.test(text)) return 'locally_advanced'
  if (/\badvanced\b|\bavance/.test(text)) return 'advanced'
  return /\b(?:relapsed|refractory|recurrent|rechute|refractaire)\b/.test(text) ? 'relapsed' : null
}
