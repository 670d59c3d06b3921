import { expect, test } from 'vitest'
import { daysBetween, lastDay, parsePartialDate } from '../../domain/partial-date.ts'

test.each<[string, string | null, string | null, string | null]>([
  ['2024-05-31', '2024-05-31', 'day', '2024-05-31'],
  ['2024-02', '2024-02-01', 'month', '2024-02-29'],
  ['2024', '2024-01-01', 'year', '2024-12-31'],
  [' 2024-05 ', '2024-05-01', 'month', '2024-05-31'],
  ['2024-10-25T18:25:35.308', '2024-10-25', 'day', '2024-10-25'],
  ['2024-02-30', null, null, null],
  ['2024-13', null, null, null],
  ['October 2024', null, null, null],
  ['', null, null, null],
])('%s', (text, date, precision, last) => {
  const parsed = parsePartialDate(text)
  expect(parsed && { date: parsed.date, precision: parsed.precision, last: lastDay(parsed) }).toEqual(
    date && { date, precision, last },
  )
})

test('days between dates do not see daylight saving', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-11-21', '2026-11-12')).toBe(-9)
})
