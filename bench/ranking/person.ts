import type { BiomarkerAnswer, Question } from '../../domain/question.ts'
import type { Point } from '../../domain/trial.ts'
import type { GoldBiomarker, GoldTrial } from '../criteria/data.ts'
import type { Random } from '../random.ts'

/** Somebody who fits one labelled trial. */
export interface Person {
  fits: string
  cancer: string
  /** Everything a laboratory could tell: the markers of the trial, and the others that its cancer is tested for. */
  panel: BiomarkerAnswer[]
  stage: string | null
  setting: string[]
  priorLines: number | null
  ecog: number
  age: number
  sex: 'FEMALE' | 'MALE'
  point: Point
}

const STAGES = ['IV', 'IVA', 'III', 'IIIA', 'IIIB', 'IIIC', 'II', 'I', 'metastatic', 'locally_advanced', 'localised']
const SETTINGS = [
  'newly_diagnosed',
  'relapsed',
  'refractory',
  'castration_resistant',
  'hormone_sensitive',
  'extensive_stage',
  'limited_stage',
  'resected',
]

/** Draw a person who has what the trial asks; null when the labels name no cancer to have. */
export function drawPerson(
  trial: GoldTrial,
  sameCancer: readonly GoldTrial[],
  point: Point,
  random: Random,
): Person | null {
  const codes = (trial.cancers ?? [])
    .flatMap(({ oncotree }) => oncotree ?? [])
    .filter((code) => !code.startsWith('ANY'))
  if (!trial.oncology || codes.length === 0) return null
  const words = trial.stages?.any_of ?? []
  const stages = STAGES.filter((stage) => words.includes(stage))
  const { min = 0, max = null } = trial.priorSystemicLines ?? {}
  const [youngest, oldest] = [Math.max(trial.minAgeYears ?? 0, 0), Math.min(trial.maxAgeYears ?? 85, 85)]
  return {
    fits: trial.nctId,
    cancer: random.pick(codes),
    panel: drawPanel(trial, sameCancer, random),
    stage: stages.length > 0 ? random.pick(stages) : null,
    setting: SETTINGS.filter((setting) => words.includes(setting)).slice(0, 1),
    priorLines: trial.priorSystemicLines ? (min ?? 0) + random.below(Math.min(2, (max ?? 9) - (min ?? 0) + 1)) : null,
    ecog: Math.min(random.below(2), trial.ecogMax ?? 1),
    age: Math.round(youngest + random.next() * (oldest - youngest)),
    sex: trial.sex === 'MALE' || trial.sex === 'FEMALE' ? trial.sex : random.pick(['FEMALE', 'MALE'] as const),
    point,
  }
}

/** One required group as it is asked; every other marker that trials of the same cancer speak of is absent. */
function drawPanel(trial: GoldTrial, sameCancer: readonly GoldTrial[], random: Random): BiomarkerAnswer[] {
  const groups = trial.biomarkers?.required ?? []
  const own = groups.length > 0 ? random.pick(groups) : []
  const told = new Map(own.map((atom) => [geneOf(atom.gene), answerOf(atom)]))
  for (const other of sameCancer) {
    for (const atom of [...(other.biomarkers?.required.flat() ?? []), ...(other.biomarkers?.excluded ?? [])]) {
      if (/^[A-Z0-9.-]{2,12}$/.test(atom.gene) && !atom.gene.startsWith('OTHER') && !told.has(geneOf(atom.gene)))
        told.set(geneOf(atom.gene), { gene: atom.gene, state: 'absent' })
    }
  }
  return [...told.values()]
}

/** Hormone receptors are told once, and so are microsatellites and mismatch repair. */
export const geneOf = (gene: string): string => (gene === 'HR' ? 'ER' : gene === 'MMR' ? 'MSI' : gene)

function answerOf({ gene, alteration, state, threshold }: GoldBiomarker): BiomarkerAnswer {
  const value = /(TPS|CPS|TC|IC)?\D*(\d+)/.exec(threshold ?? '')
  const measured = gene === 'CD274' && value ? { value: `${value[1] ?? 'TPS'} ${Math.max(80, Number(value[2]))}%` } : {}
  return { gene, alteration: alteration.replace(/^other:/, ''), state, ...measured }
}

/** The question that this person's file makes, with all of the panel or a part. */
export function questionOf(person: Person, panel: readonly BiomarkerAnswer[]): Question {
  const { cancer, stage, setting, priorLines, ecog, age, sex } = person
  return {
    cancer,
    biomarkers: [...panel],
    ...(stage !== null && { stage }),
    ...(setting.length > 0 && { setting }),
    ...(priorLines !== null && { priorLines }),
    ecog,
    age,
    sex,
    brainMetastases: 'none',
    size: 100,
  }
}
