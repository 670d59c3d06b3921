import { describe, expect, test } from 'vitest'
import { excluding, including, readKind } from './input.ts'

const asked = (input: ReturnType<typeof including>) => readKind(input, 'measurable_disease').length > 0

describe('measurable disease', () => {
  test.each([
    'Measurable disease per RECIST 1.1',
    'At least one lesion that can be accurately measured',
    'At least 1 target lesion',
    'Au moins une lésion cible',
  ])('asked: %s', (sentence) => {
    expect(asked(including(sentence))).toBe(true)
  })

  test.each([
    'Measurable or evaluable disease',
    'Patients with or without measurable disease',
    'Patients with measurable disease must have a scan within 28 days',
    'If patients have measurable disease, a scan within 28 days',
    'Measurable residual disease in remission',
    'Measurable disease is not required',
  ])('not asked: %s', (sentence) => {
    expect(asked(including(sentence))).toBe(false)
  })

  test('ruled out without it', () => {
    expect(asked(excluding('No measurable disease'))).toBe(true)
  })

  test('not of everyone where some may have disease that is only evaluable', () => {
    const parts = 'In the first part, evaluable or measurable disease\n* In the second part, measurable disease'
    expect(asked(including(parts))).toBe(false)
  })
})
