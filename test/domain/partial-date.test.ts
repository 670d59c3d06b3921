import { expect, test } from 'vitest'
import { parsePartialDate } from '../../domain/partial-date.ts'

test.each<[string, string | null, string | null]>([
  ['2024-05-31', '2024-05-31', 'day'],
  ['2024-02', '2024-02-01', 'month'],
  ['2024', '2024-01-01', 'year'],
  [' 2024-05 ', '2024-05-01', 'month'],
  ['2024-10-25T18:25:35.308', '2024-10-25', 'day'],
  ['2024-02-30', null, null],
  ['2024-13', null, null],
  ['October 2024', null, null],
  ['', null, null],
])('%s', (text, date, precision) => {
  const parsed = parsePartialDate(text)
  expect(parsed && { date: parsed.date, precision: parsed.precision }).toEqual(date && { date, precision })
})
