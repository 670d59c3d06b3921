import { expect, test } from 'vitest'
import { maintenanceUntil } from '../../../ingest/ctis/maintenance.ts'

test.each<[string, string, string | null]>([
  ['Tuesday evening in winter', '2026-11-24T17:00:00Z', '2026-11-24T20:00:00.000Z'],
  ['Tuesday evening in summer', '2026-07-21T16:00:00Z', '2026-07-21T19:00:00.000Z'],
  ['a second before', '2026-11-24T16:59:59Z', null],
  ['near the end', '2026-11-24T19:59:59.500Z', '2026-11-24T20:00:00.000Z'],
  ['at the end', '2026-11-24T20:00:00Z', null],
  ['Thursday evening', '2026-11-26T18:30:00Z', '2026-11-26T20:00:00.000Z'],
  ['Wednesday evening', '2026-11-25T18:30:00Z', null],
  ['first Saturday', '2026-12-05T09:00:00Z', '2026-12-05T13:00:00.000Z'],
  ['first Saturday, the seventh', '2026-11-07T12:59:00Z', '2026-11-07T13:00:00.000Z'],
  ['second Saturday', '2026-11-14T10:00:00Z', null],
])('%s', (_, now, until) => {
  expect(maintenanceUntil(new Date(now))?.toISOString() ?? null).toBe(until)
})
