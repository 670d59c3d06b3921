import type { CriterionOf } from '../../domain/criterion.ts'
import type { Trial } from '../../domain/trial.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper } from '../verdict.ts'
import { createClosedAnswers } from './closed-answers.ts'

interface Facts {
  registry: Trial['sex']
  criteria: CriterionOf<'sex'>[]
}

const NAMES = { FEMALE: { fr: 'sexe (femme)', en: 'sex (female)' }, MALE: { fr: 'sexe (homme)', en: 'sex (male)' } }

/** Sex, by the registry's field and the text. `ALL` restricts nothing. */
export function createSex(): Topic<Facts> {
  const answers = createClosedAnswers(ANSWERS, codeOf)
  return {
    facts: (card) => ({ registry: card.sex, criteria: criteriaOf(card, 'sex') }),
    identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
    statements: (card) => criteriaOf(card, 'sex'),
    keep: answers.keep,
    inquire({ sex: told }, weights) {
      if (told === undefined) return null
      return {
        columns: [{ question: `sex:${told}`, weight: weights.questions.sex, name: NAMES[told] }],
        codes: answers.look(told),
        judge: (facts) => [{ code: codeOf(told, facts), at: facts.criteria.map((_, at) => at) }],
      }
    },
  }
}

const ANSWERS = ['FEMALE', 'MALE'] as const

function codeOf(told: (typeof ANSWERS)[number], { registry, criteria }: Facts): Code {
  return criteria.reduce<Code>(
    (code, one) => agreed(code, temper(compare(told, one.value), one)),
    compare(told, registry),
  )
}

function compare(told: (typeof ANSWERS)[number], stated: Trial['sex']): Code {
  return stated === null || stated === 'ALL' ? NOT_RESTRICTED : stated === told ? MET : CONTRADICTED
}
