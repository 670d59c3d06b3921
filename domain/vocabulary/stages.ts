import { isWithin as isCancerWithin } from './cancers.ts'
import type { LexiconEntry } from './lexicon.ts'
import { EXTENTS } from './stages/extents.ts'
import { type Fit, stageFits } from './stages/fits.ts'
import { STAGE_NUMERALS } from './stages/numerals.ts'
import { SETTINGS, type SettingTerm } from './stages/settings.ts'
import { lexiconEntries, type Sense, type Term } from './term.ts'
import { createTree } from './tree.ts'

/** Stages: numerals (0, I, IA … IVB) and extents (localised … metastatic). */
export const STAGES: readonly Term[] = [
  ...STAGE_NUMERALS.map((numeral) => ({ code: numeral, fr: `Stade ${numeral}`, en: `Stage ${numeral}` })),
  ...EXTENTS,
]
export { SETTINGS }

const stageByCode = new Map(STAGES.map((stage) => [stage.code, stage]))
const settingByCode = new Map(SETTINGS.map((setting) => [setting.code, setting]))
const settingTree = createTree(SETTINGS.map(({ code, within = [] }) => ({ code, parents: within })))

/** A stage or extent by its code, or null. */
export function stageByName(code: string): Term | null {
  return stageByCode.get(code) ?? null
}

/** A setting by its code, or null. */
export function settingByName(code: string): SettingTerm | null {
  return settingByCode.get(code) ?? null
}

/** Every way of writing stages, extents and settings, for `createLexicon`. Numerals are found with their word only. */
export const STAGE_ENTRIES: readonly LexiconEntry<Sense>[] = lexiconEntries([...STAGES, ...SETTINGS])

/**
 * Cancers of which stage IVA and IVB may be without distant metastases (AJCC 8: head and neck, thyroid, thymus,
 * oesophagus, stomach, bladder, cervix, vulva, prostate, biliary tract, kidney).
 */
const LOCAL_STAGE_IV = [
  'HEAD_NECK',
  'THYROID',
  'THYMUS',
  'STOMACH',
  'BLADDER',
  'CERVIX',
  'VULVA',
  'PROSTATE',
  'BILIARY_TRACT',
  'KIDNEY',
] as const

/** Whether stage IVA and IVB of a cancer may be without distant metastases; false when the cancer is not known. */
export function stageFourMayBeLocal(cancer: string | null): boolean {
  return cancer !== null && LOCAL_STAGE_IV.some((site) => isCancerWithin(cancer, site))
}

/** Whether risk groups of a cancer are groups of localised disease: D'Amico's of the prostate (JAMA 1998;280:969). */
export function riskGroupsAreLocalised(cancer: string | null): boolean {
  return cancer !== null && isCancerWithin(cancer, 'PROSTATE')
}

/** How each of the stages a trial takes takes someone's stage. `cancer`: OncoTree code, when known. */
export function stageFitsOf(answered: string, anyOf: readonly string[], cancer: string | null = null): Fit[] {
  return stageFits(answered, anyOf, stageFourMayBeLocal(cancer))
}

/** Settings that speak of one thing: linked by `within` or `excludes`, however long the chain. */
const axisOf = new Map<string, number>()
SETTINGS.forEach(({ code }, axis) => {
  const reach = [code]
  for (const one of reach) {
    if (axisOf.has(one)) continue
    axisOf.set(one, axis)
    for (const other of SETTINGS) {
      const links = [...(other.excludes ?? []), ...(other.within ?? [])]
      if (links.includes(one)) reach.push(other.code)
      if (other.code === one) reach.push(...links)
    }
  }
})

/** How each of the settings a trial takes takes someone's: null where the two speak of different things. */
export function settingFitsOf(told: string, anyOf: readonly string[]): Fit[] {
  return anyOf.map((taken): Fit => {
    if (settingTree.isWithin(told, taken)) return 'in'
    if (axisOf.get(told) === undefined || axisOf.get(told) !== axisOf.get(taken)) return null
    const excludes = (one: string, other: string) => settingByName(one)?.excludes?.includes(other)
    return excludes(told, taken) || excludes(taken, told) ? 'out' : 'maybe'
  })
}
