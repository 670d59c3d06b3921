import { describe, expect, test } from 'vitest'
import { excluding, including, readKind } from './input.ts'

const scale = (input: ReturnType<typeof including>) =>
  readKind(input, 'performance').map(({ scale, min, max }) => `${scale} ${min ?? ''}..${max ?? ''}`)

describe('performance status', () => {
  test.each([
    ['ECOG performance status of 0 or 1', 'ECOG ..1'],
    ['ECOG PS 0-2 at screening.', 'ECOG ..2'],
    ['Eastern Cooperative Oncology Group (ECOG) performance status (PS) score of 0, 1 or 2.', 'ECOG ..2'],
    ['WHO performance status less than or equal to 2', 'ECOG ..2'],
    ['Performance status (ECOG) ≤ 1', 'ECOG ..1'],
    ['ECOG < 3', 'ECOG ..2'],
    ['ECOG PS \\<= 1', 'ECOG ..1'],
    ['ECOG performance status of 2 or better', 'ECOG ..2'],
    ['Zubrod performance status 0-1', 'ECOG ..1'],
    ['General condition ≤ 1 (ECOG)', 'ECOG ..1'],
    ['Indice de performance OMS 0 ou 1', 'ECOG ..1'],
    ['Indice de performance (OMS) inférieur ou égal à 2', 'ECOG ..2'],
    ['État général OMS ≤ 2', 'ECOG ..2'],
    ['OMS 0-1', 'ECOG ..1'],
    ['ECOG score 0~1', 'ECOG ..1'],
    ['ECOG PS of 0～2', 'ECOG ..2'],
    ['ECOG performance status less than or equal to two', 'ECOG ..2'],
    ['ECOG PS zero or one', 'ECOG ..1'],
    ['ECOG performance status (Somebody et al., 1999) of 0 to 1', 'ECOG ..1'],
    ['ECOG physical state of 0-2', 'ECOG ..2'],
    ['0-2 in the ECOG score', 'ECOG ..2'],
    ['ECOG < or = 2', 'ECOG ..2'],
    ['ECOG functional status 0-2', 'ECOG ..2'],
    ['ECOG better than 2', 'ECOG ..1'],
    ['ECOG score standard: 0-2', 'ECOG ..2'],
    ['A status corresponding to ECOG scores of 0, 1, 2 or 3', 'ECOG ..3'],
    ['The ECOG score within 7 days before the first dose was 0 or 1', 'ECOG ..1'],
    ['ECOG of: 0 - 1 (escalation cohorts) or 0 - 2 (expansion cohorts)', 'ECOG ..2'],
    ['ECOG 0-1 (within 28 days) or 3 (at most) weeks of rest', 'ECOG ..1'],
    ['PS: 0-1', 'ECOG ..1'],
    ['PERFORMANCE STATUS: CALGB 0-2', 'ECOG ..2'],
    ['Karnofsky at or above 60', 'Karnofsky 60..'],
    ['Karnofsky equal to or greater than 70', 'Karnofsky 70..'],
    ['Karnofsky performance score ≥ 70 %', 'Karnofsky 70..'],
    ['Karnofsky index > 60', 'Karnofsky 70..'],
    ['KPS of at least 60', 'Karnofsky 60..'],
    ['Indice de Karnofsky supérieur ou égal à 70', 'Karnofsky 70..'],
    ['Lansky play score of 50 or more', 'Lansky 50..'],
    ['At least 50 percent (%) on the Karnofsky scale', 'Karnofsky 50..'],
  ])('included: %s', (sentence, expected) => {
    expect(scale(including(sentence))).toEqual([expected])
  })

  test.each([
    ['ECOG performance status ≥ 2', 'ECOG ..1'],
    ['ECOG performance status greater than 2', 'ECOG ..2'],
    ['ECOG performance status of 3 or higher', 'ECOG ..2'],
    ['Karnofsky index < 70', 'Karnofsky 70..'],
  ])('excluded: %s', (sentence, expected) => {
    expect(scale(excluding(sentence))).toEqual([expected])
  })

  test('Karnofsky and Lansky by age share a bound', () => {
    const sentence =
      'Karnofsky (for patients > 16 years of age) or Lansky score (for patients ≤ 16 years of age) of at least 60'
    expect(scale(including(sentence))).toEqual(['Karnofsky 60..', 'Lansky 60..'])
    expect(scale(including('Karnofsky of at least 50 (or ECOG 0 to 2)'))).toEqual(['ECOG ..2', 'Karnofsky 50..'])
  })

  test.each(['GOG 0-2', 'SWOG 0, 1 or 2', 'WHO 0-2'])('a group under its heading: %s', (line) => {
    const under = (heading: string) => ({
      ...including(''),
      eligibilityCriteria: `Inclusion Criteria:\n\n* ${heading}:\n  * ${line}\n`,
    })
    expect(scale(under('Performance status'))).toEqual(['ECOG ..2'])
    expect(scale(under('Classification'))).toEqual([])
  })

  test('a list is no grade', () => {
    expect(scale(including('ECOG performance status: one of the following'))).toEqual([])
  })

  test('a classification of the World Health Organization is no performance status', () => {
    expect(scale(including('Acute leukaemia by the WHO 2016 classification, grade 3'))).toEqual([])
  })

  test('a grade of one alternative is no least grade of all', () => {
    const text = '* One of the following:\n  * Child-Pugh B and ECOG 0-1\n  * Child-Pugh A and an ECOG PS of 2\n'
    expect(scale({ ...including(''), eligibilityCriteria: `Inclusion Criteria:\n\n${text}` })).toEqual(['ECOG ..2'])
  })

  test('of several cohorts the widest bound holds', () => {
    const text = 'Cohort A:\n\n* ECOG 0-1\n\nCohort B:\n\n* ECOG 0-2\n'
    expect(scale({ ...including(''), eligibilityCriteria: `Inclusion Criteria:\n\n${text}` })).toEqual(['ECOG ..2'])
  })
})
