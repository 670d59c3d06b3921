import type { Identifier } from '../../domain/identifiers.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { nct, recordOf } from '../contract/db/given.ts'
import { createFakeRegistry, type FakeRegistry } from '../ingest/fake-source.ts'
import { ctisRecordWith, siteWith } from '../ingest/record-factory.ts'

const CTGOV_RECORDS = 260
const CTIS_RECORDS = 150
/** The first so many CTIS records are the same studies as the ClinicalTrials.gov records of those numbers. */
const SHARED = 90

const euct = (number: number) => `2023-5${String(number).padStart(5, '0')}-10`
const own = (number: number): Identifier => ({ kind: 'nct', value: nct(number) })

/**
 * Two invented registries, on their first day or on their second: by then records have changed, closed, come, gone,
 * been renamed, found and lost their counterpart in the other registry, and one has become unusable.
 */
export function inventedRegistries(day: 1 | 2): { ctgov: FakeRegistry; ctis: FakeRegistry } {
  const ctgov = createFakeRegistry('ctgov', (id, fields) => recordOf(Number(id.slice(3)), fields))
  const ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, ...fields }))
  for (let number = 1; number <= CTGOV_RECORDS; number++) ctgov.records.set(nct(number), { fields: {} })
  for (let number = 1; number <= CTIS_RECORDS; number++)
    ctis.records.set(`${euct(number)}-00`, { fields: ctisOf(number) })
  ctgov.records.set(nct(17), { fields: {}, unusable: 'no title' })
  if (day === 2) {
    for (const registry of [ctgov, ctis]) registry.dataVersion = 'v2'
    laterAtCtgov(ctgov)
    laterAtCtis(ctis)
  }
  return { ctgov, ctis }
}

function laterAtCtgov({ records, unlisted, renamed }: FakeRegistry): void {
  for (let number = 40; number < 80; number++) records.set(nct(number), { fields: { briefTitle: 'New title' } })
  for (const number of [120, 121]) records.set(nct(number), { fields: { overallStatus: 'SUSPENDED' } })
  records.set(nct(17), { fields: {} })
  records.set(nct(18), { fields: {}, unusable: 'no title' })
  records.set(nct(500), { fields: { identifiers: [own(500), { kind: 'euct', value: euct(140) }] } })
  for (const number of [200, 201, 202, 203]) records.delete(nct(number))
  unlisted.set(nct(201), {
    fields: { overallStatus: 'COMPLETED', sites: [siteWith({ id: 'x', status: 'COMPLETED' })] },
  })
  unlisted.set(nct(902), { fields: { aliases: [nct(202)] } })
  renamed[nct(202)] = nct(902)
}

function laterAtCtis({ records }: FakeRegistry): void {
  // These are found to be other studies, and these to be the same ones after all.
  for (const number of [3, 4, 5]) records.set(`${euct(number)}-00`, { fields: { ...ctisOf(number), identifiers: [] } })
  for (const number of [100, 101])
    records.set(`${euct(number)}-00`, { fields: { ...ctisOf(number), identifiers: [own(number)] } })
  records.set(`${euct(6)}-01`, { fields: { ...ctisOf(6), briefTitle: 'Resubmitted' } })
}

function ctisOf(number: number): Partial<NormalisedRecord> {
  const number5: Identifier = { kind: 'euct', value: euct(number) }
  return {
    briefTitle: `Invented ${number}`,
    identifiers: number <= SHARED ? [number5, own(number)] : [number5],
    sites: [siteWith({ id: `ctis-site-${number}`, facility: number % 2 ? 'Hôpital Inventé' : 'Clinique Inventée' })],
  }
}
