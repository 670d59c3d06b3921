import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'
import { trial } from './input.ts'

describe('readCriteria', () => {
  test('quotes the stored text, escapes included', () => {
    const text =
      'Inclusion Criteria:\n\n* Age \\>= 18 years\n* ECOG PS \\<= 1\n\nExclusion Criteria:\n\n* Pregnant women\n'
    const input = trial(text, { briefTitle: 'Invented trial', conditions: [] })
    for (const criterion of readCriteria(input)) {
      expect(text.slice(criterion.start ?? 0, criterion.end ?? 0)).toBe(criterion.quote)
    }
    expect(readCriteria(input).map(({ kind }) => kind)).toEqual(['performance', 'age', 'pregnancy'])
  })
})
