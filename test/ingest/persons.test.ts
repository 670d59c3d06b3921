import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from '../../db/backup.ts'
import type { Database } from '../../db/database.ts'
import { listQuarantine } from '../../db/quarantine.ts'
import { withoutPersons as ctgovWithoutPersons } from '../../ingest/ctgov/persons.ts'
import { createCtgovSource } from '../../ingest/ctgov/source.ts'
import { withoutPersons } from '../../ingest/ctis/persons.ts'
import { createCtisSource } from '../../ingest/ctis/source.ts'
import { createHttp } from '../../ingest/http.ts'
import { ingest } from '../../ingest/ingest.ts'
import { inventStudy } from '../registries/invent.ts'
import { renderCtis } from '../registries/render-ctis.ts'
import { startRegistries } from '../registries/server.ts'
import { memoryDatabase } from '../support/databases.ts'
import { quietDeps } from './quiet-deps.ts'

/** Part of every invented name, address and number of somebody who must not be kept. */
const MARK = 'Enqueteur'
const PERSON = { firstName: MARK, lastName: MARK, telephone: MARK, email: `${MARK}@example.org`, title: '1' }
const DESK = { role: 'CONTACT', name: 'Trial desk', phone: '+33 1 99 00 00 00', email: 'desk@example.org' }

/** An invented study that names investigators wherever ClinicalTrials.gov names them. */
function studyNaming(number: number, fields: { status?: string; title?: string } = {}) {
  const study = inventStudy({ number, ...fields, secondaryIds: [`2024-59${String(number).padStart(4, '0')}-11-00`] })
  const { protocolSection: protocol } = study
  const [site] = protocol.contactsLocationsModule.locations
  const investigator = { name: MARK, role: 'PRINCIPAL_INVESTIGATOR', phone: MARK, email: MARK }
  return {
    ...study,
    protocolSection: {
      ...protocol,
      sponsorCollaboratorsModule: {
        ...protocol.sponsorCollaboratorsModule,
        responsibleParty: {
          type: 'PRINCIPAL_INVESTIGATOR',
          investigatorFullName: MARK,
          investigatorTitle: MARK,
          investigatorAffiliation: 'Invented hospital',
        },
      },
      contactsLocationsModule: {
        overallOfficials: [{ name: MARK, affiliation: 'Invented hospital', role: 'STUDY_CHAIR' }],
        centralContacts: [DESK, investigator],
        locations: [{ ...site, contacts: [DESK, investigator, { ...investigator, role: 'SUB_INVESTIGATOR' }] }],
      },
    },
  }
}

/** The same trial as CTIS has it, with people wherever CTIS and its retired format name them. */
function trialNaming(number: number) {
  const { payload } = renderCtis(studyNaming(number), { seed: number, onlyInOne: 0 }) ?? {}
  const filled = JSON.parse(JSON.stringify(payload), (key, value) => {
    if (key === 'personInfo') return PERSON
    if (key === 'scientificContacts') return [{ functionalName: MARK, functionalEmailAddress: MARK }]
    if (key === 'organisationAddressInfo') return { ...value, phone: MARK, email: MARK }
    return value
  })
  return {
    ...filled,
    coSponsors: [{ contactPointForUnion: { person: PERSON }, legalRepresentative: { person: PERSON } }],
  }
}

let db: Database
beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())

test('nobody who investigates is kept: not in payloads, not in quarantine, not in a backup; desks are', async () => {
  const registries = await startRegistries({
    ctgov: [studyNaming(1), studyNaming(2, { title: '' })],
    ctis: [trialNaming(1), trialNaming(3)],
  })
  const retired = {
    ctNumber: '2024-590003-11-00',
    authorizedPartI: { sponsors: [{ legalRepresentative: { person: PERSON } }] },
  }
  registries.faults.add({ fault: { kind: 'instead', body: retired }, on: /retrieve\/2024-590003/ })
  const http = createHttp({ userAgent: 'test', requestsPerSecond: Number.POSITIVE_INFINITY })
  const readCriteria = () => []
  const { pausedUntil: _, ...ctis } = createCtisSource({ http, baseUrl: registries.ctisUrl, readCriteria })
  const deps = quietDeps(db, { now: () => new Date('2026-11-20T08:00:00Z') })
  for (const source of [createCtgovSource({ http, baseUrl: registries.ctgovUrl, readCriteria }), ctis]) {
    expect(await ingest(source, deps, { owner: 'test' })).toMatchObject({ outcome: 'complete', quarantined: 1 })
  }
  await http.close()
  await registries.close()
  expect((await listQuarantine(db)).length).toBe(2)

  const folder = await mkdtemp(join(tmpdir(), 'essais-persons-'))
  await backup(db, folder, new Date('2026-11-20T09:00:00Z'))
  let everything = ''
  for (const name of await readdir(folder)) {
    if (name.endsWith('.gz')) everything += gunzipSync(await readFile(join(folder, name))).toString()
  }
  await rm(folder, { recursive: true })
  const at = everything.indexOf(MARK)
  expect(at < 0 ? '' : everything.slice(at - 200, at + 20)).toBe('')
  expect(everything).toContain('Trial desk')
  expect(everything).toContain('essais&#64;example.org')
})

test('CTIS: a person is known by its names, wherever it stands', () => {
  expect(withoutPersons({ anything: [PERSON, { functionalName: 'A desk' }], other: { newKey: PERSON } })).toEqual({
    anything: [{ functionalName: 'A desk' }],
    other: {},
  })
  expect(withoutPersons({ organisation: { name: 'CHU' }, phone: '1', email: 'x' })).toEqual({
    organisation: { name: 'CHU' },
  })
})

test('ClinicalTrials.gov: contacts of what is closed are not kept either', () => {
  const { protocolSection } = ctgovWithoutPersons(studyNaming(4, { status: 'COMPLETED' })) as ReturnType<
    typeof studyNaming
  >
  expect(JSON.stringify(protocolSection)).not.toContain(DESK.name)
  expect(protocolSection.contactsLocationsModule.locations).toHaveLength(1)
})

test.each([null, 3, 'text', [], {}, { protocolSection: null }, { protocolSection: { contactsLocationsModule: [] } }])(
  'ClinicalTrials.gov: %j, which is no study, is left as it is',
  (value) => expect(ctgovWithoutPersons(value)).toEqual(value),
)
