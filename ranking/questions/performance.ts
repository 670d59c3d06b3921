import type { CriterionOf } from '../../domain/criterion.ts'
import { ecogSatisfies } from '../../domain/vocabulary/performance.ts'
import { criteriaOf, listTopic, type Topic } from '../topic.ts'
import { agree, CONTRADICTED, type Code, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

type Performance = CriterionOf<'performance'>

/**
 * General condition as an ECOG grade. Scales are alternatives ("ECOG 0–1 or Karnofsky ≥ 70"): the grade is compared with
 * the ECOG bounds where there are any, else with the others. Lansky is for children and says nothing of an adult.
 */
export const performance: Topic<Performance[]> = {
  facts: (card) => criteriaOf(card, 'performance'),
  ...listTopic,
  inquire({ ecog, age }, weights) {
    if (ecog === undefined) return null
    return {
      columns: [
        { question: `ecog:${ecog}`, weight: weights.questions.ecog, name: { fr: `ECOG ${ecog}`, en: `ECOG ${ecog}` } },
      ],
      judge: (criteria) => {
        const ecogs = judgements(ecog, criteria, ['ECOG'])
        if (ecogs.length > 0) return [agree(ecogs)]
        return [
          agree(judgements(ecog, criteria, age === undefined || age < 16 ? ['Karnofsky', 'Lansky'] : ['Karnofsky'])),
        ]
      },
    }
  },
}

function judgements(ecog: number, criteria: readonly Performance[], scales: readonly string[]): Judgement[] {
  return criteria.flatMap((one, at) =>
    scales.includes(one.scale) ? [{ code: temper(compare(ecog, one), one), at: [at] }] : [],
  )
}

function compare(ecog: number, bound: Performance): Code {
  if (bound.min === null && bound.max === null) return NOT_RESTRICTED
  const satisfied = ecogSatisfies(ecog, bound)
  return satisfied === null ? UNKNOWN : satisfied ? MET : CONTRADICTED
}
