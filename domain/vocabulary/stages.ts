import { isWithin as isCancerWithin } from './cancers.ts'
import type { LexiconEntry } from './lexicon.ts'
import { EXTENTS } from './stages/extents.ts'
import { numeralAncestors, STAGE_NUMERALS } from './stages/numerals.ts'
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

/** Whether one stage is another or a case of it: IIIB of III. */
export function stageIsWithin(code: string, ancestor: string): boolean {
  return code === ancestor || numeralAncestors(code).includes(ancestor)
}

type Extent = 'in_situ' | 'localised' | 'locally_advanced' | 'metastatic'

/** What each extent word covers. "Advanced" is locally advanced or metastatic. */
const COVERS: Record<string, readonly Extent[]> = {
  localised: ['localised'],
  locally_advanced: ['locally_advanced'],
  advanced: ['locally_advanced', 'metastatic'],
  metastatic: ['metastatic'],
  '0': ['in_situ'],
  I: ['localised'],
  II: ['localised', 'locally_advanced'],
  III: ['localised', 'locally_advanced'],
  IV: ['metastatic'],
}
/** Cancers whose stage IV begins without distant metastases (AJCC 8: head and neck IVA and IVB, thyroid, thymus). */
const LOCAL_STAGE_IV = ['HEAD_NECK', 'THYROID', 'THYMUS'] as const

function extentsOf(stage: string, cancer: string | null): readonly Extent[] {
  const whole = numeralAncestors(stage).at(-1) ?? stage
  const localIv = cancer !== null && LOCAL_STAGE_IV.some((site) => isCancerWithin(cancer, site))
  if (whole !== 'IV' || !localIv) return COVERS[whole] ?? []
  return stage === 'IVC' ? ['metastatic'] : ['locally_advanced', 'metastatic']
}

/**
 * Whether someone's stage is among those a trial takes: true, false, or null where it depends (stage III may or may
 * not be locally advanced; "stage III" may or may not be IIIB). `cancer`: OncoTree code, when known.
 */
export function stageCompatible(
  answered: string,
  anyOf: readonly string[],
  cancer: string | null = null,
): boolean | null {
  if (anyOf.some((taken) => stageIsWithin(answered, taken))) return true
  const isNumeral = (stage: string) => numeralAncestors(stage).length > 0
  const comparable = anyOf.filter((taken) => !isNumeral(answered) || !isNumeral(taken))
  const possible = extentsOf(answered, cancer)
  const covered = new Set(comparable.flatMap((taken) => certainExtents(taken, cancer)))
  if (possible.length > 0 && possible.every((extent) => covered.has(extent))) return true
  const reached = new Set(comparable.flatMap((taken) => extentsOf(taken, cancer)))
  const narrower = anyOf.some((taken) => stageIsWithin(taken, answered))
  return narrower || possible.some((extent) => reached.has(extent)) ? null : false
}

/** The extents that a stage takes entirely: every metastatic disease is stage IV, not every localised one stage I. */
function certainExtents(taken: string, cancer: string | null): readonly Extent[] {
  if (numeralAncestors(taken).length === 0) return extentsOf(taken, cancer)
  return taken === 'IV' ? ['metastatic'] : []
}

/**
 * Whether someone's settings are among those a trial takes: true, false if one told excludes all that are taken, or
 * null when what was told does not say.
 */
export function settingCompatible(answered: readonly string[], anyOf: readonly string[]): boolean | null {
  if (answered.some((told) => anyOf.some((taken) => settingTree.isWithin(told, taken)))) return true
  const excluded = (taken: string) =>
    answered.some(
      (told) => settingByName(told)?.excludes?.includes(taken) || settingByName(taken)?.excludes?.includes(told),
    )
  return anyOf.length > 0 && anyOf.every(excluded) ? false : null
}
