import type { CriterionOf } from '../../domain/criterion.ts'
import type { Trial } from '../../domain/trial.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { agree, CONTRADICTED, type Code, type Judgement, MET, NOT_RESTRICTED, temper } from '../verdict.ts'

interface Facts {
  registry: Trial['sex']
  criteria: CriterionOf<'sex'>[]
}

const NAMES = { FEMALE: { fr: 'sexe (femme)', en: 'sex (female)' }, MALE: { fr: 'sexe (homme)', en: 'sex (male)' } }

/** Sex, by the registry's field and the text. `ALL` restricts nothing. */
export const sex: Topic<Facts> = {
  facts: (card) => ({ registry: card.sex, criteria: criteriaOf(card, 'sex') }),
  identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
  statements: ({ criteria }) => criteria,
  inquire({ sex: told }, weights) {
    if (told === undefined) return null
    const compare = (stated: Trial['sex']): Code =>
      stated === null || stated === 'ALL' ? NOT_RESTRICTED : stated === told ? MET : CONTRADICTED
    return {
      columns: [{ question: `sex:${told}`, weight: weights.questions.sex, name: NAMES[told] }],
      judge: ({ registry, criteria }) => {
        const judgements: Judgement[] = criteria.map((criterion, at) => ({
          code: temper(compare(criterion.value), criterion),
          at: [at],
        }))
        return [agree([{ code: compare(registry), at: [] }, ...judgements])]
      },
    }
  },
}
