import { describe, expect, test } from 'vitest'
import { excluding, including, readKind, trial } from './input.ts'

const lines = (input: ReturnType<typeof including>) => readKind(input, 'prior_lines').map(({ min, max }) => [min, max])

describe('prior lines', () => {
  test.each([
    ['At least two prior lines of therapy', 2, null],
    ['1 to 3 prior lines of anti-myeloma therapy', 1, 3],
    ['No more than 2 prior systemic regimens', 0, 2],
    ['Received exactly one prior line of systemic therapy for metastatic disease', 1, 1],
    ['≥ 3 prior lines of treatment', 3, null],
    ['At least 2 but no more than 5 previous systemic regimens', 2, 5],
    ['No prior systemic therapy for metastatic disease', 0, 0],
    ['Previously untreated metastatic lung cancer', 0, 0],
    ['Treatment-naive advanced melanoma', 0, 0],
    ['Progression after a platinum-based chemotherapy', 1, null],
    ['Au moins une ligne de traitement systémique', 1, null],
    ['Au maximum deux lignes de chimiothérapie', 0, 2],
    ['Patient non traité pour sa maladie métastatique', 0, 0],
  ])('included: %s', (sentence, min, max) => {
    expect(lines(including(sentence))).toEqual([[min, max]])
  })

  test.each([
    ['More than 2 prior lines of chemotherapy', 0, 2],
    ['Prior systemic therapy for advanced or metastatic disease', 0, 0],
    ['Any prior systemic anti-cancer therapy for metastatic cancer', 0, 0],
  ])('excluded: %s', (sentence, min, max) => {
    expect(lines(excluding(sentence))).toEqual([[min, max]])
  })

  test.each([
    'Systemic anti-cancer therapy within 4 weeks before the first dose',
    'Prior systemic corticosteroids for metastatic disease',
    'Adverse events of prior systemic therapy that have not recovered',
  ])('says nothing of lines: %s', (sentence) => {
    expect(lines(excluding(sentence))).toEqual([])
  })

  test('a first-line title means none before', () => {
    const input = trial('Inclusion Criteria:\n\n* Lung cancer\n', {
      briefTitle: 'A drug as first-line treatment of lung cancer',
    })
    expect(lines(input)).toEqual([[0, 0]])
  })

  test('cohorts are alternatives', () => {
    const text =
      'Inclusion Criteria:\n\n* Cohort A: at least 1 prior line of therapy\n* Cohort B: at least 3 prior lines of therapy\n'
    expect(lines(trial(text))).toEqual([[1, null]])
  })
})
