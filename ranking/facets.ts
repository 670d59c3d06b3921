import type { Answer } from '../domain/answer.ts'
import { PHASES } from '../domain/trial.ts'
import { type Census, countTrial, createCensus } from './census.ts'
import { type Corpus, FIELDS, FIRST_SITE, SITE_COUNT } from './corpus.ts'
import type { Scan } from './scan.ts'

/** How many of all trials listed have each phase, and a site to go to in each département. */
export function facetsOf(corpus: Corpus, scan: Scan): Answer['facets'] {
  const { byPhases, byDepartement } = scan.listsAllOpen ? corpus.open : censusOf(corpus, scan)
  const { names, order } = corpus.sites
  return {
    phases: countsOf(PHASES, PHASES_IN_ORDER, countsByPhase(byPhases)),
    departements: countsOf(names, order, byDepartement.data),
  }
}

function censusOf(corpus: Corpus, { length, slot: slots }: Scan): Census {
  const census = createCensus()
  census.byDepartement.reserve(corpus.sites.names.length)
  const [phases, fields] = [corpus.phases.data, corpus.fields.data]
  for (let row = 0; row < length; row++) {
    const slot = slots[row] as number
    const [first, count] = [fields[slot * FIELDS + FIRST_SITE] as number, fields[slot * FIELDS + SITE_COUNT] as number]
    countTrial(census, corpus.sites, phases[slot] as number, first, count, 1)
  }
  return census
}

const PHASES_IN_ORDER = PHASES.map((_, bit) => bit).sort((a, b) =>
  (PHASES[a] as string) < (PHASES[b] as string) ? -1 : 1,
)

function countsByPhase(byMask: Int32Array): Int32Array {
  const counts = new Int32Array(PHASES.length)
  for (let mask = 0; mask < byMask.length; mask++) {
    const count = byMask[mask] as number
    if (count === 0) continue
    for (let bit = 0; bit < PHASES.length; bit++) if (mask & (1 << bit)) counts[bit] = (counts[bit] as number) + count
  }
  return counts
}

/** The counts that are not nought, by name, in the order given. */
function countsOf(names: readonly string[], order: readonly number[], counts: Int32Array): Record<string, number> {
  const found: Record<string, number> = {}
  for (const number of order) {
    const count = counts[number] ?? 0
    if (count > 0) found[names[number] as string] = count
  }
  return found
}
