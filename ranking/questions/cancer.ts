import type { CriterionOf } from '../../domain/criterion.ts'
import type { Question } from '../../domain/question.ts'
import { cancerByCode } from '../../domain/vocabulary/cancers.ts'
import type { Card } from '../card.ts'
import { QuestionError } from '../question-error.ts'
import { criteriaOf, decisive, type Sums, type Topic } from '../topic.ts'
import {
  BROAD,
  CONTRADICTED,
  type Code,
  ELSEWHERE,
  isSure,
  type Judgement,
  MET,
  UNKNOWN,
  valuesByCode,
} from '../verdict.ts'
import { decapital } from '../words.ts'
import {
  APART,
  BROADER,
  membersOfCancer,
  numberOfCancer,
  relationTo,
  WITHIN,
  WITHIN_FAMILY,
} from './cancer-relations.ts'

interface Facts {
  criteria: CriterionOf<'cancer'>[]
  /** The registry files the trial under neoplasms. */
  neoplasm: boolean
}

/** The cancers of one trial as numbers, with what bears on the trust in each. */
interface Compiled {
  cancers: Int32Array
  excluded: Uint8Array
  sure: Uint8Array
  wholeTrial: Uint8Array
  neoplasm: boolean
}

/** MeSH descriptor of all neoplasms. */
const NEOPLASMS = 'D009369'
/** MeSH descriptor of metastases, which registries' automatic indexing also gives to the bare word "secondary". */
const METASTASIS = 'D009362'
/** MeSH: neoplasms by histologic type, and by site. Every neoplasm with a name stands under one of them; metastases do not. */
const NAMED_NEOPLASMS = ['D009370', 'D009371']
/** The contract's word for "any cancer". */
const ANY = 'ANY'

/**
 * The disease. Elsewhere in the tree means not a candidate at all; an excluded kind of the right disease is a contradiction
 * to be quoted. An oncology trial whose cancers could not be read stays a candidate, to be checked.
 */
export const cancer: Topic<Facts, Compiled> = {
  facts: (card) => ({ criteria: criteriaOf(card, 'cancer'), neoplasm: isNeoplasm(card) }),
  identity: ({ criteria, neoplasm }) => JSON.stringify([neoplasm, criteria.map(decisive)]),
  statements: ({ criteria }) => criteria,
  compile,
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
    const number = numberOfCancer(asked)
    const weight = weights.questions.cancer
    const values = valuesByCode(weights)
    return {
      columns: [{ question: `cancer:${asked}`, weight, name: { fr: decapital(term.fr), en: decapital(term.en) } }],
      judge: (facts) => {
        const code = codeOf(number, compile(facts))
        return [{ code, at: decidedBy(number, code, facts) }]
      },
      sum: (compiled: Compiled, sums: Sums) => {
        sums.worst = codeOf(number, compiled)
        sums.weight = weight
        sums.value = weight * (values[sums.worst] as number)
      },
    }
  },
}

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

function compile({ criteria, neoplasm }: Facts): Compiled {
  return {
    cancers: Int32Array.from(criteria, ({ code }) => numberOfCancer(code)),
    excluded: Uint8Array.from(criteria, ({ polarity }) => Number(polarity === 'excluded')),
    sure: Uint8Array.from(criteria, (one) => Number(isSure(one))),
    wholeTrial: Uint8Array.from(criteria, ({ cohort }) => Number(cohort === null)),
    neoplasm,
  }
}

/** The verdict on the cancer of that number. Called for every distinct trial: no allocation. */
function codeOf(asked: number, { cancers, excluded, sure, wholeTrial, neoplasm }: Compiled): Code {
  let best: Code = ELSEWHERE
  let required = 0
  let sureOnes = 0
  let relatedUnsure = 0
  for (let at = 0; at < cancers.length; at++) {
    if (excluded[at] === 1) continue
    required++
    const relation = relationTo(asked, cancers[at] as number)
    if (sure[at] === 0) {
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
  if (best === UNKNOWN && everyMemberTaken(asked, cancers, excluded, sure)) best = MET
  for (let at = 0; at < cancers.length; at++) {
    if (excluded[at] === 0) continue
    const relation = relationTo(asked, cancers[at] as number)
    if (relation === APART || best === CONTRADICTED) continue
    const firm = relation !== BROADER && sure[at] === 1 && wholeTrial[at] === 1
    best = firm && !isMisread(asked, cancers[at] as number, cancers, excluded) ? CONTRADICTED : UNKNOWN
  }
  return best
}

/** A trial that takes cancers of the colon and of the rectum takes every colorectal one. */
function everyMemberTaken(asked: number, cancers: Int32Array, excluded: Uint8Array, sure: Uint8Array): boolean {
  const members = membersOfCancer(asked)
  for (const member of members) {
    let taken = false
    for (let at = 0; at < cancers.length && !taken; at++)
      taken = excluded[at] === 0 && sure[at] === 1 && relationTo(member, cancers[at] as number) >= WITHIN_FAMILY
    if (!taken) return false
  }
  return members.length > 0
}

/** An exclusion that would also rule out a kind the trial asks for by name was misread: it is to be checked. */
function isMisread(asked: number, ruledOut: number, cancers: Int32Array, excluded: Uint8Array): boolean {
  for (let at = 0; at < cancers.length; at++) {
    if (excluded[at] === 1) continue
    const wanted = cancers[at] as number
    if (relationTo(asked, wanted) >= WITHIN_FAMILY && relationTo(wanted, ruledOut) >= WITHIN_FAMILY) return true
  }
  return false
}

/** The statements to quote for a verdict, the one that names the cancer most narrowly first. */
function decidedBy(asked: number, code: Code, { criteria }: Facts): number[] {
  const related = criteria.flatMap((one, at) => {
    const relation = relationTo(asked, numberOfCancer(one.code))
    return relation === APART ? [] : [{ one, at, number: numberOfCancer(one.code), relation }]
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
