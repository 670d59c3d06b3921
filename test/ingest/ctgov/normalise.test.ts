import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { NormalisedRecord } from '../../../domain/trial.ts'
import { normaliseStudy, studyContent } from '../../../ingest/ctgov/normalise.ts'
import { NormaliseError } from '../../../ingest/source.ts'
import { RECORDED_CTGOV, recordedTest } from '../../recorded.ts'
import { readNdjson } from '../../registries/ndjson.ts'
import { placesOf, replaceAt } from '../break.ts'

const readCriteria = () => []
const normalised = Compile(NormalisedRecord)
const NCT = 'NCT90000001'

type Tree = { [key: string]: unknown }

/** A small whole study; `changes` are laid over its protocol section, module by module. */
function study(changes: { [module: string]: Tree } = {}, derivedSection: Tree = {}): Tree {
  const base: { [module: string]: Tree } = {
    identificationModule: { nctId: NCT, briefTitle: 'Invented study', orgStudyIdInfo: { id: 'INV-1' } },
    statusModule: {
      overallStatus: 'RECRUITING',
      statusVerifiedDate: '2026-10',
      lastUpdateSubmitDate: '2026-10-28',
      lastUpdatePostDateStruct: { date: '2026-10-30', type: 'ACTUAL' },
    },
    designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE2'] },
    eligibilityModule: { eligibilityCriteria: 'Inclusion Criteria:\n\n* Age \\>= 18', sex: 'ALL' },
  }
  for (const [module, fields] of Object.entries(changes)) base[module] = { ...base[module], ...fields }
  return { protocolSection: base, derivedSection, hasResults: false }
}

function normalise(payload: unknown, registryId = NCT): NormalisedRecord {
  return normaliseStudy({ registryId, payload }, { readCriteria })
}

function normaliseSite(location: Tree, changes: { [module: string]: Tree } = {}) {
  const record = normalise(study({ ...changes, contactsLocationsModule: { locations: [location] } }))
  return { site: record.sites[0], oddities: record.oddities, foreignSiteCount: record.foreignSiteCount }
}

test('a study is read into a valid record', () => {
  const record = normalise(study())
  expect([...normalised.Errors(record)]).toEqual([])
  expect(record).toMatchObject({
    registryId: NCT,
    url: `https://clinicaltrials.gov/study/${NCT}`,
    phases: ['PHASE2'],
    overallStatus: 'RECRUITING',
    lastUpdateDate: '2026-10-30',
    statusVerifiedDate: { text: '2026-10', date: '2026-10-01', precision: 'month' },
    sponsorProtocolCode: 'INV-1',
    oddities: [],
  })
})

test.each<[string, string, string]>([
  ['comparison signs', 'Age \\>= 18, ALT \\< 3', 'Age >= 18, ALT < 3'],
  ['brackets and powers', '\\[GM-CSF\\] 10\\^9/L', '[GM-CSF] 10^9/L'],
  ['an escaped bullet is a bullet', '\\* Informed consent\n\\- Adult', '* Informed consent\n- Adult'],
  ['an escaped number is a number', '1\\. Adult', '1. Adult'],
  ['a backslash before a letter stays', '1.3 mg\\dl', '1.3 mg\\dl'],
  ['entities', 'age &gt; 18 &amp; ALT &#8804; 3 &eacute; &unknown;', 'age > 18 & ALT ≤ 3 é &unknown;'],
  ['not an entity but a property of objects', '&valueOf; &#0; &#55296;', '&valueOf; &#0; &#55296;'],
  ['line ends', 'A\r\nB\rC\u2028D', 'A\nB\nC\nD'],
  ['no-break and narrow spaces', 'age\u00a0>\u202f18  years', 'age > 18 years'],
  ['nested bullets keep their indentation', '* A:\n\n  \\* B  \n\n\n\n* C', '* A:\n\n  * B\n\n* C'],
  ['lone surrogate and NUL', 'a\udc9db\u0000c', 'a\ufffdbc'],
  ['decomposed accents', 'e\u0301', 'é'],
])('eligibility text: %s', (_, raw, stored) => {
  expect(normalise(study({ eligibilityModule: { eligibilityCriteria: raw } })).eligibilityCriteria).toBe(stored)
})

