import type { CriterionOf } from '../../domain/criterion.ts'
import { criteriaTopic, type Topic } from '../topic.ts'
import { CONTRADICTED, type Code, isSure, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'
import { createClosedAnswers } from './closed-answers.ts'

type Lines = CriterionOf<'prior_lines'>

/**
 * Systemic lines already received. Bounds of one text hold together ("at least one", "no more than three"); bounds that
 * no number can satisfy together belong to different parts of the trial, and the number is to be checked against each.
 */
export function createPriorLines(): Topic<Lines[]> {
  const answers = createClosedAnswers(ANSWERS, codeOf)
  return {
    ...criteriaTopic('prior_lines'),
    keep: answers.keep,
    inquire({ priorLines: told }, weights) {
      if (told === undefined) return null
      const s = told > 1 ? 's' : ''
      const name = {
        fr: told === 0 ? 'aucune ligne antérieure' : `${told} ligne${s} antérieure${s}`,
        en: told === 0 ? 'no prior line' : `${told} prior line${s}`,
      }
      return {
        columns: [{ question: `priorLines:${told}`, weight: weights.questions.priorLines, name }],
        codes: answers.look(told),
        judge: (criteria) => [{ code: codeOf(told, criteria), at: decidedBy(told, criteria) }],
      }
    },
  }
}

/** 0 to 20, the most a question may tell (domain/question.ts). */
const ANSWERS = Array.from({ length: 21 }, (_, lines) => lines)

function codeOf(told: number, criteria: readonly Lines[]): Code {
  let [held, failed] = [0, 0]
  let allSure = true
  let firm = false
  for (let at = 0; at < criteria.length; at++) {
    const one = criteria[at] as Lines
    const code = within(told, one)
    if (code === NOT_RESTRICTED) continue
    if (code === MET) held++
    else {
      failed++
      firm ||= temper(CONTRADICTED, one) === CONTRADICTED
    }
    allSure &&= isSure(one)
  }
  if (failed === 0) return held === 0 ? NOT_RESTRICTED : allSure ? MET : UNKNOWN
  if (held > 0 && !together(criteria)) return UNKNOWN
  return firm ? CONTRADICTED : UNKNOWN
}

/** The bounds that fail; where none does, all. */
function decidedBy(told: number, criteria: readonly Lines[]): number[] {
  const codes = criteria.map((one) => within(told, one))
  const wanted = codes.includes(CONTRADICTED) ? CONTRADICTED : MET
  return codes.flatMap((code, at) => (code === wanted ? [at] : []))
}

function within(told: number, { min, max }: Lines): Code {
  if (min === null && max === null) return NOT_RESTRICTED
  return (min === null || told >= min) && (max === null || told <= max) ? MET : CONTRADICTED
}

/** Whether some number of lines satisfies all bounds. */
function together(criteria: readonly Lines[]): boolean {
  let [least, most] = [0, Infinity]
  for (const { min, max } of criteria) {
    if (min !== null && min > least) least = min
    if (max !== null && max < most) most = max
  }
  return least <= most
}
