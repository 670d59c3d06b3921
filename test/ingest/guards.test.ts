import { describe, expect, test } from 'vitest'
import {
  absenceAlarms,
  absenceRates,
  absentFields,
  checkDepartures,
  checkFields,
  checkLength,
  checkQuarantine,
  RunRefused,
} from '../../ingest/guards.ts'
import { ctisRecordWith, recordWith, siteWith } from './record-factory.ts'

const refuses = (check: () => void) => {
  try {
    check()
    return false
  } catch (error) {
    expect(error).toBeInstanceOf(RunRefused)
    return true
  }
}

test.each([
  [{ announced: 100, received: 100 }, null, false],
  [{ announced: 100, received: 101 }, null, false],
  [{ announced: 100, received: 99 }, null, true],
  [{ announced: null, received: 0 }, null, false],
  [{ announced: 0, received: 0 }, 10, false],
  [{ announced: 0, received: 0 }, 1000, true],
  [{ announced: 799, received: 799 }, 1000, true],
  [{ announced: 800, received: 800 }, 1000, false],
])('a sweep of %j after one of %s is refused: %s', (sweep, last, expected) => {
  expect(refuses(() => checkLength(sweep, last))).toBe(expected)
})

test.each([
  [0, 0, false],
  [3, 3, false],
  [4, 10, true],
  [20, 1000, false],
  [21, 1000, true],
])('%i of %i open records leaving is refused: %s', (leaving, open, expected) => {
  expect(refuses(() => checkDepartures(leaving, open))).toBe(expected)
})

test.each([
  [20, 20, false],
  [21, 21, true],
  [50, 1000, false],
  [51, 1000, true],
])('%i unusable records of %i are refused: %s', (quarantined, fetched, expected) => {
  expect(refuses(() => checkQuarantine(quarantined, fetched))).toBe(expected)
})

describe('fields that are missing', () => {
  const of = (records: number, sex: number) => ({ records, absent: { sex } })

  test.each([
    ['most of what comes in lacks what nearly all had', of(20, 10), of(200, 20), true],
    ['less than half lacks it', of(20, 9), of(200, 0), false],
    ['many lacked it before', of(20, 20), of(200, 21), false],
    ['too few came in to say', of(19, 19), of(200, 0), false],
    ['too few are held to say', of(20, 20), of(199, 0), false],
  ])('refused when %s: %j after %j: %s', (_, changed, held, expected) => {
    expect(refuses(() => checkFields(changed, held))).toBe(expected)
  })

  test('a rise of more than five points is an alarm', () => {
    expect(absenceRates({ records: 0, absent: {} })).toEqual({})
    const rates = absenceRates({ records: 200, absent: { sex: 30, phases: 100, sites: 21 } })
    expect(rates).toEqual({ sex: 0.15, phases: 0.5, sites: 0.105 })
    expect(absenceAlarms(rates, { sex: 0.1, phases: 0.44 })).toEqual([
      'phases is missing from 50 % of records, 44 % before',
      'sites is missing from 10.5 % of records, 0 % before',
    ])
    expect(absenceAlarms(rates, null)).toEqual([])
  })

  test('are named, each by what it means for a record', () => {
    const bare = recordWith({ overallStatus: 'UNKNOWN', conditions: [], phases: [], sponsor: null, sex: null })
    expect(absentFields(bare)).toEqual([
      'overallStatus',
      'conditions',
      'eligibilityCriteria',
      'phases',
      'sponsor',
      'sex',
      'startDate',
      'interventions',
      'sites',
      'siteStatus',
    ])
    const silent = siteWith({ status: 'UNKNOWN', city: null, postalCode: null })
    expect(absentFields(recordWith({ sites: [silent] }))).toEqual(expect.arrayContaining(['siteStatus', 'sitePlace']))
    expect(absentFields(recordWith({ overallStatus: 'COMPLETED', sites: [silent] }))).not.toContain('siteStatus')
    expect(absentFields(ctisRecordWith({ sites: [silent] }))).not.toContain('siteStatus')
  })
})
