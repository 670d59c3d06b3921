import type { CriterionOf } from '../../domain/criterion.ts'
import { criteriaOf, listTopic, type Topic } from '../topic.ts'
import { agree, CONTRADICTED, type Code, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

type Performance = CriterionOf<'performance'>

/**
 * Karnofsky indices that go with each ECOG grade (Oken et al., Am J Clin Oncol 1982;5:649: ECOG 0 is 90–100, 1 is 70–80,
 * 2 is 50–60, 3 is 30–40, 4 is 10–20). The Lansky play scale runs over the same numbers.
 */
const KARNOFSKY: readonly (readonly [number, number])[] = [
  [90, 100],
  [70, 80],
  [50, 60],
  [30, 40],
  [10, 20],
]

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

function compare(ecog: number, { scale, min, max }: Performance): Code {
  if (min === null && max === null) return NOT_RESTRICTED
  const [low, high] = scale === 'ECOG' ? [ecog, ecog] : (KARNOFSKY[ecog] ?? [0, 100])
  if (high < (min ?? -Infinity) || low > (max ?? Infinity)) return CONTRADICTED
  return low >= (min ?? -Infinity) && high <= (max ?? Infinity) ? MET : UNKNOWN
}
