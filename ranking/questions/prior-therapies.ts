import type { Criterion, CriterionOf } from '../../domain/criterion.ts'
import { therapyByName, therapyIsWithin } from '../../domain/vocabulary/therapies.ts'
import { type Column, criteriaTopic, type Topic } from '../topic.ts'
import { CONTRADICTED, type Judgement, MET, NOT_RESTRICTED, NOTHING_ASKED, temper, UNKNOWN } from '../verdict.ts'
import { decapital } from '../words.ts'

type Therapy = CriterionOf<'prior_therapy'>

/**
 * Classes so wide that a text which rules them out means some part of them (in the metastatic setting, within four
 * weeks): they open a question and decide nothing. Prior lines have their own criterion.
 */
const TOO_WIDE: ReadonlySet<string> = new Set(['anticancer therapy', 'systemic therapy'])

/**
 * Treatments received, by class. Those told are taken for all that matter: an excluded treatment that was not told was
 * not received. A required one that was not told is to be checked.
 */
export const priorTherapies: Topic<Therapy[]> = {
  ...criteriaTopic('prior_therapy'),
  inquire({ priorTherapies: names = [] }, weights) {
    if (names.length === 0) return null
    const told = names.map((name) => codeOf(name))
    const { priorTherapy, priorTherapyUntold } = weights.questions
    const columns: Column[] = names.map((name) => ({
      question: `priorTherapy:${name}`,
      weight: priorTherapy,
      name: wordsOf(name),
    }))
    return {
      columns: [
        ...columns,
        { question: 'priorTherapy', weight: priorTherapyUntold, name: { fr: '', en: '' }, untold: true },
      ],
      judge: (criteria) => [...told.map((own) => judgeTherapy(own, criteria)), untoldOf(told, criteria)],
      untold: (statement: Criterion) => {
        const therapy = statement.kind === 'prior_therapy' ? statement.therapy : ''
        const { fr, en } = wordsOf(therapy)
        return { question: `priorTherapy:${therapy}`, name: { fr: `traitement antérieur : ${fr}`, en: `prior ${en}` } }
      },
    }
  },
}

const codeOf = (name: string): string => therapyByName(name)?.code ?? name.toLowerCase()

const wordsOf = (name: string) => {
  const term = therapyByName(name)
  return { fr: decapital(term?.fr ?? name), en: decapital(term?.en ?? name) }
}

/**
 * Whether one treatment is another or a kind of it; also when neither is in the vocabulary but the words are the same.
 */
const isKindOf = (one: string, other: string): boolean => one === other || therapyIsWithin(one, other)

function judgeTherapy(own: string, criteria: readonly Therapy[]): Judgement {
  const said = criteria.flatMap((one, at): Judgement[] => {
    const stated = codeOf(one.therapy)
    if (isKindOf(own, stated)) {
      if (one.polarity === 'required') return [{ code: temper(MET, one), at: [at] }]
      return [{ code: TOO_WIDE.has(stated) ? UNKNOWN : temper(CONTRADICTED, one), at: [at] }]
    }
    return isKindOf(stated, own) ? [{ code: UNKNOWN, at: [at] }] : []
  })
  const worst = said.reduce<Judgement>(
    (found, one) => (found.code === NOT_RESTRICTED || one.code > found.code ? one : found),
    { code: NOT_RESTRICTED, at: [] },
  )
  return worst
}

/** Required treatments that none of those told is a kind of, nor the class of. */
function untoldOf(told: readonly string[], criteria: readonly Therapy[]): Judgement {
  const at = criteria.flatMap(({ polarity, therapy }, position) => {
    const stated = codeOf(therapy)
    const spoken = told.some((own) => isKindOf(own, stated) || isKindOf(stated, own))
    return polarity === 'required' && !spoken ? [position] : []
  })
  return { code: at.length > 0 ? UNKNOWN : NOTHING_ASKED, at }
}
