import type { CriterionOf } from '../../domain/criterion.ts'
import { criteriaOf, listTopic, type Topic } from '../topic.ts'
import { CONTRADICTED, type Code, isSure, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

type Lines = CriterionOf<'prior_lines'>

/**
 * Systemic lines already received. Bounds of one text hold together ("at least one", "no more than three"); bounds that no
 * number can satisfy together belong to different parts of the trial, and the number is to be checked against each.
 */
export const priorLines: Topic<Lines[]> = {
  facts: (card) => criteriaOf(card, 'prior_lines'),
  ...listTopic,
  inquire({ priorLines: told }, weights) {
    if (told === undefined) return null
    const name = {
      fr:
        told === 0 ? 'aucune ligne antérieure' : `${told} ligne${told > 1 ? 's' : ''} antérieure${told > 1 ? 's' : ''}`,
      en: told === 0 ? 'no prior line' : `${told} prior line${told > 1 ? 's' : ''}`,
    }
    return {
      columns: [{ question: `priorLines:${told}`, weight: weights.questions.priorLines, name }],
      judge: (criteria) => [judgeLines(told, criteria)],
    }
  },
}

function judgeLines(told: number, criteria: readonly Lines[]): Judgement {
  const judged = criteria
    .map((one, at) => ({ one, at, code: within(told, one) }))
    .filter(({ code }) => code !== NOT_RESTRICTED)
  if (judged.length === 0) return { code: NOT_RESTRICTED, at: [] }
  const failed = judged.filter(({ code }) => code === CONTRADICTED)
  if (failed.length === 0)
    return { code: judged.every(({ one }) => isSure(one)) ? MET : UNKNOWN, at: judged.map(({ at }) => at) }
  const at = failed.map((found) => found.at)
  if (failed.length < judged.length && !together(criteria)) return { code: UNKNOWN, at }
  const code = failed.some(({ one }) => temper(CONTRADICTED, one) === CONTRADICTED) ? CONTRADICTED : UNKNOWN
  return { code, at }
}

function within(told: number, { min, max }: Lines): Code {
  if (min === null && max === null) return NOT_RESTRICTED
  return told >= (min ?? 0) && told <= (max ?? Infinity) ? MET : CONTRADICTED
}

/** Whether some number of lines satisfies all bounds. */
function together(criteria: readonly Lines[]): boolean {
  const min = Math.max(0, ...criteria.map((one) => one.min ?? 0))
  const max = Math.min(Infinity, ...criteria.map((one) => one.max ?? Infinity))
  return min <= max
}
