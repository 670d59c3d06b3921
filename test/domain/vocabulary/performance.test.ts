import { describe, expect, it } from 'vitest'
import { ecogSatisfies } from '../../../domain/vocabulary/performance.ts'

describe('performance scales', () => {
  it.each([
    [0, 90, 100],
    [1, 70, 80],
    [2, 50, 60],
    [3, 30, 40],
    [4, 10, 20],
  ])('ECOG %s is Karnofsky %s to %s', (grade, min, max) => {
    const scale = 'Karnofsky'
    expect(ecogSatisfies(grade, { scale, min, max })).toBe(true)
    expect(ecogSatisfies(grade, { scale, min: max, max: null })).toBeNull()
    expect(ecogSatisfies(grade, { scale, min: max + 10, max: null })).toBe(false)
    expect(ecogSatisfies(grade, { scale, min: null, max: min - 10 })).toBe(false)
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
