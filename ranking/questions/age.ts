import type { CriterionOf } from '../../domain/criterion.ts'
import type { Card } from '../card.ts'
import { bytes, createLists, doubles } from '../columns.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper } from '../verdict.ts'

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
export function createAge(): Topic<Facts> {
  const bounds = createBoundLists()
  return {
    facts: (card: Card) => ({
      registry: { minYears: card.minimumAgeYears, maxYears: card.maximumAgeYears },
      criteria: criteriaOf(card, 'age'),
    }),
    identity: ({ registry, criteria }) => JSON.stringify([registry, criteria.map(decisive)]),
    statements: (card) => criteriaOf(card, 'age'),
    keep: bounds.keep,
    inquire({ age: years }, weights) {
      if (years === undefined) return null
      const name = { fr: `âge (${years} ${years < 2 ? 'an' : 'ans'})`, en: `age (${years})` }
      return {
        columns: [{ question: `age:${years}`, weight: weights.questions.age, name }],
        judge: (facts) => [{ code: codeOf(years, facts), at: facts.criteria.map((_, at) => at) }],
        code: bounds.look(years),
      }
    },
  }
}

function codeOf(years: number, { registry, criteria }: Facts): Code {
  return criteria.reduce<Code>(
    (code, one) => agreed(code, temper(within(years, one.minYears, one.maxYears), one)),
    within(years, registry.minYears, registry.maxYears),
  )
}

/** `codeOf` for the facts of all trials, side by side. */
function createBoundLists() {
  const lists = createLists()
  const [least, most] = [doubles(), doubles()]
  // What a statement makes of a contradiction: trusted ones leave it, others open a question.
  const against = bytes()
  const sure = bytes()
  return {
    keep({ registry, criteria }: Facts): void {
      const first = lists.next(1 + criteria.length)
      for (const column of [least, most, against, sure]) column.reserve(first + 1 + criteria.length)
      ;[{ ...registry, confidence: 1, cohort: null }, ...criteria].forEach((one, at) => {
        least.data[first + at] = one.minYears ?? -Infinity
        most.data[first + at] = one.maxYears ?? Infinity
        against.data[first + at] = temper(CONTRADICTED, one)
        sure.data[first + at] = temper(MET, one)
      })
    },
    look(years: number): (facts: number) => Code {
      const [starts, from, to] = [lists.starts.data, least.data, most.data]
      return (facts) => {
        let code: Code = NOT_RESTRICTED
        const end = starts[facts + 1] as number
        for (let at = starts[facts] as number; at < end; at++) {
          const own = within(years, from[at] as number, to[at] as number)
          if (own === NOT_RESTRICTED) continue
          code = agreed(code, (own === MET ? sure.data[at] : against.data[at]) as Code)
        }
        return code
      }
    },
  }
}

/** Both bounds are inclusive, and an upper bound of whole years lasts until the next birthday. No bound: null or infinite. */
function within(years: number, minYears: number | null, maxYears: number | null): Code {
  const [least, most] = [minYears ?? -Infinity, maxYears ?? Infinity]
  if (least === -Infinity && most === Infinity) return NOT_RESTRICTED
  if (years < least) return CONTRADICTED
  return (Number.isInteger(most) ? Math.floor(years) : years) > most ? CONTRADICTED : MET
}
