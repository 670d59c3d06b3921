import { describe, expect, it } from 'vitest'
import { ecogOfKarnofsky, ecogSatisfies, karnofskyOfEcog } from '../../../domain/vocabulary/performance.ts'

describe('performance scales', () => {
  it.each([
    [100, 0],
    [90, 0],
    [85, 1],
    [70, 1],
    [60, 2],
    [40, 3],
    [10, 4],
    [0, null],
    [110, null],
    [Number.NaN, null],
  ])('Karnofsky %s is ECOG %s', (score, grade) => {
    expect(ecogOfKarnofsky(score)).toBe(grade)
  })

  it('takes the bounds of a grade back to the grade', () => {
    for (const grade of [0, 1, 2, 3, 4]) {
      expect(ecogOfKarnofsky(karnofskyOfEcog(grade)?.min ?? 0)).toBe(grade)
      expect(ecogOfKarnofsky(karnofskyOfEcog(grade)?.max ?? 0)).toBe(grade)
    }
    expect(karnofskyOfEcog(5)).toBeNull()
  })

  it.each([
    [1, { scale: 'ECOG', min: null, max: 1 }, true],
    [2, { scale: 'ECOG', min: null, max: 1 }, false],
    [2, { scale: 'ECOG', min: 2, max: 2 }, true],
    [1, { scale: 'Karnofsky', min: 70, max: null }, true],
    [1, { scale: 'Karnofsky', min: 80, max: null }, null],
    [2, { scale: 'Karnofsky', min: 70, max: null }, false],
    [2, { scale: 'Lansky', min: 50, max: null }, true],
    [7, { scale: 'Karnofsky', min: 50, max: null }, null],
  ] as const)('ECOG %s against %j: %s', (grade, bound, expected) => {
    expect(ecogSatisfies(grade, bound)).toBe(expected)
  })
})
