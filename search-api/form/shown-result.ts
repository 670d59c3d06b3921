import type { CriterionVerdict, Result } from '../../domain/answer.ts'
import { resultOf, type Told } from '../../ranking/result.ts'
import { verdictOf } from '../../ranking/verdicts.ts'

/** A verdict with what it is about in words (`name`): its `text` is the name and the outcome. */
export type ShownVerdict = CriterionVerdict & { name: string }

/** A result as the pages show it. */
export type ShownResult = Omit<Result, 'criteria'> & { criteria: ShownVerdict[] }

/** The result of the API, with the names of its criteria in the language asked. */
export function shownResult(told: Told): ShownResult {
  const { card, lines, lang } = told
  return {
    ...resultOf(told),
    criteria: lines.map((line) => ({ ...verdictOf(line, card, lang), name: line.name[lang] })),
  }
}