test.each<[string | undefined, string | null, boolean]>([
  ['75013', '75013', false],
  ['75 013', '75013', false],
  ['F-75013', '75013', false],
  ['FR-75013 Paris', '75013', false],
  ['30029, Cedex', '30029', false],
  ['75651 Cedex 13', '75651', false],
  ['Cedex 13', null, false],
  ['CEDEX', null, false],
  [undefined, null, false],
  ['6400', null, true],
  ['670000', null, true],
  ['91179 - 06003', null, true],
  ['00000', null, true],
])('postal code %s', (zip, postalCode, odd) => {
  const { site, oddities } = normaliseSite({ country: 'France', city: 'Paris', zip })
  expect(site?.postalCode).toBe(postalCode)
  expect(oddities).toEqual(odd ? [{ field: 'zip', value: zip }] : [])
})

test.each<[string | undefined, string | null]>([
  ['Gustave Roussy', 'Gustave Roussy'],
  ['Gustave Roussy ( Site 1101)', 'Gustave Roussy'],
  ['CHU Toulouse - Hopital Purpan /ID# 254148', 'CHU Toulouse - Hopital Purpan'],
  ["Institut de Cancérologie de l'Ouest - Site Gauducheau", "Institut de Cancérologie de l'Ouest - Site Gauducheau"],
  ['Institut Curie - site Saint-Cloud', 'Institut Curie - site Saint-Cloud'],
  ["Hopital de L'Archet 2", "Hopital de L'Archet 2"],
  ["Centre d'Investigation Clinique 1403", "Centre d'Investigation Clinique 1403"],
  ['Research Site', null],
  ['Research Site 30033-012', null],
  ['Pfizer Investigational Site', null],
  ['Novo Nordisk Investigational Site', null],
  ['Novartis Investigator site', null],
  ['Investigational Site Number : 2500019', null],
  ['Local Institution - 007-689', null],
  ['Local Institution', null],
  ['Connect Investigative Site 1023', null],
  ['Site FR33001', null],
  ['Zai Lab Site 2004', null],
  ['Research facility ID ORG-001011', null],
  ['For additional information regarding investigative sites for this trial, contact 1-877-CTLILLY', null],
  ['Many Locations', null],
  ['  ', null],
  [undefined, null],
])('facility %s', (facility, expected) => {
  expect(normaliseSite({ country: 'France', city: 'Paris', facility }).site?.facility).toBe(expected)
})

test.each<[string, string | undefined]>([
  ['France', 'FR'],
  ['Réunion', 'RE'],
  ['Reunion', 'RE'],
  ['Guadeloupe', 'GP'],
  ['Martinique', 'MQ'],
  ['French Guiana', 'GF'],
  ['Mayotte', 'YT'],
  ['New Caledonia', 'NC'],
  ['Spain', undefined],
  ['Monaco', undefined],
  ['constructor', undefined],
])('a site in %s is French: %s', (country, iso) => {
  const { site, foreignSiteCount } = normaliseSite({ country, city: 'X' })
  expect(site?.country).toBe(iso)
  expect(foreignSiteCount).toBe(iso === undefined ? 1 : 0)
})

test('a site without status is unknown, whatever the study says, and has no status date', () => {
  const { site } = normaliseSite({ country: 'France', city: 'Paris' })
  expect(site).toMatchObject({ status: 'UNKNOWN', statusDate: null })
})

test('a site with a status carries the day the sponsor last submitted the record', () => {
  const { site } = normaliseSite({ country: 'France', city: 'Paris', status: 'RECRUITING' })
  expect(site).toMatchObject({ status: 'RECRUITING', statusDate: '2026-10-28' })
})

test('sites of the same words have different ids; a site keeps its id when the list is reordered', () => {
  const anonymous = { country: 'France', city: 'Paris', facility: 'Research Site', zip: '75013' }
  const named = { country: 'France', city: 'Lyon', facility: 'Centre Léon Bérard', zip: '69008' }
  const ids = (locations: Tree[]) =>
    normalise(study({ contactsLocationsModule: { locations } })).sites.map(({ id }) => id)
  const [a, b, c] = ids([anonymous, anonymous, named])
  expect(new Set([a, b, c]).size).toBe(3)
  expect(ids([{ ...named, facility: 'CENTRE LEON BERARD' }, anonymous])).toEqual([c, a])
})

