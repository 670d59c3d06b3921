import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'
import { excluding, including, readKind, trial } from './input.ts'

const brain = (input: ReturnType<typeof including>) => readKind(input, 'brain_metastases').map(({ value }) => value)

describe('brain metastases', () => {
  test.each([
    ['Brain metastases', 'excluded'],
    ['Known central nervous system involvement', 'excluded'],
    ['History of, or current, brain metastases', 'excluded'],
    ['Métastases cérébrales', 'excluded'],
    ['Active or untreated brain metastases', 'allowed_if_treated_or_stable'],
    ['Symptomatic CNS metastases', 'allowed_if_treated_or_stable'],
    ['Brain metastases unless treated and stable for 4 weeks', 'allowed_if_treated_or_stable'],
    [
      'Known brain metastases. Patients with treated, stable metastases may be enrolled.',
      'allowed_if_treated_or_stable',
    ],
    ['Métastases cérébrales symptomatiques ou non traitées', 'allowed_if_treated_or_stable'],
    ['Métastases du système nerveux central actives', 'allowed_if_treated_or_stable'],
  ])('excluded: %s', (sentence, expected) => {
    expect(brain(excluding(sentence))).toEqual([expected])
  })

  test.each([
    ['No brain metastases', 'excluded'],
    ['Patients with treated and stable brain metastases are eligible', 'allowed_if_treated_or_stable'],
    ['Participants with brain metastases are eligible, including those with untreated brain metastases', 'allowed'],
    ['Absence de métastases cérébrales', 'excluded'],
  ])('included: %s', (sentence, expected) => {
    expect(brain(including(sentence))).toEqual([expected])
  })

  test.each(['Known primary CNS lymphoma', 'Severe central nervous system disorder', 'Leptomeningeal carcinomatosis'])(
    'not spread to the brain: %s',
    (sentence) => {
      expect(brain(excluding(sentence)).filter((value) => value !== 'excluded')).toEqual([])
    },
  )
})

const names = (input: ReturnType<typeof including>) =>
  readCriteria(input)
    .filter(({ kind }) => ['pregnancy', 'autoimmune', 'ild', 'second_malignancy', 'infection'].includes(kind))
    .map(
      (criterion) =>
        `${criterion.kind === 'infection' ? criterion.agent : criterion.kind} ${'polarity' in criterion ? criterion.polarity : ''}`,
    )

describe('conditions that keep out', () => {
  test.each([
    ['Pregnant or breast-feeding women', ['pregnancy excluded']],
    ['Femme enceinte ou allaitante', ['pregnancy excluded']],
    ['Active autoimmune disease in the past two years', ['autoimmune excluded']],
    ['Maladie auto-immune active', ['autoimmune excluded']],
    ['History of interstitial lung disease', ['ild excluded']],
    ['Antécédent de pneumopathie interstitielle', ['ild excluded']],
    ['Other malignancy within 3 years', ['second_malignancy excluded']],
    ['Antécédent de cancer autre que celui étudié', ['second_malignancy excluded']],
    ['Known HIV infection', ['HIV excluded']],
    ['Infection par le VIH, VHB ou VHC', ['HIV excluded', 'HBV excluded', 'HCV excluded']],
    ['Active hepatitis B or C', ['HBV excluded', 'HCV excluded']],
    ['Raised creatinine unless minor / HIV positive', ['HIV excluded']],
  ])('%s', (sentence, expected) => {
    expect(names(excluding(sentence))).toEqual(expected)
  })

  test.each([
    ['Negative pregnancy test', ['pregnancy excluded']],
    ['Women must not be pregnant', ['pregnancy excluded']],
    ['No active hepatitis B', ['HBV excluded']],
    ['A woman who is not pregnant is eligible if she uses contraception', ['pregnancy excluded']],
    ['Patients with well-controlled HIV are eligible', []],
    ['Women of childbearing potential use contraception', []],
  ])('included: %s', (sentence, expected) => {
    expect(names(including(sentence))).toEqual(expected)
  })

  test('outside oncology the general conditions are read, cancers and their terms are not', () => {
    const input = trial(
      'Inclusion Criteria:\n\n* Relapsing multiple sclerosis\n\nExclusion Criteria:\n\n* Pregnancy\n* Prior chemotherapy\n',
      {
        briefTitle: 'Invented trial in multiple sclerosis',
        conditions: ['Multiple Sclerosis'],
        minimumAgeYears: 18,
        sex: 'ALL',
      },
    )
    expect(readCriteria(input).map(({ kind }) => kind)).toEqual(['age', 'pregnancy'])
  })
})
