import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'
import { excluding, including, trial } from './input.ts'

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
    ['Nursing mothers', ['pregnancy excluded']],
    ['Multiple primary cancers', ['second_malignancy excluded']],
    ['Active autoimmune disease in the past two years', ['autoimmune excluded']],
    ['Maladie auto-immune active', ['autoimmune excluded']],
    ['History of interstitial lung disease', ['ild excluded']],
    ['Antécédent de pneumopathie interstitielle', ['ild excluded']],
    ['Other malignancy within 3 years', ['second_malignancy excluded']],
    ['Antécédent de cancer autre que celui étudié', ['second_malignancy excluded']],
    ['Known HIV infection', ['HIV excluded']],
    ['Infection par le VIH, VHB ou VHC', ['HIV excluded', 'HBV excluded', 'HCV excluded']],
    ['Active hepatitis B or C', ['HBV excluded', 'HCV excluded']],
    ['Infections, such as tuberculosis or hepatitis A/B/C', ['HBV excluded', 'HCV excluded']],
    ['Hepatitis type B or C', ['HBV excluded', 'HCV excluded']],
    ['Active hepatitis C. Patients who were cured are eligible.', ['HCV excluded']],
    ['Infection with HIV, with the following exception: those on treatment are eligible', ['HIV excluded']],
    ['Weak immunity (other than by steroids) including infection by HIV', ['HIV excluded']],
    ['Any autoimmune disease, such as autoimmune hepatitis', ['autoimmune excluded']],
    ['Autoimmune hepatitis', []],
    ['History of other types of cancer', ['second_malignancy excluded']],
    ['Raised creatinine unless minor / HIV positive', ['HIV excluded']],
  ])('%s', (sentence, expected) => {
    expect(names(excluding(sentence))).toEqual(expected)
  })

  test.each([
    ['Negative pregnancy test', ['pregnancy excluded']],
    ['Women must not be pregnant', ['pregnancy excluded']],
    ['A pregnancy test at screening and one on the day of the first dose must be negative', ['pregnancy excluded']],
    ['Women must have a negative serum hCG test', ['pregnancy excluded']],
    ['Raised hCG in the blood of germ cell tumours', []],
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
