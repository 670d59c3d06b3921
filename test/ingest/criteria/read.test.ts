import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'

const input = (eligibilityCriteria: string) => ({
  briefTitle: 'Invented trial',
  officialTitle: null,
  conditions: [],
  keywords: [],
  eligibilityCriteria,
  minimumAgeYears: null,
  maximumAgeYears: null,
  sex: null,
})

describe('readCriteria', () => {
  test('quotes the stored text, escapes included', () => {
    const text =
      'Inclusion Criteria:\n\n* Age \\>= 18 years\n* ECOG PS \\<= 1\n\nExclusion Criteria:\n\n* Pregnant women\n'
    for (const criterion of readCriteria(input(text))) {
      expect(text.slice(criterion.start ?? 0, criterion.end ?? 0)).toBe(criterion.quote)
    }
    expect(readCriteria(input(text)).map(({ kind }) => kind)).toEqual(['performance', 'age', 'pregnancy'])
  })
})
