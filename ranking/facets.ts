import type { Answer } from '../domain/answer.ts'
import { PHASES } from '../domain/trial.ts'
import { type Corpus, FIELDS, FIRST_SITE, SITE_COUNT } from './corpus.ts'
import type { Scan } from './scan.ts'
import { NO_DEPARTEMENT } from './site-pool.ts'

const PHASES_IN_ORDER = PHASES.map((_, bit) => bit).sort((a, b) =>
  (PHASES[a] as string) < (PHASES[b] as string) ? -1 : 1,
)

/** How many of all trials listed have each phase, and a site to go to in each département. */
export function facetsOf(corpus: Corpus, { length, slot }: Scan): Answer['facets'] {
  const { names, order } = corpus.sites
  const byMask = new Int32Array(1 << PHASES.length)
  const byDepartement = new Int32Array(names.length)
  const fields = corpus.fields.data
  const phases = corpus.phases.data
  const departements = corpus.sites.departement.data
  for (let row = 0; row < length; row++) {
    const own = (slot[row] as number) * FIELDS
    const mask = phases[slot[row] as number] as number
    byMask[mask] = (byMask[mask] as number) + 1
    const first = fields[own + FIRST_SITE] as number
    const end = first + (fields[own + SITE_COUNT] as number)
    for (let at = first; at < end; at++) {
      const departement = departements[at] as number
      if (departement === NO_DEPARTEMENT) break
      byDepartement[departement] = (byDepartement[departement] as number) + 1
    }
  }
  return {
    phases: countsOf(PHASES, PHASES_IN_ORDER, countsByPhase(byMask)),
    departements: countsOf(names, order, byDepartement),
  }
}

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
    const count = counts[number] as number
    if (count > 0) found[names[number] as string] = count
  }
  return found
}
