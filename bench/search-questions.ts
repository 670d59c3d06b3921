import type { Place } from '../domain/places/place.ts'
import type { BiomarkerAnswer, Question } from '../domain/question.ts'
import type { Point, Trial } from '../domain/trial.ts'
import { createRandom, type Random } from './random.ts'

export interface Asked {
  question: Question
  point: Point | null
}

/**
 * Questions as people ask them, drawn from what the trials are about: seven in ten name a cancer and most of a person's
 * file, one in ten the cancer alone, one in ten another disease, one in ten nothing but a place.
 */
export function drawQuestions(trials: readonly Trial[], towns: readonly Place[], count: number, seed = 7): Asked[] {
  const random = createRandom(seed)
  const oncology = trials.filter(({ criteria }) => criteria.some(({ kind }) => kind === 'cancer'))
  const others = trials.filter(
    ({ criteria, conditions }) => !criteria.some(({ kind }) => kind === 'cancer') && conditions[0],
  )
  return Array.from({ length: count }, () => {
    const { point } = random.pick(towns)
    const kind = random.next()
    if (kind < 0.7) return { question: wholeFile(random.pick(oncology), random), point }
    if (kind < 0.8) return { question: { cancer: cancerOf(random.pick(oncology), random) }, point }
    if (kind < 0.9) return { question: { condition: random.pick(others).conditions[0] ?? '', age: 45 }, point }
    return { question: {}, point }
  })
}

function wholeFile(trial: Trial, random: Random): Question {
  const markers = trial.criteria.flatMap((one): BiomarkerAnswer[] =>
    one.kind === 'biomarker' ? [{ gene: one.gene, alteration: one.alteration, state: one.state }] : [],
  )
  return {
    cancer: cancerOf(trial, random),
    biomarkers: [...markers.slice(0, 3), { gene: 'ALK', state: 'absent' }, { gene: 'EGFR', state: 'absent' }],
    stage: random.pick(['II', 'III', 'IV', 'metastatic']),
    priorLines: random.below(3),
    ecog: random.below(2),
    age: 40 + random.below(40),
    sex: random.pick(['FEMALE', 'MALE'] as const),
    brainMetastases: 'none',
  }
}

function cancerOf({ criteria }: Trial, random: Random): string {
  const codes = criteria.flatMap((one) => (one.kind === 'cancer' && one.polarity === 'required' ? [one.code] : []))
  return codes.length > 0 ? random.pick(codes) : 'ANY'
}
