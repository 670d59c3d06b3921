import { cancerByCode } from '../../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES, FAMILIES } from '../cancer-names.ts'
import { diagnosisSentences } from '../diagnosis.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document, Sentence } from '../sentences.ts'
import type { Limit } from './limits.ts'
import { areApart, tumoursIn } from './tumours.ts'

/** Those whom an exclusion is about, when that is not everybody. */
export interface People {
  /** The cancers that they have: codes of the vocabulary. */
  cancers: readonly string[]
  /** They are all with that cancer: what the sentence calls their cohort is no part of them. */
  wholeCohort: boolean
}

/**
 * In a trial of tumours of several organs, an exclusion that names one of them ("MSI-high endometrial cancer", "EGFR
 * mutation, applicable to the lung cohort") is about those who have it. In a trial of one organ a name tells nobody
 * apart.
 */
export function peopleOf(
  document: Document,
  input: CriteriaInput,
  limits: (sentence: Sentence) => Limit | null,
): (sentence: Sentence) => People | null {
  let taken: Taken | null = null
  return (sentence) => {
    const limit = limits(sentence)
    if (limit && limit.cancers.length > 0) return { cancers: limit.cancers, wholeCohort: false }
    const ofCohort = cancersOfCohort(sentence.text)
    const cancers = ofCohort ?? codesIn(document.plain.slice(sentence.start, sentence.end))
    if (cancers.length === 0) return null
    taken ??= takenBy(document, input)
    return areSomeOf(taken, cancers) ? { cancers: [...new Set(cancers)], wholeCohort: ofCohort !== null } : null
  }
}

const codesIn = (text: string): string[] => tumoursIn(text).map(({ code }) => code)

/** The tumours a trial names as its own, and whether it takes all solid tumours. */
interface Taken {
  codes: readonly string[]
  anySolid: boolean
}

function takenBy(document: Document, input: CriteriaInput): Taken {
  const diagnoses = diagnosisSentences(document).map(({ start, end }) => document.plain.slice(start, end))
  const texts = [...input.conditions, input.briefTitle, input.officialTitle ?? '', ...diagnoses].map(withoutRecist)
  return {
    codes: texts.flatMap(codesIn),
    anySolid: texts.some((text) => CANCER_NAMES.findAll(text).some(({ value }) => value.code === 'ANY_SOLID')),
  }
}

/** "Response Evaluation Criteria in Solid Tumors" says nothing of who is taken. */
const withoutRecist = (text: string) => text.replace(/criteria in solid tumou?rs/gi, '')

/** Tumours of one organ, which the trial takes, and takes others beside. */
function areSomeOf({ codes, anySolid }: Taken, cancers: readonly string[]): boolean {
  const [first = ''] = cancers
  if (cancers.some((one) => areApart(one, first))) return false
  return anySolid || (codes.some((code) => !areApart(code, first)) && codes.some((code) => areApart(code, first)))
}

/** "The lung cohort", not "the pretreated lung cohort" nor "lung cohort 2": all with that tumour. */
const OF_COHORT =
  /(?:^|[(,;:] ?|\b(?:the|to|of|for|in|only|la|le|de|du|pour|dans) )(?:([\w+-]{3,20})(?: cancer)? cohort|cohorte (?:du |des )?([\w+-]{3,20}))\b(?! ?[a-z]?\d| [a-h]\b)/

function cancersOfCohort(text: string): readonly string[] | null {
  const cohort = OF_COHORT.exec(text)
  const name = cohort?.[1] ?? cohort?.[2]
  if (name === undefined) return null
  const senses = [name, `${name} cancer`, `cancer du ${name}`, `cancer de la ${name}`].map(CANCER_NAMES.lookUp)
  const code = senses.find((sense) => sense !== null)?.code
  return code === undefined || FAMILIES.has(code) ? null : (cancerByCode(code)?.means ?? [code])
}
