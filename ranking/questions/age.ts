import type { CriterionOf } from '../../domain/criterion.ts'
import type { Card } from '../card.ts'
import { criteriaOf, decisive, type Sums, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper, UNKNOWN, valuesByCode } from '../verdict.ts'

interface Bounds {
  minYears: number | null
  maxYears: number | null
}

interface Facts {
  /** The registry's own bounds, in years. */
  registry: Bounds
  criteria: CriterionOf<'age'>[]
}

/** Age, by the registry's bounds and the text's. Where the two part, the age between them is to be checked. */
export const age: Topic<Facts, Facts> = {
  facts: (card: Card) => ({
    registry: { minYears: card.minimumAgeYears, maxYears: card.maximumAgeYears },
    criteria: criteriaOf(card, 'age'),
  }),
  identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
  compile: (facts) => facts,
  statements: ({ criteria }) => criteria,
  inquire({ age: years }, weights) {
    if (years === undefined) return null
    const weight = weights.questions.age
    const values = valuesByCode(weights)
    const name = { fr: `âge (${years} ${years < 2 ? 'an' : 'ans'})`, en: `age (${years})` }
    return {
      columns: [{ question: `age:${years}`, weight, name }],
      judge: (facts) => [{ code: codeOf(years, facts), at: facts.criteria.map((_, at) => at) }],
      sum: (facts: Facts, sums: Sums) => {
        sums.worst = codeOf(years, facts)
        sums.weight = weight
        sums.value = weight * (values[sums.worst] as number)
      },
    }
  },
}

function codeOf(years: number, { registry, criteria }: Facts): Code {
  let code = within(years, registry)
  for (let at = 0; at < criteria.length; at++) {
    const criterion = criteria[at] as CriterionOf<'age'>
    code = agreed(code, temper(within(years, criterion), criterion))
    if (code === UNKNOWN) return code
  }
  return code
}

/** Both bounds are inclusive, and an upper bound of whole years lasts until the next birthday. */
function within(years: number, { minYears, maxYears }: Bounds): Code {
  if (minYears === null && maxYears === null) return NOT_RESTRICTED
  if (minYears !== null && years < minYears) return CONTRADICTED
  if (maxYears !== null && (Number.isInteger(maxYears) ? Math.floor(years) : years) > maxYears) return CONTRADICTED
  return MET
}
