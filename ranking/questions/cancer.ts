import type { CriterionOf } from '../../domain/criterion.ts'
import type { Question } from '../../domain/question.ts'
import { cancerByCode, isWithin, relateCancer } from '../../domain/vocabulary/cancers.ts'
import type { Card } from '../card.ts'
import { QuestionError } from '../question-error.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { BROAD, CONTRADICTED, ELSEWHERE, isSure, type Judgement, MET, temper, UNKNOWN } from '../verdict.ts'
import { decapital } from '../words.ts'

interface Facts {
  criteria: CriterionOf<'cancer'>[]
  /** The registry files the trial under neoplasms. */
  neoplasm: boolean
}

/** MeSH descriptor of all neoplasms. */
const NEOPLASMS = 'D009369'
/** The contract's word for "any cancer". */
const ANY = 'ANY'

/**
 * The disease. Elsewhere in the tree means not a candidate at all; an excluded kind of the right disease is a contradiction
 * to be quoted. An oncology trial whose cancers could not be read stays a candidate, to be checked.
 */
export const cancer: Topic<Facts> = {
  facts: (card) => ({ criteria: criteriaOf(card, 'cancer'), neoplasm: isNeoplasm(card) }),
  identity: ({ criteria, neoplasm }) => JSON.stringify([neoplasm, criteria.map(decisive)]),
  statements: ({ criteria }) => criteria,
  inquire(question, weights) {
    const asked = question.cancer ?? (assumesCancer(question) ? ANY : null)
    if (asked === null) return null
    if (asked === ANY || asked === 'ANY_CANCER') {
      const judge = ({ criteria, neoplasm }: Facts): Judgement[] =>
        neoplasm || criteria.some(({ polarity }) => polarity === 'required') ? [] : [{ code: ELSEWHERE, at: [] }]
      return { columns: [], judge }
    }
    const term = cancerByCode(asked)
    if (term === null) throw new QuestionError('/cancer', `there is no cancer "${asked}": see /v1/vocabulary/cancers`)
    const name = { fr: decapital(term.fr), en: decapital(term.en) }
    return {
      columns: [{ question: `cancer:${asked}`, weight: weights.questions.cancer, name }],
      judge: (facts) => [judgeCancer(asked, facts)],
    }
  },
}

/** Whether a question without a cancer can only be about one. Stage alone is not enough: other diseases have stages. */
export function assumesCancer({ cancer: told, condition, text, biomarkers, brainMetastases, priorLines }: Question) {
  if (told !== undefined || condition !== undefined || text !== undefined) return false
  return Boolean(biomarkers?.length) || brainMetastases !== undefined || priorLines !== undefined
}

function isNeoplasm({ meshTerms, meshAncestors }: Card): boolean {
  return [...meshTerms, ...meshAncestors].some(({ id }) => id.replace(/^D0+/, 'D00') === NEOPLASMS)
}

function judgeCancer(asked: string, { criteria, neoplasm }: Facts): Judgement {
  const required = criteria.flatMap((one, at) => (one.polarity === 'required' ? [{ one, at }] : []))
  const related = required.filter(({ one }) => relateCancer(asked, [one.code]) !== 'apart')
  const sure = required.filter(({ one }) => isSure(one))
  const at = related.map((found) => found.at)
  const relation = relateCancer(
    asked,
    sure.map(({ one }) => one.code),
  )
  if (relation === 'apart') {
    if (related.length > 0 || (sure.length === 0 && (neoplasm || required.length > 0))) return { code: UNKNOWN, at }
    return { code: ELSEWHERE, at: [] }
  }
  const own: Judgement = {
    code: relation === 'within' ? MET : relation === 'within_family' ? BROAD : UNKNOWN,
    at: nearestFirst(related.filter(({ one }) => isSure(one))),
  }
  return worstOf([own, ...exclusions(asked, criteria)])
}

/** The statement that names the cancer most narrowly comes first: it is the one to quote. */
function nearestFirst(found: readonly { one: CriterionOf<'cancer'>; at: number }[]): number[] {
  return [...found]
    .sort((a, b) => Number(isWithin(b.one.code, a.one.code)) - Number(isWithin(a.one.code, b.one.code)))
    .map(({ at }) => at)
}

/**
 * A kind ruled out keeps out whoever has it, and is to be checked by whoever named the family it belongs to. An exclusion
 * that would also rule out a kind the trial asks for by name was misread: to be checked.
 */
function exclusions(asked: string, criteria: Facts['criteria']): Judgement[] {
  const wanted = criteria.filter(({ polarity, code }) => polarity === 'required' && isWithin(asked, code))
  return criteria.flatMap((one, at): Judgement[] => {
    if (one.polarity !== 'excluded') return []
    if (isWithin(asked, one.code)) {
      const misread = wanted.some(({ code }) => isWithin(code, one.code))
      return [{ code: misread ? UNKNOWN : temper(CONTRADICTED, one), at: [at] }]
    }
    return relateCancer(asked, [one.code]) === 'broader' ? [{ code: UNKNOWN, at: [at] }] : []
  })
}

const worstOf = (judgements: readonly Judgement[]): Judgement =>
  judgements.reduce((worst, one) => (one.code > worst.code ? one : worst))
