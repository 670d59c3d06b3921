import { expect, test } from 'vitest'
import { OPENNESS } from '../../domain/status.ts'
import { normaliseStudy } from '../../ingest/ctgov/normalise.ts'
import { CTGOV_FIXTURES, readAll } from './fixtures/files.ts'

const records = (await readAll([CTGOV_FIXTURES])).map((payload) => {
  const { nctId } = (payload as { protocolSection: { identificationModule: { nctId: string } } }).protocolSection
    .identificationModule
  return normaliseStudy({ registryId: nctId, payload }, { readCriteria: () => [] })
})
const record = (number: number) => {
  const found = records.find(({ registryId }) => registryId === `NCT9${String(number).padStart(7, '0')}`)
  if (!found) throw new Error(`no invented study ${number}`)
  return found
}

test('every invented study is marked as one, and numbered where no registry is', () => {
  for (const { registryId, sponsor, overallStatus, identifiers } of records) {
    expect(registryId).toMatch(/^NCT9000\d{4}$/)
    if (overallStatus !== 'WITHHELD') expect(sponsor?.name).toMatch(/^Invented Sponsor/)
    for (const { kind, value } of identifiers) {
      expect(value).toMatch(
        { nct: /^NCT9000/, euct: /-59\d{4}-/, eudract: /-09\d{4}-/, utn: /-9000-/, isrctn: /^$/ }[kind],
      )
    }
  }
})

test('they cover France: open trials on the mainland, in Corsica and overseas', () => {
  const open = records.filter(({ overallStatus }) => OPENNESS[overallStatus] === 'open').flatMap(({ sites }) => sites)
  const countries = new Set(open.filter(({ status }) => OPENNESS[status] === 'open').map(({ country }) => country))
  expect([...countries].toSorted()).toEqual(['FR', 'GF', 'GP', 'MQ', 'NC', 'RE', 'YT'])
  expect(open.some(({ city }) => city === 'Ajaccio')).toBe(true)
  expect(open.length).toBeGreaterThan(200)
})

test('they show the odd shapes', () => {
  expect(record(38)).toMatchObject({ overallStatus: 'WITHHELD', sites: [], eligibilityCriteria: null })
  expect(record(36)).toMatchObject({ overallStatus: 'UNKNOWN', lastKnownStatus: 'RECRUITING' })
  expect(record(35)).toMatchObject({ startDate: null, phases: [], overallStatus: 'AVAILABLE' })
  expect(record(33)).toMatchObject({ minimumAgeYears: 0, maximumAgeYears: 0.0082 })
  expect(record(21)).toMatchObject({ minimumAgeYears: 1.5 })
  expect(record(21).eligibilityCriteria).toContain('* [GM-CSF] given only within the trial')
  expect(record(29).eligibilityCriteria).toContain('\n* Healthy men')
  expect(record(15).enrollmentCount).toBeNull()
  expect(record(16).aliases).toEqual(['NCT90000116'])
  expect(record(9).sites.filter(({ facility }) => facility === null)).toHaveLength(6)
  expect(record(39)).toMatchObject({ sites: [], oddities: [{ field: 'removedCountries', value: 'France' }] })
  expect(record(40).sites.map(({ status }) => status)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN'])
  expect(record(43).sites.length + record(43).foreignSiteCount).toBeGreaterThan(200)
  expect(record(10).identifiers).toContainEqual({ kind: 'euct', value: '2022-590010-40' })
})
