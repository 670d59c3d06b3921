import type { BiomarkerAnswer } from '../../domain/question.ts'
import type { GoldBiomarker, GoldTrial } from '../criteria/data.ts'
import { geneOf, type Person } from './person.ts'

export type Judged = 'fits' | 'open' | 'contradicted'

/**
 * What the labels of a trial say to a person, by rules of its own: nothing of the product's ranking or extraction is
 * used, so that a fault of theirs cannot hide here. `ancestors`: OncoTree, code → the codes above it.
 */
export function judge(
  trial: GoldTrial,
  person: Person,
  panel: readonly BiomarkerAnswer[],
  ancestors: ReadonlyMap<string, readonly string[]>,
): Judged {
  const parts = [
    judgeCancer(trial, person.cancer, ancestors),
    judgeStage(trial.stages?.any_of ?? [], person),
    ...judgeMarkers(trial, panel),
    bounded(person.priorLines, trial.priorSystemicLines?.min, trial.priorSystemicLines?.max),
    bounded(person.ecog, null, trial.ecogMax),
    bounded(person.age, trial.minAgeYears, trial.maxAgeYears),
    trial.sex === undefined || trial.sex === 'ALL' || trial.sex === person.sex ? 'fits' : 'contradicted',
    trial.brainMetastases === 'required' ? 'contradicted' : 'fits',
  ] as const
  if (parts.includes('contradicted')) return 'contradicted'
  return parts.includes('open') ? 'open' : 'fits'
}

function bounded(value: number | null, min: number | null | undefined, max: number | null | undefined): Judged {
  if (value === null) return 'fits'
  return value < (min ?? -Infinity) || value > (max ?? Infinity) ? 'contradicted' : 'fits'
}

const HEME = ['MYELOID', 'LYMPH']

function judgeCancer(trial: GoldTrial, cancer: string, ancestors: ReadonlyMap<string, readonly string[]>): Judged {
  if (!trial.oncology) return 'contradicted'
  const above = [cancer, ...(ancestors.get(cancer) ?? [])]
  const isHeme = above.some((code) => HEME.includes(code))
  const within = (code: string) =>
    code === 'ANY_CANCER' ||
    (code === 'ANY_SOLID' && !isHeme) ||
    (code === 'ANY_HEME' && isHeme) ||
    above.includes(code)
  const below = (code: string) => ancestors.get(code)?.includes(cancer) ?? false
  const excluded = (trial.excludedCancers ?? []).flatMap(({ oncotree }) => oncotree ?? [])
  if (excluded.some(within)) return 'contradicted'
  const taken = trial.cancers ?? []
  const codes = taken.flatMap(({ oncotree }) => oncotree ?? [])
  if (codes.some(within)) return excluded.some(below) ? 'open' : 'fits'
  return codes.some(below) ? 'open' : 'contradicted'
}

const EXTENTS =
  /^(0|I{1,3}[ABC]?|IV[ABC]?|localised|locally_advanced|advanced|metastatic|unresectable|resectable|resected)$/
const IMPLIES: Record<string, readonly string[]> = {
  I: ['localised'],
  II: ['localised'],
  III: ['locally_advanced', 'advanced'],
  IV: ['metastatic', 'advanced'],
  metastatic: ['IV', 'advanced'],
  locally_advanced: ['III', 'advanced'],
  localised: ['I', 'II'],
}
const AGAINST: readonly (readonly string[])[] = [
  ['castration_resistant', 'hormone_sensitive'],
  ['limited_stage', 'extensive_stage'],
]

function judgeStage(words: readonly string[], { stage, setting }: Person): Judged {
  for (const pair of AGAINST) {
    const own = setting.find((word) => pair.includes(word))
    const asked = words.filter((word) => pair.includes(word))
    if (own && asked.length > 0 && !asked.includes(own)) return 'contradicted'
  }
  const course = ['newly_diagnosed', 'relapsed', 'refractory', 'recurrent']
  const askedCourse = words.filter((word) => course.includes(word))
  const ownCourse = setting.flatMap((word) => (word === 'relapsed' ? ['relapsed', 'recurrent'] : [word]))
  const fitsCourse = askedCourse.some((word) => ownCourse.includes(word))
  const extents = words.filter((word) => EXTENTS.test(word))
  if (extents.length === 0) {
    if (askedCourse.length === 0 || setting.filter((word) => course.includes(word)).length === 0) return 'fits'
    return fitsCourse
      ? 'fits'
      : askedCourse.includes('newly_diagnosed') || setting.includes('newly_diagnosed')
        ? 'contradicted'
        : 'open'
  }
  if (stage === null || fitsCourse) return 'fits'
  const roman = /^(IV|I{1,3})[ABC]?$/.exec(stage)?.[1]
  const own = new Set([stage, ...(roman ? [roman] : []), ...(IMPLIES[roman ?? stage] ?? []), ...setting])
  if (extents.some((word) => own.has(word))) return 'fits'
  const finer = extents.some((word) =>
    [...own].some((one) => /^[IV]+$/.test(one) && new RegExp(`^${one}[ABC]$`).test(word)),
  )
  // Whether somebody was or can be operated on was not told; only metastases speak against it.
  const operated = extents.includes('resected') && roman !== 'IV' && stage !== 'metastatic'
  return finer || operated || extents.includes('unresectable') || extents.includes('resectable')
    ? 'open'
    : 'contradicted'
}

const NEGATIVE = /^(negative|wild_type|proficient|stable)$/
const GENERIC =
  /^(mutation|activating_mutation|fusion|positive|expression|overexpression|high|deficient|amplification)$/

function judgeMarkers({ biomarkers }: GoldTrial, panel: readonly BiomarkerAnswer[]): Judged[] {
  const { required = [], excluded = [] } = biomarkers ?? {}
  const groups = required.map((group) => Math.min(...group.map((atom) => truth(atom, panel))))
  const best = groups.length === 0 ? 1 : Math.max(...groups)
  const worst = Math.max(-1, ...excluded.map((atom) => truth(atom, panel)))
  const say = (value: number): Judged => (value > 0 ? 'fits' : value === 0 ? 'open' : 'contradicted')
  return [say(best), say(-worst)]
}

/** 1: holds, −1: does not, 0: cannot be told. */
function truth(atom: GoldBiomarker, panel: readonly BiomarkerAnswer[]): number {
  const told = panel.find(({ gene }) => geneOf(gene) === geneOf(atom.gene))
  const asked = atom.alteration.replace(/^other:/, '')
  const wanted = (atom.state === 'present') !== NEGATIVE.test(asked)
  if (!told) return 0
  const own = told.alteration ?? ''
  const has = (told.state === 'present') !== NEGATIVE.test(own)
  // HR is "ER and/or PR": without oestrogen receptors it may still be positive.
  if (!has && atom.gene === 'HR' && told.gene === 'ER') return 0
  if (!has) return wanted ? -1 : 1
  if (!wanted) return -1
  const [measured, limit] = [told.value, atom.threshold].map((text) =>
    Number(/\d+/.exec(text ?? '')?.[0] ?? Number.NaN),
  )
  if (!Number.isNaN(limit) && atom.gene === 'CD274')
    return Number.isNaN(measured) ? 0 : (measured ?? 0) >= (limit ?? 0) ? 1 : -1
  if (asked === own || GENERIC.test(asked)) return 1
  return GENERIC.test(own) || own === '' ? 0 : -1
}
