import { describe, expect, test } from 'vitest'
import { excluding, including, readKind, trial } from './input.ts'

const transplants = (input: ReturnType<typeof including>) =>
  readKind(input, 'transplant').map(({ procedure, polarity }) => `${procedure} ${polarity}`)

describe('earlier transplant or CAR-T', () => {
  test.each([
    ['Prior allogeneic stem cell transplant', ['allogeneic excluded']],
    ['Previous treatment with CAR-T cells', ['car_t excluded']],
    ['Took part in a trial within one month, or have received CAR-T cell therapy', ['car_t excluded']],
  ])('ruled out: %s', (sentence, expected) => {
    expect(transplants(excluding(sentence))).toEqual(expected)
  })

  test.each([
    'Allogeneic stem cell transplant within 3 months',
    'Steroids before the CAR-T cell infusion',
    'Those with an infection, because CAR-T cells may harm them',
    'Pregnant women, because the effects of CAR-T cells on a fetus are unknown',
    'Candidates for an autologous stem cell transplant',
  ])('not ruled out: %s', (sentence) => {
    expect(transplants(excluding(sentence))).toEqual([])
  })

  test('asked for', () => {
    expect(transplants(including('Must have received an autologous stem cell transplant'))).toEqual([
      'autologous required',
    ])
  })

  test.each([
    'Must have received an autologous stem cell transplant, unless not eligible',
    'Prior autologous stem cell transplant is permitted',
  ])('not asked for: %s', (sentence) => {
    expect(transplants(including(sentence))).toEqual([])
  })

  test('one of several ways in', () => {
    const text = 'Inclusion Criteria:\n\n* Relapse after allogeneic stem cell transplant OR\n* Second relapse\n'
    expect(transplants(trial(text))).toEqual([])
  })
})
