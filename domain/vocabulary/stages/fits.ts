import { numeralAncestors } from './numerals.ts'

/**
 * How what a person has relates to one word of what a trial takes: a case of it, perhaps one, or not one. Null when the
 * two speak of different things.
 */
export type Fit = 'in' | 'maybe' | 'out' | null

type Roman = '0' | 'I' | 'II' | 'III' | 'IV'
type Extent = 'localised' | 'locally_advanced' | 'advanced' | 'metastatic'
interface Stage {
  roman: Roman
  numeral: string
}

/** TNM stages: I and II localised, III locally advanced (localised where it can be operated on), IV metastatic. */
const NUMERAL_IN_EXTENT: Record<Roman, Record<Extent, Fit>> = {
  '0': { localised: 'out', locally_advanced: 'out', advanced: 'out', metastatic: 'out' },
  I: { localised: 'in', locally_advanced: 'out', advanced: 'out', metastatic: 'out' },
  II: { localised: 'in', locally_advanced: 'maybe', advanced: 'out', metastatic: 'out' },
  III: { localised: 'maybe', locally_advanced: 'in', advanced: 'maybe', metastatic: 'out' },
  IV: { localised: 'out', locally_advanced: 'out', advanced: 'in', metastatic: 'in' },
}

const EXTENT_IN_NUMERAL: Record<Extent, Record<Roman, Fit>> = {
  localised: { '0': 'out', I: 'maybe', II: 'maybe', III: 'maybe', IV: 'out' },
  locally_advanced: { '0': 'out', I: 'out', II: 'maybe', III: 'in', IV: 'out' },
  advanced: { '0': 'out', I: 'out', II: 'maybe', III: 'maybe', IV: 'maybe' },
  metastatic: { '0': 'out', I: 'out', II: 'out', III: 'out', IV: 'in' },
}

const EXTENT_IN_EXTENT: Record<Extent, Record<Extent, Fit>> = {
  localised: { localised: 'in', locally_advanced: 'out', advanced: 'out', metastatic: 'out' },
  locally_advanced: { localised: 'out', locally_advanced: 'in', advanced: 'in', metastatic: 'out' },
  advanced: { localised: 'out', locally_advanced: 'maybe', advanced: 'in', metastatic: 'maybe' },
  metastatic: { localised: 'out', locally_advanced: 'out', advanced: 'in', metastatic: 'in' },
}

const isExtent = (code: string): code is Extent => code in EXTENT_IN_EXTENT

function stageOf(code: string): Stage | null {
  const roman = numeralAncestors(code).at(-1)
  return roman === undefined ? null : { roman: roman as Roman, numeral: code }
}

/**
 * How each stage a trial takes takes someone's stage. `fourMayBeLocal`: stage IVA and IVB of this cancer may be without
 * distant metastases. Codes that are no stages fit nothing (null); so does everything when `told` is none.
 */
export function stageFits(told: string, taken: readonly string[], fourMayBeLocal: boolean): Fit[] {
  const own = stageOf(told)
  return taken.map((word): Fit => {
    const stage = stageOf(word)
    if (own !== null && stage !== null) return fitNumeral(own, stage, taken)
    if (own !== null) return isExtent(word) ? fitNumeralInExtent(own, word, fourMayBeLocal) : null
    if (!isExtent(told)) return null
    if (stage !== null) return fitExtentInNumeral(told, stage, taken, fourMayBeLocal)
    if (!isExtent(word)) return null
    return told === 'advanced' && taken.includes('locally_advanced') && taken.includes('metastatic')
      ? 'in'
      : EXTENT_IN_EXTENT[told][word]
  })
}

/** IIIB is in III; III is in IIIB only where IIIA, IIIB and IIIC are all taken (for the others: A and B). */
function fitNumeral(own: Stage, stage: Stage, taken: readonly string[]): Fit {
  if (numeralAncestors(own.numeral).includes(stage.numeral)) return 'in'
  if (!numeralAncestors(stage.numeral).includes(own.numeral)) return 'out'
  const letters = own.roman === 'III' ? ['A', 'B', 'C'] : ['A', 'B']
  const all = own.numeral === own.roman && letters.every((letter) => taken.includes(`${own.roman}${letter}`))
  return all ? 'in' : 'maybe'
}

function fitNumeralInExtent({ roman, numeral }: Stage, extent: Extent, fourMayBeLocal: boolean): Fit {
  if (roman === 'IV' && fourMayBeLocal && !numeral.startsWith('IVC')) {
    if (extent === 'locally_advanced') return 'maybe'
    if (extent === 'metastatic' && numeral !== 'IV') return 'maybe'
  }
  return NUMERAL_IN_EXTENT[roman][extent]
}

const isBeyondLocal = (word: string): boolean => word === 'advanced' || word === 'metastatic'

function fitExtentInNumeral(told: Extent, stage: Stage, taken: readonly string[], fourMayBeLocal: boolean): Fit {
  const fit = EXTENT_IN_NUMERAL[told][stage.roman]
  // "Stage III or IV, advanced or metastatic": what can be operated on is not what the trial means by III.
  if (told === 'localised' && stage.roman === 'III' && taken.includes('IV') && taken.some(isBeyondLocal)) return 'out'
  if (told === 'localised' && fit === 'maybe') return taken.includes('I') && taken.includes('II') ? 'in' : 'maybe'
  if (told === 'locally_advanced' && stage.roman === 'IV') return fourMayBeLocal ? 'maybe' : 'out'
  return fit === 'in' && stage.numeral !== stage.roman ? 'maybe' : fit
}
