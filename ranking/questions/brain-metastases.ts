import type { BRAIN_METASTASES_RULES, CriterionOf } from '../../domain/criterion.ts'
import type { BRAIN_METASTASES_ANSWERS } from '../../domain/question.ts'
import { criteriaOf, listTopic, type Topic } from '../topic.ts'
import { agree, CONTRADICTED, type Code, MET, temper } from '../verdict.ts'

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

export const brainMetastases: Topic<CriterionOf<'brain_metastases'>[]> = {
  facts: (card) => criteriaOf(card, 'brain_metastases'),
  ...listTopic,
  inquire({ brainMetastases: told }, weights) {
    if (told === undefined) return null
    return {
      columns: [{ question: `brainMetastases:${told}`, weight: weights.questions.brainMetastases, name: NAMES[told] }],
      judge: (criteria) => [
        agree(criteria.map((one, at) => ({ code: temper(VERDICTS[told][one.value], one), at: [at] }))),
      ],
    }
  },
}
