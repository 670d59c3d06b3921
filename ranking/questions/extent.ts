import type { CriterionOf } from '../../domain/criterion.ts'
import type { Fit } from '../../domain/vocabulary/stages/fits.ts'
import type { Card } from '../card.ts'
import { criteriaOf } from '../topic.ts'
import { CONTRADICTED, type Code, isSure, type Judgement, MET, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'

export type ExtentCriterion = CriterionOf<'stage'> | CriterionOf<'setting'>

/**
 * Stage and setting criteria, in the order of the record. They share words: "extensive stage" is filed under either.
 */
export const extentCriteria = (card: Card): ExtentCriterion[] => criteriaOf(card, 'stage', 'setting')

/**
 * One thing a trial says about extents. The words of all required criteria of a kind are alternatives (cohorts differ
 * in them) and make one part; each excluded criterion is a part of its own.
 */
export interface ExtentPart {
  polarity: ExtentCriterion['polarity']
  words: readonly string[]
  /** For each word: the position of its criterion, whether that is sure, and whether it may contradict. */
  owners: readonly number[]
  sure: readonly boolean[]
  firm: readonly boolean[]
}

/** Stage and setting criteria of a trial, and what they say part by part. */
export interface Extents {
  criteria: readonly ExtentCriterion[]
  parts: readonly ExtentPart[]
}

export function extentsOf(card: Card): Extents {
  const criteria = extentCriteria(card)
  return { criteria, parts: partsOf(criteria) }
}

const KINDS = ['stage', 'setting'] as const

function partsOf(criteria: readonly ExtentCriterion[]): ExtentPart[] {
  const required = KINDS.map((kind) =>
    criteria.flatMap((one, at) => (one.kind === kind && one.polarity === 'required' ? [at] : [])),
  )
  const excluded = criteria.flatMap(({ polarity }, at) => (polarity === 'excluded' ? [[at]] : []))
  return [...required, ...excluded].flatMap((positions) => {
    const owners = positions.flatMap((at) => (criteria[at] as ExtentCriterion).anyOf.map(() => at))
    const words = positions.flatMap((at) => (criteria[at] as ExtentCriterion).anyOf)
    if (words.length === 0) return []
    const ofOwner = (test: (one: ExtentCriterion) => boolean) =>
      owners.map((at) => test(criteria[at] as ExtentCriterion))
    return {
      polarity: (criteria[owners[0] as number] as ExtentCriterion).polarity,
      words,
      owners,
      sure: ofOwner(isSure),
      firm: ofOwner((one) => temper(CONTRADICTED, one) === CONTRADICTED),
    }
  })
}

/** Compares the word told with all words of a part. */
export type FitsOf = (words: readonly string[]) => readonly Fit[]

/** What all parts say to one word told, with the criteria that decided it: stage and setting must both be satisfied. */
export function judgeWord(parts: readonly ExtentPart[], fitsOf: FitsOf): Judgement {
  let worst: Judgement = { code: NOT_RESTRICTED, at: [] }
  for (const part of parts) {
    const fits = fitsOf(part.words)
    const code = codeOfPart(part, fits)
    if (code === NOT_RESTRICTED || (worst.code !== NOT_RESTRICTED && code <= worst.code)) continue
    worst = { code, at: decidedBy(part, code, fits) }
  }
  return worst
}

/** Settings that say when a treatment is given, and nothing of the disease. */
const TREATMENT_TIMES: ReadonlySet<string> = new Set([
  'neoadjuvant',
  'adjuvant',
  'perioperative',
  'first_line',
  'maintenance',
  'consolidation',
])

function codeOfPart({ polarity, words, sure, firm }: ExtentPart, fits: readonly Fit[]): Code {
  const required = polarity === 'required'
  let code: Code = NOT_RESTRICTED
  let alternatives = false
  let against = false
  for (let index = 0; index < words.length; index++) {
    const fit = fits[index]
    if (fit === 'in') {
      if (!required) return firm[index] ? CONTRADICTED : UNKNOWN
      if (sure[index]) return MET
      code = UNKNOWN
    } else if (fit === 'maybe') code = UNKNOWN
    // Words about something else in the same kind are alternatives too: "unresectable or metastatic". When in the
    // course of treatment a trial comes is none: "maintenance of newly diagnosed myeloma" asks for both.
    else if (fit === null) alternatives ||= !TREATMENT_TIMES.has(words[index] as string)
    else if (required) {
      if (code === NOT_RESTRICTED) code = CONTRADICTED
      against ||= firm[index] as boolean
    }
  }
  if (code !== CONTRADICTED) return code
  return against && !alternatives ? CONTRADICTED : UNKNOWN
}

/** The criteria with the words that decided the code of a part. */
function decidedBy({ polarity, owners, sure }: ExtentPart, code: Code, fits: readonly Fit[]): number[] {
  if (polarity === 'excluded') return owners.slice(0, 1)
  const decided: number[] = []
  const open = fits.some((fit) => fit === 'in' || fit === 'maybe')
  for (let index = 0; index < owners.length; index++) {
    const fit = fits[index]
    const decides = code === MET ? fit === 'in' && sure[index] : open ? fit === 'in' || fit === 'maybe' : fit === 'out'
    const owner = owners[index] as number
    if (decides && !decided.includes(owner)) decided.push(owner)
  }
  return decided
}
