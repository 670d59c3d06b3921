import { expect, test } from 'vitest'
import { OPENNESS } from '../../domain/status.ts'
import { normaliseStudy } from '../../ingest/ctgov/normalise.ts'
import { normaliseCtisTrial } from '../../ingest/ctis/normalise.ts'
import { CTGOV_FIXTURES, CTIS_FIXTURES, readAll } from './fixtures/files.ts'

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

const trials = (await readAll([CTIS_FIXTURES])).map((payload) => {
  const { ctNumber } = payload as { ctNumber: string }
  return normaliseCtisTrial({ registryId: ctNumber, payload }, { readCriteria: () => [] })
})

test('every invented trial of CTIS is marked as one, and numbered where no registry is', () => {
  for (const { registryId, sponsor, identifiers } of trials) {
    expect(registryId).toMatch(/^20\d{2}-59\d{4}-\d{2}-\d{2}$/)
    expect(sponsor?.name).toMatch(/^Invented Sponsor/)
    for (const { kind, value } of identifiers) if (kind === 'nct') expect(value).toMatch(/^NCT9000/)
  }
})

test('they show every stage of a trial in France, twins, and a resubmission', () => {
  expect(new Set(trials.map(({ franceStatus }) => franceStatus))).toEqual(
    new Set(['RECRUITING', 'NOT_YET_RECRUITING', 'ACTIVE_NOT_RECRUITING', 'TERMINATED', 'WITHDRAWN']),
  )
  const numbers = new Set(records.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)))
  const twins = trials.filter(({ identifiers }) => identifiers.some(({ value }) => numbers.has(value)))
  expect(twins).toHaveLength(7)
  const french = trials.filter(({ eligibilityCriteriaFr }) => eligibilityCriteriaFr !== null)
  expect(french.map(({ registryId }) => registryId)).toEqual(['2024-590001-11-00', '2025-590101-18-00'])
  expect(trials.at(-1)).toMatchObject({ registryId: '2024-590107-84-01', sites: [{ city: 'Lyon Cedex 04' }] })
  expect(trials.at(-1)?.eligibilityCriteria).toContain('2. Proteinuria > 1 g/g and stable')
})
