import type { CriterionOf } from '../../domain/criterion.ts'
import type { Card } from '../card.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper } from '../verdict.ts'
import { createClosedAnswers } from './closed-answers.ts'

interface Facts {
  /** The registry's own bounds, in years. */
  registry: { minYears: number | null; maxYears: number | null }
  criteria: CriterionOf<'age'>[]
}

/** Age, by the registry's bounds and the text's. Where the two part, the age between them is to be checked. */
export function createAge(): Topic<Facts> {
  const answers = createClosedAnswers(WHOLE_YEARS, codeOf)
  return {
    facts: (card: Card) => ({
      registry: { minYears: card.minimumAgeYears, maxYears: card.maximumAgeYears },
      criteria: criteriaOf(card, 'age'),
    }),
    identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
    statements: (card) => criteriaOf(card, 'age'),
    keep: answers.keep,
    inquire({ age: years }, weights) {
      if (years === undefined) return null
      const name = { fr: `âge (${years} ${years < 2 ? 'an' : 'ans'})`, en: `age (${years})` }
      return {
        columns: [{ question: `age:${years}`, weight: weights.questions.age, name }],
        judge: (facts) => [{ code: codeOf(years, facts), at: facts.criteria.map((_, at) => at) }],
        // Months are told of small children only: they are judged one set of facts after the other.
        codes: answers.look(years),
      }
    },
  }
}

/** 0 to 130, the most a question may tell (domain/question.ts). */
const WHOLE_YEARS = Array.from({ length: 131 }, (_, years) => years)

function codeOf(years: number, { registry, criteria }: Facts): Code {
  return criteria.reduce<Code>(
    (code, one) => agreed(code, temper(within(years, one.minYears, one.maxYears), one)),
    within(years, registry.minYears, registry.maxYears),
  )
}

/** Both bounds are inclusive, and an upper bound of whole years lasts until the next birthday. No bound: null. */
function within(years: number, minYears: number | null, maxYears: number | null): Code {
  if (minYears === null && maxYears === null) return NOT_RESTRICTED
  if (minYears !== null && years < minYears) return CONTRADICTED
  if (maxYears === null) return MET
  return (Number.isInteger(maxYears) ? Math.floor(years) : years) > maxYears ? CONTRADICTED : MET
}