test.each<[string | undefined, number | null, boolean]>([
  ['18 Years', 18, false],
  ['1 Year', 1, false],
  ['18 Months', 1.5, false],
  ['6 Weeks', 0.115, false],
  ['28 Days', 0.0767, false],
  ['12 Hours', 0.0014, false],
  ['30 Minutes', 0.0001, false],
  [undefined, null, false],
  ['N/A', null, true],
  ['eighteen', null, true],
])('minimum age %s', (minimumAge, years, odd) => {
  const record = normalise(study({ eligibilityModule: { minimumAge } }))
  expect(record.minimumAgeYears).toBe(years)
  expect(record.oddities).toEqual(odd ? [{ field: 'minimumAge', value: minimumAge }] : [])
})

test.each<[number | undefined, number | null]>([
  [60, 60],
  [0, 0],
  [99_999_999, null],
  [undefined, null],
  [12.5, null],
])('enrollment %s', (count, expected) => {
  expect(normalise(study({ designModule: { enrollmentInfo: { count } } })).enrollmentCount).toBe(expected)
})

test('partial dates keep their precision; an unreadable one is left out and named', () => {
  const record = normalise(
    study({
      statusModule: {
        startDateStruct: { date: '2027' },
        completionDateStruct: { date: 'October 2028', type: 'ESTIMATED' },
      },
    }),
  )
  expect(record.startDate).toEqual({ text: '2027', date: '2027-01-01', precision: 'year' })
  expect(record.completionDate).toBeNull()
  expect(record.oddities).toEqual([{ field: 'completionDate', value: 'October 2028' }])
})

test('members that the registry added since are kept by name, never guessed', () => {
  const record = normalise(
    study({
      statusModule: { overallStatus: 'PAUSED' },
      designModule: { studyType: 'PLATFORM', phases: ['PHASE2', 'PHASE5'] },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'Invented Sponsor', class: 'CLUB' } },
      contactsLocationsModule: { locations: [{ country: 'France', city: 'Paris', status: 'PAUSED' }] },
    }),
  )
  expect(record).toMatchObject({ overallStatus: 'UNKNOWN', studyType: null, phases: ['PHASE2'] })
  expect(record.sponsor).toEqual({ name: 'Invented Sponsor', class: 'UNKNOWN' })
  expect(record.sites[0]?.status).toBe('UNKNOWN')
  expect(record.oddities.map(({ field, value }) => `${field}=${value}`).sort()).toEqual([
    'locations.status=PAUSED',
    'overallStatus=PAUSED',
    'phases=PHASE5',
    'sponsorClass=CLUB',
    'studyType=PLATFORM',
  ])
})

test('registry numbers are found by pattern; another NCT number names another study', () => {
  const record = normalise(
    study({
      identificationModule: {
        nctIdAliases: ['NCT90000099'],
        orgStudyIdInfo: { id: 'EudraCT 2019-003842-34' },
        secondaryIdInfos: [
          { id: '2023-505613-24-00', type: 'REGISTRY', domain: 'CTIS (EU)' },
          { id: 'extension of NCT90000002', type: 'OTHER' },
          { id: '08-524' },
        ],
      },
    }),
  )
  expect(record.identifiers).toEqual([
    { kind: 'nct', value: NCT },
    { kind: 'nct', value: 'NCT90000099' },
    { kind: 'euct', value: '2023-505613-24' },
    { kind: 'eudract', value: '2019-003842-34' },
  ])
  expect(record.aliases).toEqual(['NCT90000099'])
})

test('a record asked for by its old number is accepted; the record of another study is not', () => {
  const renamed = study({ identificationModule: { nctIdAliases: ['NCT90000099'] } })
  expect(normalise(renamed, 'NCT90000099').registryId).toBe(NCT)
  expect(() => normalise(study(), 'NCT90000077')).toThrow(NormaliseError)
})

test('a withheld study may have nothing but a number', () => {
  const record = normalise({
    protocolSection: { identificationModule: { nctId: NCT }, statusModule: { overallStatus: 'WITHHELD' } },
  })
  expect([...normalised.Errors(record)]).toEqual([])
  expect(record).toMatchObject({ briefTitle: NCT, overallStatus: 'WITHHELD', sites: [] })
})

test('a study without a title is refused', () => {
  expect(() => normalise(study({ identificationModule: { briefTitle: '' } }))).toThrow(
    new NormaliseError(NCT, 'briefTitle', 'the study has no title'),
  )
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['text', '<html>'],
  ['an empty object', {}],
  ['a study of another shape', { ClinicalStudy: {} }],
  ['a bad number', { protocolSection: { identificationModule: { nctId: 'NCT1', briefTitle: 'x' } } }],
  ['a module that is a list', study({ contactsLocationsModule: { locations: 'Paris' as unknown as Tree } })],
])('%s is refused as a record, not as a bug', (_, payload) => {
  expect(() => normalise(payload)).toThrow(NormaliseError)
})

