import { describe, expect, test } from 'vitest'
import type { Criterion } from '../../../domain/criterion.ts'
import { criterionPhrase, describeCriterion } from '../../../domain/vocabulary/describe.ts'

const evidence = {
  quote: 'q',
  section: 'inclusion',
  start: 0,
  end: 1,
  rule: 'test',
  confidence: 1,
  cohort: null,
} as const
const required = { polarity: 'required', ...evidence } as const
const excluded = { polarity: 'excluded', ...evidence } as const
const marker = { kind: 'biomarker', group: 0, threshold: null } as const

const CASES: [Criterion, fr: string, en: string][] = [
  [{ kind: 'cancer', code: 'BRCA', ...required }, 'Cancer du sein', 'Breast cancer'],
  [{ kind: 'cancer', code: 'NEW', ...required }, 'NEW', 'NEW'],
  [{ kind: 'stage', anyOf: ['IIIB', 'IV'], ...required }, 'Stade IIIB ou Stade IV', 'Stage IIIB or Stage IV'],
  [
    { ...marker, gene: 'ERBB2', alteration: 'amplification', state: 'present', ...required },
    'HER2 : amplification',
    'HER2: amplification',
  ],
  [
    { ...marker, gene: 'ERBB2', alteration: 'amplification', state: 'absent', ...required },
    'HER2 : pas d’amplification',
    'HER2: no amplification',
  ],
  [{ ...marker, gene: 'ERBB2', alteration: 'V777L', state: 'present', ...excluded }, 'HER2 : V777L', 'HER2: V777L'],
  [
    { ...marker, gene: 'CD274', alteration: 'expression', state: 'present', ...required, threshold: 'TPS ≥ 50 %' },
    'PD-L1 : expression (TPS ≥ 50 %)',
    'PD-L1: expression (TPS ≥ 50 %)',
  ],
  [
    { kind: 'prior_lines', min: 1, max: 2, setting: null, ...required },
    'lignes de traitement déjà reçues : de 1 à 2',
    'treatment lines already received: 1 to 2',
  ],
  [
    { kind: 'prior_lines', min: null, max: 0, setting: null, ...required },
    'lignes de traitement déjà reçues : au plus 0',
    'treatment lines already received: at most 0',
  ],
  [
    { kind: 'prior_therapy', therapy: 'nivolumab', ...excluded },
    'traitement antérieur : nivolumab',
    'earlier treatment: nivolumab',
  ],
  [
    { kind: 'performance', scale: 'ECOG', min: 0, max: 1, ...required },
    'forme générale, score ECOG : de 0 à 1',
    'general condition, ECOG score: 0 to 1',
  ],
  [
    { kind: 'age', minYears: 18, maxYears: null, ...required },
    'âge en années : au moins 18',
    'age in years: at least 18',
  ],
  [{ kind: 'age', minYears: 0.5, maxYears: 17, ...required }, 'âge en années : de 0,5 à 17', 'age in years: 0.5 to 17'],
  [{ kind: 'sex', value: 'FEMALE', ...required }, 'femmes', 'female'],
  [{ kind: 'infection', agent: 'HIV', ...excluded }, 'infection par le VIH', 'HIV infection'],
  [{ kind: 'transplant', procedure: 'car_t', ...excluded }, 'traitement par cellules CAR-T', 'CAR-T cell therapy'],
  [{ kind: 'pregnancy', ...excluded }, 'grossesse ou allaitement', 'pregnancy or breast-feeding'],
]

describe('criterionPhrase', () => {
  test.each(CASES)('%j', (criterion, fr, en) => {
    expect(criterionPhrase(criterion, 'fr')).toBe(fr)
    expect(criterionPhrase(criterion, 'en')).toBe(en)
  })
})

test('describeCriterion says whether it lets in or keeps out, and for which cohort', () => {
  const criterion: Criterion = { kind: 'infection', agent: 'HBV', ...excluded, cohort: 'B' }
  expect(describeCriterion(criterion, 'fr')).toBe('Exclu : hépatite B (cohorte B)')
  expect(describeCriterion({ ...criterion, ...required, cohort: null }, 'en')).toBe('Required: hepatitis B')
})
