import type { CriterionOf } from '../../domain/criterion.ts'
import type { Fit } from '../../domain/vocabulary/stages/fits.ts'
import type { Card } from '../card.ts'
import { criteriaOf } from '../topic.ts'
import { CONTRADICTED, isSure, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

export type ExtentCriterion = CriterionOf<'stage'> | CriterionOf<'setting'>

/** Stage and setting criteria, which share words: "extensive stage" is filed under either. */
export const extentCriteria = (card: Card): ExtentCriterion[] => criteriaOf(card, 'stage', 'setting')

/** Settings that say when a treatment is given, and nothing of the disease. */
const TREATMENT_TIMES: ReadonlySet<string> = new Set([
  'neoadjuvant',
  'adjuvant',
  'perioperative',
  'first_line',
  'maintenance',
  'consolidation',
])

/**
 * What stage and setting criteria say to one word told. The words of all required criteria of a kind are alternatives
 * (cohorts differ in them); stage and setting must both be satisfied. `fits` compares the word with all words of a kind.
 */
export function judgeWord(
  criteria: readonly ExtentCriterion[],
  fits: (words: readonly string[]) => readonly Fit[],
): Judgement {
  if (criteria.length === 0) return SILENT
  const required = KINDS.map((kind) => judgeRequired(criteria, kind, fits))
  const excluded = criteria.flatMap((one, at): Judgement[] => {
    if (one.polarity !== 'excluded') return []
    const all = fits(one.anyOf)
    if (all.includes('in')) return [{ code: temper(CONTRADICTED, one), at: [at] }]
    return all.includes('maybe') ? [{ code: UNKNOWN, at: [at] }] : []
  })
  const told = [...required, ...excluded].filter(({ code }) => code !== NOT_RESTRICTED)
  return told.reduce<Judgement>(
    (worst, one) => (worst.code === NOT_RESTRICTED || one.code > worst.code ? one : worst),
    {
      code: NOT_RESTRICTED,
      at: [],
    },
  )
}

const KINDS = ['stage', 'setting'] as const
const SILENT: Judgement = { code: NOT_RESTRICTED, at: [] }

/** What the required criteria of one kind say. Called for hundreds of trials per question: it goes over the words once. */
function judgeRequired(
  criteria: readonly ExtentCriterion[],
  kind: ExtentCriterion['kind'],
  fits: (words: readonly string[]) => readonly Fit[],
): Judgement {
  const words: string[] = []
  const owners: number[] = []
  for (let at = 0; at < criteria.length; at++) {
    const one = criteria[at] as ExtentCriterion
    if (one.kind !== kind || one.polarity !== 'required') continue
    for (const word of one.anyOf) {
      words.push(word)
      owners.push(at)
    }
  }
  if (words.length === 0) return SILENT
  const all = fits(words)
  const own = (index: number) => criteria[owners[index] as number] as ExtentCriterion
  const found = { sure: false, open: false, out: false, firm: false, alternatives: false }
  for (let index = 0; index < words.length; index++) {
    const fit = all[index]
    if (fit === 'in' && isSure(own(index))) found.sure = true
    if (fit === 'in' || fit === 'maybe') found.open = true
    // Words about something else in the same kind are alternatives too: "unresectable or metastatic". When in the course of
    // treatment a trial comes is none: "maintenance of newly diagnosed myeloma" asks for both.
    else if (fit === null && !TREATMENT_TIMES.has(words[index] as string)) found.alternatives = true
    else if (fit === 'out') {
      found.out = true
      if (temper(CONTRADICTED, own(index)) === CONTRADICTED) found.firm = true
    }
  }
  const saying = (...which: Fit[]) => [
    ...new Set(which.flatMap((fit) => owners.filter((_, index) => all[index] === fit))),
  ]
  if (found.sure) return { code: MET, at: saying('in').filter((at) => isSure(criteria[at] as ExtentCriterion)) }
  if (found.open) return { code: UNKNOWN, at: saying('in', 'maybe') }
  if (!found.out) return SILENT
  return { code: found.firm && !found.alternatives ? CONTRADICTED : UNKNOWN, at: saying('out') }
}

/** The same answers, worked out once for each list of words that trials make: they are far fewer than the trials. */
export function onceEach(fits: (words: readonly string[]) => Fit[]): (words: readonly string[]) => readonly Fit[] {
  const known = new Map<string, readonly Fit[]>()
  return (words) => {
    const list = words.join('\n')
    const before = known.get(list)
    if (before !== undefined) return before
    const found = fits(words)
    known.set(list, found)
    return found
  }
}
