import { QuestionError } from '../question-error.ts'
import { listTopic, type Topic } from '../topic.ts'
import { type ExtentCriterion, extentCriteria, type Fit, judgeWord, stageFourMayBeLocal } from './extent.ts'

const EXTENTS = ['localised', 'locally_advanced', 'advanced', 'unresectable', 'metastatic'] as const
type Extent = (typeof EXTENTS)[number]
type Roman = '0' | 'I' | 'II' | 'III' | 'IV'
interface Numeral {
  roman: Roman
  /** The letter and what follows it; '' when the stage was told without. */
  sub: string
}

/** The stage told (numeral or extent) against the stages of the trial. */
export const stage: Topic<ExtentCriterion[]> = {
  facts: extentCriteria,
  ...listTopic,
  inquire({ stage: told, cancer }, weights) {
    if (told === undefined) return null
    const read = readStage(told)
    if (read === null)
      throw new QuestionError(
        '/stage',
        `"${told}" is no stage: 0, I to IV with letters, localised, locally_advanced or metastatic`,
      )
    const local = stageFourMayBeLocal(cancer)
    const name = typeof read === 'string' ? EXTENT_NAMES[read] : { fr: `stade ${told}`, en: `stage ${told}` }
    return {
      columns: [{ question: `stage:${told}`, weight: weights.questions.stage, name }],
      judge: (criteria) => [judgeWord(criteria, (words) => fitStages(read, words, local))],
    }
  },
}

const EXTENT_NAMES: Record<Extent, { fr: string; en: string }> = {
  localised: { fr: 'maladie localisée', en: 'localised disease' },
  locally_advanced: { fr: 'maladie localement avancée', en: 'locally advanced disease' },
  advanced: { fr: 'maladie avancée', en: 'advanced disease' },
  unresectable: { fr: 'maladie non résécable', en: 'unresectable disease' },
  metastatic: { fr: 'maladie métastatique', en: 'metastatic disease' },
}

export const isExtent = (word: string): word is Extent => (EXTENTS as readonly string[]).includes(word)

function readStage(word: string): Numeral | Extent | null {
  if (isExtent(word)) return word
  const match = /^(0|IV|III|II|I)([A-E]?\d?)$/.exec(word.toUpperCase())
  return match ? { roman: match[1] as Roman, sub: match[2] ?? '' } : null
}

/** How each stated word takes the stage told. */
export function fitStages(told: Numeral | Extent, words: readonly string[], fourMayBeLocal: boolean): Fit[] {
  const stated = words.map(readStage)
  return stated.map((word): Fit => {
    if (word === null) return null
    if (typeof told === 'string') return fitExtent(told, word, stated)
    return typeof word === 'string' ? fitNumeralInExtent(told, word, fourMayBeLocal) : fitNumeral(told, word, stated)
  })
}

/** IIIB is in III; III is in IIIB only when IIIA, IIIB and IIIC are all taken (for I, II and IV: A and B). */
function fitNumeral(told: Numeral, word: Numeral, stated: readonly (Numeral | Extent | null)[]): Fit {
  if (told.roman !== word.roman) return 'out'
  if (told.sub.startsWith(word.sub)) return 'in'
  if (!word.sub.startsWith(told.sub)) return 'out'
  const needed = told.roman === 'III' ? ['A', 'B', 'C'] : ['A', 'B']
  const letters = stated.map((one) =>
    one !== null && typeof one !== 'string' && one.roman === told.roman ? one.sub : '',
  )
  return told.sub === '' && needed.every((letter) => letters.includes(letter)) ? 'in' : 'maybe'
}

/** Stages in TNM-staged tumours: I and II localised, III locally advanced (localised when operable), IV metastatic. */
const NUMERAL_IN_EXTENT: Record<Roman, Record<Extent, Fit>> = {
  '0': { localised: 'maybe', locally_advanced: 'out', advanced: 'out', unresectable: 'out', metastatic: 'out' },
  I: { localised: 'in', locally_advanced: 'out', advanced: 'out', unresectable: 'out', metastatic: 'out' },
  II: { localised: 'in', locally_advanced: 'maybe', advanced: 'out', unresectable: 'maybe', metastatic: 'out' },
  III: { localised: 'maybe', locally_advanced: 'in', advanced: 'maybe', unresectable: 'maybe', metastatic: 'out' },
  IV: { localised: 'out', locally_advanced: 'out', advanced: 'in', unresectable: 'maybe', metastatic: 'in' },
}

function fitNumeralInExtent({ roman, sub }: Numeral, extent: Extent, fourMayBeLocal: boolean): Fit {
  if (roman === 'IV' && fourMayBeLocal) {
    if (extent === 'locally_advanced') return sub.startsWith('C') ? 'out' : 'maybe'
    if (extent === 'metastatic' && /^[AB]/.test(sub)) return 'maybe'
  }
  return NUMERAL_IN_EXTENT[roman][extent]
}

const EXTENT_IN_EXTENT: Record<Extent, Record<Extent, Fit>> = {
  localised: { localised: 'in', locally_advanced: 'out', advanced: 'out', unresectable: 'maybe', metastatic: 'out' },
  locally_advanced: {
    localised: 'out',
    locally_advanced: 'in',
    advanced: 'in',
    unresectable: 'maybe',
    metastatic: 'out',
  },
  advanced: { localised: 'out', locally_advanced: 'maybe', advanced: 'in', unresectable: 'maybe', metastatic: 'maybe' },
  unresectable: {
    localised: 'maybe',
    locally_advanced: 'maybe',
    advanced: 'maybe',
    unresectable: 'in',
    metastatic: 'maybe',
  },
  metastatic: { localised: 'out', locally_advanced: 'out', advanced: 'in', unresectable: 'maybe', metastatic: 'in' },
}

const EXTENT_IN_ROMAN: Record<Extent, Record<Roman, Fit>> = {
  localised: { '0': 'maybe', I: 'maybe', II: 'maybe', III: 'maybe', IV: 'out' },
  locally_advanced: { '0': 'out', I: 'out', II: 'maybe', III: 'in', IV: 'maybe' },
  advanced: { '0': 'out', I: 'out', II: 'maybe', III: 'maybe', IV: 'maybe' },
  unresectable: { '0': 'out', I: 'maybe', II: 'maybe', III: 'maybe', IV: 'maybe' },
  metastatic: { '0': 'out', I: 'out', II: 'out', III: 'out', IV: 'in' },
}

function fitExtent(told: Extent, word: Numeral | Extent, stated: readonly (Numeral | Extent | null)[]): Fit {
  if (typeof word === 'string') return EXTENT_IN_EXTENT[told][word]
  const fit = EXTENT_IN_ROMAN[told][word.roman]
  const whole = (roman: Roman) =>
    stated.some((one) => one !== null && typeof one !== 'string' && one.roman === roman && one.sub === '')
  if (told === 'localised' && fit === 'maybe') return whole('I') && whole('II') ? 'in' : 'maybe'
  return fit === 'in' && word.sub !== '' && told !== 'metastatic' ? 'maybe' : fit
}
