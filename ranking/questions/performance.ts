import type { CriterionOf } from '../../domain/criterion.ts'
import { ecogSatisfies } from '../../domain/vocabulary/performance.ts'
import { criteriaTopic, type Topic } from '../topic.ts'
import { agreed, CONTRADICTED, type Code, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'
import { createClosedAnswers } from './closed-answers.ts'

type Performance = CriterionOf<'performance'>

/**
 * From this age on general condition is told on Karnofsky's scale; Lansky's is for children and says nothing of an
 * adult.
 */
const KARNOFSKY_FROM_YEARS = 16

const GRADES = [0, 1, 2, 3, 4] as const

/**
 * General condition as an ECOG grade. Scales are alternatives ("ECOG 0–1 or Karnofsky ≥ 70"): the grade is compared
 * with the ECOG bounds where there are any, else with the others.
 */
export function createPerformance(): Topic<Performance[]> {
  const ofAdults = createClosedAnswers<Performance[], number>(GRADES, (grade, criteria) =>
    codeOf(grade, criteria, true),
  )
  const ofAny = createClosedAnswers<Performance[], number>(GRADES, (grade, criteria) => codeOf(grade, criteria, false))
  return {
    ...criteriaTopic('performance'),
    keep(criteria, number) {
      ofAdults.keep(criteria, number)
      ofAny.keep(criteria, number)
    },
    inquire({ ecog, age }, weights) {
      if (ecog === undefined) return null
      const adult = age !== undefined && age >= KARNOFSKY_FROM_YEARS
      const name = { fr: `ECOG ${ecog}`, en: `ECOG ${ecog}` }
      return {
        columns: [{ question: `ecog:${ecog}`, weight: weights.questions.ecog, name }],
        codes: (adult ? ofAdults : ofAny).look(ecog),
        judge: (criteria) => {
          const counts = counted(criteria, adult)
          const at = criteria.flatMap((one, position) =>
            counts(one) && codeOfBound(ecog, one) !== NOT_RESTRICTED ? [position] : [],
          )
          return [{ code: codeOf(ecog, criteria, adult), at }]
        },
      }
    },
  }
}

function codeOf(ecog: number, criteria: readonly Performance[], adult: boolean): Code {
  const counts = counted(criteria, adult)
  let code: Code = NOT_RESTRICTED
  for (const one of criteria) if (counts(one)) code = agreed(code, codeOfBound(ecog, one))
  return code
}

/** Which bounds are compared with the grade. */
function counted(criteria: readonly Performance[], adult: boolean): (one: Performance) => boolean {
  for (const { scale } of criteria) if (scale === 'ECOG') return isEcog
  return adult ? isKarnofsky : isAny
}
const isEcog = ({ scale }: Performance): boolean => scale === 'ECOG'
const isKarnofsky = ({ scale }: Performance): boolean => scale === 'Karnofsky'
const isAny = (): boolean => true

function codeOfBound(ecog: number, bound: Performance): Code {
  if (bound.min === null && bound.max === null) return NOT_RESTRICTED
  const satisfied = ecogSatisfies(ecog, bound)
  return temper(satisfied === null ? UNKNOWN : satisfied ? MET : CONTRADICTED, bound)
}
