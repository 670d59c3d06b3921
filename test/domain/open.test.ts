import { expect, test } from 'vitest'
import { mayRecruit } from '../../domain/open.ts'
import type { OverallStatus, SiteStatus } from '../../domain/status.ts'

test.each<[OverallStatus, SiteStatus | null, SiteStatus[], boolean]>([
  ['RECRUITING', null, ['RECRUITING'], true],
  ['RECRUITING', null, ['COMPLETED', 'NOT_YET_RECRUITING'], true],
  ['RECRUITING', null, ['UNKNOWN'], true],
  ['UNKNOWN', null, ['ENROLLING_BY_INVITATION'], true],
  ['RECRUITING', null, ['COMPLETED', 'WITHDRAWN'], false],
  ['RECRUITING', null, [], false],
  ['COMPLETED', null, ['RECRUITING'], false],
  ['RECRUITING', 'COMPLETED', ['RECRUITING'], false],
  ['RECRUITING', 'RECRUITING', [], true],
  ['UNKNOWN', 'UNKNOWN', [], true],
  ['RECRUITING', 'RECRUITING', ['TERMINATED'], false],
])('a study %s, in France %s, with sites %j: %s', (overallStatus, franceStatus, statuses, expected) => {
  const sites = statuses.map((status) => ({ status }))
  expect(mayRecruit({ overallStatus, franceStatus, sites })).toBe(expected)
})
