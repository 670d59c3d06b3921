import type { CriterionOf } from '../../domain/criterion.ts'
import type { Card } from '../card.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { agree, CONTRADICTED, type Code, type Judgement, MET, NOT_RESTRICTED, temper } from '../verdict.ts'

interface Facts {
  /** The registry's own bounds, in years. */
  registry: { minYears: number | null; maxYears: number | null }
  criteria: CriterionOf<'age'>[]
}

/** Age, by the registry's bounds and the text's. Where the two part, the age between them is to be checked. */
export const age: Topic<Facts> = {
  facts: (card: Card) => ({
    registry: { minYears: card.minimumAgeYears, maxYears: card.maximumAgeYears },
    criteria: criteriaOf(card, 'age'),
  }),
  identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
  statements: ({ criteria }) => criteria,
  inquire({ age: years }, weights) {
    if (years === undefined) return null
    return {
      columns: [
        {
          question: `age:${years}`,
          weight: weights.questions.age,
          name: { fr: `âge (${years} ${years < 2 ? 'an' : 'ans'})`, en: `age (${years})` },
        },
      ],
      judge: ({ registry, criteria }) => {
        const judgements: Judgement[] = criteria.map((criterion, at) => ({
          code: temper(within(years, criterion), criterion),
          at: [at],
        }))
        return [agree([{ code: within(years, registry), at: [] }, ...judgements])]
      },
    }
  },
}

/** Both bounds are inclusive, and an upper bound of whole years lasts until the next birthday. */
function within(years: number, { minYears, maxYears }: Facts['registry']): Code {
  if (minYears === null && maxYears === null) return NOT_RESTRICTED
  if (minYears !== null && years < minYears) return CONTRADICTED
  if (maxYears !== null && (Number.isInteger(maxYears) ? Math.floor(years) : years) > maxYears) return CONTRADICTED
  return MET
}
