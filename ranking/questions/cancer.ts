import type { CriterionOf } from '../../domain/criterion.ts'
import type { Question } from '../../domain/question.ts'
import { CANCERS, cancerByCode } from '../../domain/vocabulary/cancers.ts'
import type { Card } from '../card.ts'
import { QuestionError } from '../question-error.ts'
import { criteriaOf, decisive, type Topic } from '../topic.ts'
import { BROAD, CONTRADICTED, type Code, ELSEWHERE, isSure, MET, NOT_RESTRICTED, UNKNOWN } from '../verdict.ts'
import { decapital } from '../words.ts'
import {
  APART,
  BROADER,
  isAnyCancer,
  membersOfCancer,
  numberOfCancer,
  relationTo,
  WITHIN,
  WITHIN_FAMILY,
} from './cancer-relations.ts'
import { createClosedAnswers } from './closed-answers.ts'

interface Facts {
  criteria: CriterionOf<'cancer'>[]
  taken: Taken
}

/** The cancers that a trial names, by number, each with what bears on the trust in it. */
interface Taken {
  cancers: Int32Array
  marks: Uint8Array
  /** The registry files the trial under neoplasms. */
  neoplasm: boolean
}

/** MeSH descriptor of all neoplasms. */
const NEOPLASMS = 'D009369'
/** MeSH descriptor of metastases, which registries' automatic indexing also gives to the bare word "secondary". */
const METASTASIS = 'D009362'
/**
 * MeSH: neoplasms by histologic type, and by site. Every neoplasm with a name stands under one of them; metastases do
 * not.
 */
const NAMED_NEOPLASMS = ['D009370', 'D009371']
/** The contract's word for "any cancer". */
const ANY = 'ANY'

/**
 * The disease. Elsewhere in the tree means not a candidate at all; an excluded kind of the right disease is a
 * contradiction to be quoted. An oncology trial whose cancers could not be read stays a candidate, to be checked.
 */
export function createCancer(): Topic<Facts> {
  const answers = createClosedAnswers(
    CANCERS.map(({ code }) => numberOfCancer(code)),
    (asked, { taken }: Facts) => codeOf(asked, taken),
  )
  const anyCancer = createClosedAnswers([ANY], (_, facts: Facts) => (isOncology(facts) ? NOT_RESTRICTED : ELSEWHERE))
  return {
    facts: (card) => {
      const criteria = criteriaOf(card, 'cancer')
      return { criteria, taken: takenBy(criteria, isNeoplasm(card)) }
    },
    identity: ({ criteria, taken: { neoplasm } }) => JSON.stringify([neoplasm, criteria.map(decisive)]),
    statements: (card) => criteriaOf(card, 'cancer'),
    keep(facts, number) {
      answers.keep(facts, number)
      anyCancer.keep(facts, number)
    },
    inquire(question, weights) {
      const asked = question.cancer ?? (assumesCancer(question) ? ANY : null)
      if (asked === null) return null
      if (isAnyCancer(asked)) {
        return {
          columns: [],
          judge: (facts) => (isOncology(facts) ? [] : [{ code: ELSEWHERE, at: [] }]),
          codes: anyCancer.look(ANY),
        }
      }
      const term = cancerByCode(asked)
      if (term === null) throw new QuestionError('/cancer', `there is no cancer "${asked}": see /v1/vocabulary/cancers`)
      const number = numberOfCancer(asked)
      const name = { fr: decapital(term.fr), en: decapital(term.en) }
      return {
        columns: [{ question: `cancer:${asked}`, weight: weights.questions.cancer, name }],
        codes: answers.look(number),
        judge: (facts) => {
          const code = codeOf(number, facts.taken)
          return [{ code, at: decidedBy(number, code, facts) }]
        },
      }
    },
  }
}

const isOncology = ({ criteria, taken }: Facts): boolean =>
  taken.neoplasm || criteria.some(({ polarity }) => polarity === 'required')

/** Whether a question without a cancer can only be about one. Stage alone is not enough: other diseases have stages. */
export function assumesCancer({ cancer: told, condition, text, biomarkers, brainMetastases, priorLines }: Question) {
  if (told !== undefined || condition !== undefined || text !== undefined) return false
  return Boolean(biomarkers?.length) || brainMetastases !== undefined || priorLines !== undefined
}

/**
 * MeSH files paraneoplastic diseases (myasthenia gravis) under neoplasms: those trials are about something else. So are
 * trials indexed under metastases alone whose own words have none ("secondary progressive multiple sclerosis").
 */
function isNeoplasm({ meshTerms, meshAncestors, conditions, keywords, briefTitle }: Card): boolean {
  const under = (number: string) => hasNumber(meshTerms, number) || hasNumber(meshAncestors, number)
  if (!under(NEOPLASMS)) return false
  const isBeside = ({ term }: { term: string }) => term.startsWith('Paraneoplastic')
  if (meshTerms.some(isBeside) || meshAncestors.some(isBeside)) return false
  if (!under(METASTASIS) || NAMED_NEOPLASMS.some(under)) return true
  return [...conditions, ...keywords, briefTitle].some((text) => OF_METASTASES.test(text))
}