test('people to call are kept while the site may be open; investigators never', () => {
  const contacts = [
    { name: 'Unité', role: 'CONTACT', phone: '+33 1', phoneExt: '12', email: 'unite@example.org' },
    { name: 'Dr X', role: 'PRINCIPAL_INVESTIGATOR' },
    { role: 'CONTACT' },
  ]
  const at = (status: string, overallStatus: string) =>
    normaliseSite({ country: 'France', city: 'Paris', status, contacts }, { statusModule: { overallStatus } }).site
      ?.contacts
  expect(at('RECRUITING', 'RECRUITING')).toEqual([
    { name: 'Unité', role: 'CONTACT', phone: '+33 1 (12)', email: 'unite@example.org' },
  ])
  expect(at('COMPLETED', 'RECRUITING')).toEqual([])
  expect(at('RECRUITING', 'TERMINATED')).toEqual([])
})

test('the registry point is kept for checks, null island is not', () => {
  expect(normaliseSite({ country: 'France', geoPoint: { lat: 48.85, lon: 2.35 } }).site?.registryPoint).toEqual({
    lat: 48.85,
    lon: 2.35,
  })
  expect(normaliseSite({ country: 'France', geoPoint: { lat: 0, lon: 0 } }).site?.registryPoint).toBeNull()
  expect(normaliseSite({ country: 'France', geoPoint: { lat: 480, lon: 2 } }).site?.registryPoint).toBeNull()
})

test('France among the removed countries is named', () => {
  const record = normalise(study({}, { miscInfoModule: { removedCountries: ['France', 'Spain'] } }))
  expect(record.oddities).toEqual([{ field: 'removedCountries', value: 'France' }])
})

test('content leaves out the stamp of the daily refresh and nothing else', () => {
  const at = (versionHolder: string, briefTitle = 'A') =>
    JSON.stringify(
      studyContent(
        study(
          { identificationModule: { briefTitle } },
          { miscInfoModule: { versionHolder, removedCountries: ['France'] } },
        ),
      ),
    )
  expect(at('2026-11-20')).toBe(at('2026-11-21'))
  expect(at('2026-11-20')).not.toBe(at('2026-11-20', 'B'))
  expect(at('2026-11-20')).toContain('removedCountries')
})

test('whatever is broken in a payload, it is either read into a valid record or refused with NormaliseError', () => {
  const whole = study(
    {
      identificationModule: { secondaryIdInfos: [{ id: '2019-003842-34' }], acronym: 'INV' },
      armsInterventionsModule: { interventions: [{ type: 'DRUG', name: 'inventumab', otherNames: ['x'] }] },
      contactsLocationsModule: {
        locations: [{ country: 'France', city: 'Paris', zip: '75013', contacts: [{ name: 'A', role: 'CONTACT' }] }],
      },
    },
    { conditionBrowseModule: { meshes: [{ id: 'D1', term: 'T' }] } },
  )
  fc.assert(
    fc.property(fc.constantFrom(...placesOf(whole)), fc.anything({ withNullPrototype: true }), (path, value) => {
      try {
        const record = normalise(replaceAt(whole, path, value))
        expect([...normalised.Errors(record)]).toEqual([])
      } catch (error) {
        expect(error).toBeInstanceOf(NormaliseError)
      }
    }),
    { numRuns: 500 },
  )
})

recordedTest('all recorded studies are read into valid records, without oddities that hide something', async () => {
  let count = 0
  const odd = new Map<string, number>()
  for (const path of RECORDED_CTGOV) {
    for await (const payload of readNdjson(path)) {
      const { nctId } = (payload as { protocolSection: { identificationModule: { nctId: string } } }).protocolSection
        .identificationModule
      const record = normalise(payload, nctId)
      expect([...normalised.Errors(record)], nctId).toEqual([])
      expect(record.eligibilityCriteria, nctId).not.toMatch(/\\[<>[\]*^]/)
      expect(new Set(record.sites.map(({ id }) => id)).size).toBe(record.sites.length)
      for (const { field } of record.oddities) odd.set(field, (odd.get(field) ?? 0) + 1)
      count++
    }
  }
  expect(count).toBe(2030)
  expect([...odd.keys()].sort()).toEqual(['removedCountries', 'zip'])
})
