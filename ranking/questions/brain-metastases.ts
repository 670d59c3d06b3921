import type { BRAIN_METASTASES_RULES, CriterionOf } from '../../domain/criterion.ts'
import { BRAIN_METASTASES_ANSWERS } from '../../domain/question.ts'
import { criteriaTopic, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper } from '../verdict.ts'
import { createClosedAnswers } from './closed-answers.ts'

type Answer = (typeof BRAIN_METASTASES_ANSWERS)[number]
type Rule = (typeof BRAIN_METASTASES_RULES)[number]

const VERDICTS: Record<Answer, Record<Rule, Code>> = {
  none: { excluded: MET, allowed_if_treated_or_stable: MET, allowed: MET, required: CONTRADICTED },
  treated_or_stable: { excluded: CONTRADICTED, allowed_if_treated_or_stable: MET, allowed: MET, required: MET },
  active: { excluded: CONTRADICTED, allowed_if_treated_or_stable: CONTRADICTED, allowed: MET, required: MET },
}

const NAMES: Record<Answer, { fr: string; en: string }> = {
  none: { fr: 'pas de métastase cérébrale', en: 'no brain metastases' },
  treated_or_stable: { fr: 'métastases cérébrales traitées ou stables', en: 'treated or stable brain metastases' },
  active: { fr: 'métastases cérébrales actives', en: 'active brain metastases' },
}

type Statement = CriterionOf<'brain_metastases'>

export function createBrainMetastases(): Topic<Statement[]> {
  const answers = createClosedAnswers(BRAIN_METASTASES_ANSWERS, codeOf)
  return {
    ...criteriaTopic('brain_metastases'),
    keep: answers.keep,
    inquire({ brainMetastases: told }, weights) {
      if (told === undefined) return null
      return {
        columns: [
          { question: `brainMetastases:${told}`, weight: weights.questions.brainMetastases, name: NAMES[told] },
        ],
        codes: answers.look(told),
        judge: (criteria) => [{ code: codeOf(told, criteria), at: criteria.map((_, at) => at) }],
      }
    },
  }
}

function codeOf(told: Answer, criteria: readonly Statement[]): Code {
  return criteria.reduce<Code>((code, one) => agreed(code, temper(VERDICTS[told][one.value], one)), NOT_RESTRICTED)
}
