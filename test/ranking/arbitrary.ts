import fc from 'fast-check'
import { BRAIN_METASTASES_RULES, type Criterion } from '../../domain/criterion.ts'
import { BRAIN_METASTASES_ANSWERS, type Question } from '../../domain/question.ts'
import { OVERALL_STATUSES, SITE_STATUSES } from '../../domain/status.ts'
import { PHASES, type Point, type Site, STUDY_TYPES, type Trial } from '../../domain/trial.ts'
import { criterion, site, trial } from './trials.ts'

/** Towns far and near, so that ties of distance happen and differ. */
const POINTS: Point[] = [
  { lat: 45.76, lon: 4.84 },
  { lat: 45.74, lon: 4.88 },
  { lat: 48.86, lon: 2.35 },
  { lat: 43.3, lon: 5.37 },
  { lat: 50.63, lon: 3.06 },
  { lat: -21.11, lon: 55.53 },
]
export const point = fc.constantFrom(...POINTS)

const date = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => new Date(Date.UTC(2026, 10, 25) - days * 86_400_000).toISOString().slice(0, 10))
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })

export const siteOf = (id: string): fc.Arbitrary<Site> =>
  fc
    .record({
      status: fc.constantFrom('RECRUITING', 'UNKNOWN', 'COMPLETED', ...SITE_STATUSES),
      point: fc.option(point, { freq: 8 }),
      statusDate: fc.option(date, { freq: 6 }),
      departement: fc.constantFrom('69', '75', '13', null),
    } as const)
    .map((part) => site({ id, ...part }))

const trust = fc.record({
  confidence: fc.constantFrom(1, 1, 1, 0.4),
  cohort: fc.constantFrom(null, null, null, 'cohort A'),
})
const polarity = fc.constantFrom('required', 'required', 'excluded')
const someOf = (...all: string[]) => fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 3 })

const CANCERS = ['ANY_SOLID', 'NSCLC', 'LUAD', 'LUSC', 'BRCA', 'IDC']
const STAGES = ['I', 'II', 'III', 'IIIB', 'IV', 'localised', 'locally_advanced', 'metastatic']
const SETTINGS = ['newly_diagnosed', 'relapsed', 'refractory', 'resected', 'unresectable']

const THERAPIES = ['nivolumab', 'anti-PD-1/PD-L1', 'immunotherapy', 'systemic therapy', 'osimertinib', 'splenectomy']
const marker = {
  gene: fc.constantFrom('EGFR', 'ERBB2', 'CD274', 'HR', 'ER', 'MSI', 'MMR'),
  alteration: fc.constantFrom(
    'mutation',
    'L858R',
    'exon20_insertion',
    'positive',
    'negative',
    'low',
    'high',
    'deficient',
  ),
  state: fc.constantFrom('present' as const, 'absent' as const),
}

/** Criteria of the kinds that questions touch. */
const anyCriterion: fc.Arbitrary<Criterion> = fc
  .tuple(
    trust,
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancer'), polarity, code: fc.constantFrom(...CANCERS) }) },
      fc.record({ kind: fc.constant('stage'), polarity, anyOf: someOf(...STAGES) }),
      fc.record({ kind: fc.constant('setting'), polarity, anyOf: someOf(...SETTINGS) }),
      fc.record({
        kind: fc.constant('prior_lines'),
        polarity: fc.constant('required'),
        min: fc.option(fc.integer({ min: 0, max: 3 })),
        max: fc.option(fc.integer({ min: 0, max: 4 })),
        setting: fc.constant(null),
      }),
      fc.record({
        kind: fc.constant('performance'),
        polarity: fc.constant('required'),
        scale: fc.constant('ECOG'),
        min: fc.constant(null),
        max: fc.integer({ min: 0, max: 3 }),
      }),
      fc.record({
        kind: fc.constant('performance'),
        polarity: fc.constant('required'),
        scale: fc.constantFrom('Karnofsky', 'Lansky'),
        min: fc.constantFrom(50, 70, 90),
        max: fc.constant(null),
      }),
      {
        weight: 4,
        arbitrary: fc.record(
          {
            kind: fc.constant('biomarker'),
            polarity,
            group: fc.constantFrom(0, 0, 1, null),
            ...marker,
            threshold: fc.constantFrom(null, null, 'TPS>=50%'),
            ofCancers: fc.constantFrom(['NSCLC'], ['BRCA'], ['LUAD', 'BRCA']),
          },
          { requiredKeys: ['kind', 'polarity', 'group', 'gene', 'alteration', 'state', 'threshold'] },
        ),
      },
      fc.record({ kind: fc.constant('prior_therapy'), polarity, therapy: fc.constantFrom(...THERAPIES) }),
      fc.record({ kind: fc.constant('brain_metastases'), polarity, value: fc.constantFrom(...BRAIN_METASTASES_RULES) }),
    ),
  )
  .map(([evidence, said]) => criterion({ ...said, ...evidence } as Parameters<typeof criterion>[0]))