/** Registries write descriptors with six digits (D009369) or padded with noughts (D000009369). */
const hasNumber = (terms: Card['meshTerms'], number: string): boolean =>
  terms.some(({ id }) => id === number || (id.startsWith('D0000') && `D00${id.replace(/^D0+/, '')}` === number))

const OF_METASTASES = /m[eé]tasta|cancer|tumou?r|neoplas|carcino|malignan/i

/** Bits of what bears on the trust in a cancer that a trial names. */
const EXCLUDED = 1
const SURE = 2
const WHOLE_TRIAL = 4

function takenBy(criteria: readonly CriterionOf<'cancer'>[], neoplasm: boolean): Taken {
  const cancers = Int32Array.from(criteria, ({ code }) => numberOfCancer(code))
  const marks = Uint8Array.from(
    criteria,
    (one) =>
      (one.polarity === 'excluded' ? EXCLUDED : 0) | (isSure(one) ? SURE : 0) | (one.cohort === null ? WHOLE_TRIAL : 0),
  )
  return { cancers, marks, neoplasm }
}

/**
 * The verdict on the cancer of that number. Worked out for every cancer there is when facts are first met: no
 * allocation.
 */
function codeOf(asked: number, taken: Taken): Code {
  const { cancers, marks, neoplasm } = taken
  let best: Code = ELSEWHERE
  let required = 0
  let sureOnes = 0
  let relatedUnsure = 0
  for (let at = 0; at < cancers.length; at++) {
    const mark = marks[at] as number
    if (mark & EXCLUDED) continue
    required++
    const relation = relationTo(asked, cancers[at] as number)
    if (!(mark & SURE)) {
      if (relation !== APART) relatedUnsure++
      continue
    }
    sureOnes++
    if (relation === WITHIN) best = MET
    else if (relation === WITHIN_FAMILY && best > BROAD) best = BROAD
    else if (relation === BROADER && best > UNKNOWN) best = UNKNOWN
  }
  if (best === ELSEWHERE) {
    return relatedUnsure > 0 || (sureOnes === 0 && (neoplasm || required > 0)) ? UNKNOWN : ELSEWHERE
  }
  if (best === UNKNOWN && everyMemberTaken(asked, taken)) best = MET
  for (let at = 0; at < cancers.length; at++) {
    const mark = marks[at] as number
    if (!(mark & EXCLUDED)) continue
    const relation = relationTo(asked, cancers[at] as number)
    if (relation === APART || best === CONTRADICTED) continue
    const firm = relation !== BROADER && (mark & SURE) !== 0 && (mark & WHOLE_TRIAL) !== 0
    best = firm && !isMisread(asked, cancers[at] as number, taken) ? CONTRADICTED : UNKNOWN
  }
  return best
}

/** A trial that takes cancers of the colon and of the rectum takes every colorectal one. */
function everyMemberTaken(asked: number, { cancers, marks }: Taken): boolean {
  const members = membersOfCancer(asked)
  for (const member of members) {
    let taken = false
    for (let at = 0; at < cancers.length && !taken; at++) {
      const mark = marks[at] as number
      taken = !(mark & EXCLUDED) && (mark & SURE) !== 0 && relationTo(member, cancers[at] as number) >= WITHIN_FAMILY
    }
    if (!taken) return false
  }
  return members.length > 0
}

/** An exclusion that would also rule out a kind the trial asks for by name was misread: it is to be checked. */
function isMisread(asked: number, ruledOut: number, { cancers, marks }: Taken): boolean {
  for (let at = 0; at < cancers.length; at++) {
    if ((marks[at] as number) & EXCLUDED) continue
    const wanted = cancers[at] as number
    if (relationTo(asked, wanted) >= WITHIN_FAMILY && relationTo(wanted, ruledOut) >= WITHIN_FAMILY) return true
  }
  return false
}

/** The statements to quote for a verdict, the one that names the cancer most narrowly first. */
function decidedBy(asked: number, code: Code, { criteria, taken: { cancers } }: Facts): number[] {
  const related = criteria.flatMap((one, at) => {
    const number = cancers[at] as number
    const relation = relationTo(asked, number)
    return relation === APART ? [] : [{ one, at, number, relation }]
  })
  const ruling = related.filter(({ one }) => one.polarity === 'excluded')
  if (code === CONTRADICTED) return ruling.filter(({ relation }) => relation !== BROADER).map(({ at }) => at)
  const taken = related
    .filter(({ one }) => one.polarity === 'required')
    .sort(
      (a, b) =>
        Number(isSure(b.one)) - Number(isSure(a.one)) || narrower(b.number, a.number) - narrower(a.number, b.number),
    )
  const unsettled = code === UNKNOWN ? ruling : []
  return [...unsettled, ...taken].map(({ at }) => at)
}

const narrower = (one: number, other: number): number => Number(relationTo(one, other) === WITHIN)
