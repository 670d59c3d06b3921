import type { CriterionOf } from '../../domain/criterion.ts'
import type { Fit } from '../../domain/vocabulary/stages/fits.ts'
import type { Card } from '../card.ts'
import { criteriaOf } from '../topic.ts'
import { CONTRADICTED, type Code, isSure, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

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
export function judgeWord(criteria: readonly ExtentCriterion[], fits: (words: readonly string[]) => Fit[]): Judgement {
  const required = (['stage', 'setting'] as const).map((kind): Judgement => {
    const own = criteria.flatMap((one, at) => (one.kind === kind && one.polarity === 'required' ? [{ one, at }] : []))
    const words = own.flatMap(({ one, at }) => one.anyOf.map((word) => ({ word, one, at })))
    const all = fits(words.map(({ word }) => word))
    const which = (fit: Fit) => words.filter((_, index) => all[index] === fit)
    const said = (code: Code, found: typeof words): Judgement => ({ code, at: [...new Set(found.map(({ at }) => at))] })
    const within = which('in')
    if (within.some(({ one }) => isSure(one)))
      return said(
        MET,
        within.filter(({ one }) => isSure(one)),
      )
    const open = [...within, ...which('maybe')]
    if (open.length > 0) return said(UNKNOWN, open)
    const out = which('out')
    if (out.length === 0) return { code: NOT_RESTRICTED, at: [] }
    // Words about something else in the same kind are alternatives too: "unresectable or metastatic". When in the course of
    // treatment a trial comes is none: "maintenance of newly diagnosed myeloma" asks for both.
    const alternatives = which(null).some(({ word }) => !TREATMENT_TIMES.has(word))
    const firm = out.some(({ one }) => temper(CONTRADICTED, one) === CONTRADICTED)
    return said(firm && !alternatives ? CONTRADICTED : UNKNOWN, out)
  })
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