export const trialOf = (id: string): fc.Arbitrary<Trial> =>
  fc
    .record({
      sites: fc
        .nat({ max: 4 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => siteOf(`${id}-${n}`)))),
      overallStatus: fc.constantFrom('RECRUITING', 'RECRUITING', ...OVERALL_STATUSES),
      franceStatus: fc.option(fc.constantFrom(...SITE_STATUSES), { freq: 1 }),
      lastUpdateDate: fc.option(date, { freq: 5 }),
      phases: fc.uniqueArray(fc.constantFrom(...PHASES), { maxLength: 2 }),
      studyType: fc.option(fc.constantFrom(...STUDY_TYPES), { freq: 5 }),
      minimumAgeYears: fc.option(fc.constantFrom(0, 12, 18)),
      maximumAgeYears: fc.option(fc.constantFrom(17, 65, 75)),
      sex: fc.constantFrom('ALL', 'ALL', 'FEMALE', 'MALE', null),
      criteria: fc.array(anyCriterion, { maxLength: 6 }),
    } as const)
    .map((part) => trial({ id, ...part }))

export const trials: fc.Arbitrary<Trial[]> = fc
  .integer({ min: 0, max: 14 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => trialOf(`trial-${n}`))))

export const question: fc.Arbitrary<Question> = fc
  .record({
    cancer: sometimes(fc.constantFrom('ANY', ...CANCERS)),
    stage: sometimes(fc.constantFrom(...STAGES)),
    setting: sometimes(someOf(...SETTINGS)),
    biomarkers: sometimes(
      fc.array(
        fc.record({ ...marker, value: fc.constantFrom('TPS 60%', 'TPS 1%') }, { requiredKeys: ['gene', 'state'] }),
        { maxLength: 35, size: 'small' },
      ),
    ),
    priorTherapies: sometimes(fc.uniqueArray(fc.constantFrom(...THERAPIES), { maxLength: 3 })),
    priorLines: sometimes(fc.integer({ min: 0, max: 4 })),
    ecog: sometimes(fc.integer({ min: 0, max: 4 })),
    age: sometimes(fc.constantFrom(9, 17, 18, 64, 80)),
    sex: sometimes(fc.constantFrom('FEMALE' as const, 'MALE' as const)),
    brainMetastases: sometimes(fc.constantFrom(...BRAIN_METASTASES_ANSWERS)),
    radiusKm: fc.option(fc.constantFrom(5, 100, 500), { nil: undefined, freq: 1 }),
    phases: fc.option(fc.uniqueArray(fc.constantFrom(...PHASES), { maxLength: 2 }), { nil: undefined, freq: 1 }),
    studyTypes: fc.option(fc.uniqueArray(fc.constantFrom(...STUDY_TYPES), { maxLength: 2 }), {
      nil: undefined,
      freq: 1,
    }),
    openOnly: sometimes(fc.boolean()),
    include: sometimes(fc.constant(['contradicted' as const])),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
