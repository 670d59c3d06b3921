import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { NormalisedRecord } from '../../../domain/trial.ts'
import { ctisContent, normaliseCtisTrial } from '../../../ingest/ctis/normalise.ts'
import { NormaliseError } from '../../../ingest/source.ts'
import { recorded, recordedTest } from '../../recorded.ts'
import { inventStudy } from '../../registries/invent.ts'
import { type RenderOptions, renderCtis } from '../../registries/render-ctis.ts'
import { placesOf, replaceAt } from '../break.ts'

const normalised = Compile(NormalisedRecord)
const NUMBER = '2024-590001-11-00'

type Path = (string | number)[]
const PART_ONE: Path = ['authorizedApplication', 'authorizedPartI']
const IDENTIFIERS: Path = [...PART_ONE, 'trialDetails', 'clinicalTrialIdentifiers']
const INFORMATION: Path = [...PART_ONE, 'trialDetails', 'trialInformation']
const STATE: Path = ['authorizedApplication', 'memberStatesConcerned', 0]
const SITES: Path = ['authorizedApplication', 'authorizedPartsII', 0, 'trialSites']

/** A small whole record, changed in the places named. */
function payload(changes: [Path, unknown][] = [], options: Partial<RenderOptions> = {}): unknown {
  const study = inventStudy({
    number: 1,
    secondaryIds: [NUMBER],
    eligibility: 'Inclusion Criteria:\n\n* Adult\n* ECOG 0-1\n\nExclusion Criteria:\n\n* Pregnancy',
  })
  const rendered = renderCtis(study, { seed: 1, onlyInOne: 0, franceCode: 4, ...options })
  return changes.reduce((tree, [path, value]) => replaceAt(tree, path, value), rendered?.payload as unknown)
}

function normalise(changed: unknown, registryId = NUMBER): NormalisedRecord {
  return normaliseCtisTrial({ registryId, payload: changed }, { readCriteria: () => [] })
}

test('a record is read into a valid one', () => {
  const record = normalise(payload())
  expect([...normalised.Errors(record)]).toEqual([])
  expect(record).toMatchObject({
    registry: 'ctis',
    registryId: NUMBER,
    url: `https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=${NUMBER}`,
    identifiers: [
      { kind: 'euct', value: '2024-590001-11' },
      { kind: 'nct', value: 'NCT90000001' },
    ],
    phases: ['PHASE2'],
    overallStatus: 'RECRUITING',
    franceStatus: 'RECRUITING',
    franceStatusDate: '2026-11-10',
    lastUpdateDate: '2026-11-10',
    sex: 'ALL',
    minimumAgeYears: 18,
    maximumAgeYears: null,
    healthyVolunteers: false,
    meshAncestors: [{ id: 'D009369', term: 'Neoplasms' }],
    keywords: ['Neoplasms'],
    sponsor: { name: 'Invented Sponsor', class: 'OTHER' },
    oddities: [],
  })
})

test.each<[number, string, string]>([
  [1, 'NOT_YET_RECRUITING', 'under evaluation'],
  [2, 'NOT_YET_RECRUITING', 'recruitment pending'],
  [3, 'RECRUITING', 'authorised, recruiting'],
  [4, 'RECRUITING', 'ongoing, recruiting'],
  [5, 'ACTIVE_NOT_RECRUITING', 'recruitment ended'],
  [6, 'SUSPENDED', 'halted'],
  [7, 'SUSPENDED', 'suspended'],
  [8, 'COMPLETED', 'ended'],
  [9, 'WITHDRAWN', 'expired'],
  [10, 'WITHDRAWN', 'revoked'],
  [11, 'WITHDRAWN', 'not authorised'],
  [12, 'WITHDRAWN', 'cancelled'],
])('public status %i of France is %s (%s)', (code, status) => {
  const record = normalise(payload([[[...STATE, 'mscPublicStatusCode'], code]]))
  expect(record.franceStatus).toBe(status)
  expect(record.oddities).toEqual([])
})

test('a status that CTIS has added since is unknown, and named', () => {
  const record = normalise(payload([[[...STATE, 'mscPublicStatusCode'], 14]]))
  expect(record).toMatchObject({ franceStatus: 'UNKNOWN', oddities: [{ field: 'mscPublicStatusCode', value: '14' }] })
})

test('the trial as a whole says nothing of France', () => {
  const record = normalise(
    payload([
      [['ctPublicStatusCode'], 4],
      [[...STATE, 'mscPublicStatusCode'], 8],
    ]),
  )
  expect(record).toMatchObject({ overallStatus: 'RECRUITING', franceStatus: 'COMPLETED' })
})

test('a record without the country’s code: the trial’s own counts where France is alone', () => {
  const alone: [Path, unknown][] = [
    [[...STATE, 'mscPublicStatusCode'], undefined],
    [['ctPublicStatusCode'], 5],
  ]
  expect(normalise(payload(alone)).franceStatus).toBe('ACTIVE_NOT_RECRUITING')
  const among = [{ mscName: 'Spain', mscPublicStatusCode: 5 }, { mscName: 'France' }]
  const record = normalise(payload([[['authorizedApplication', 'memberStatesConcerned'], among]]))
  expect(record).toMatchObject({ franceStatus: 'UNKNOWN', oddities: [{ field: 'mscPublicStatusCode' }] })
})

test('the status of another member state says nothing of France', () => {
  const record = normalise(payload([[[...STATE, 'mscName'], 'Spain']]))
  expect(record).toMatchObject({ franceStatus: null, franceStatusDate: null })
})

test('an end by early termination is a termination, with its reason', () => {
  const record = normalise(
    payload([
      [[...STATE, 'mscPublicStatusCode'], 8],
      [['ctPublicStatusCode'], 8],
      [['events', 'trialEvents', 0, 'events'], [{ notificationType: 'EARLY_TERMINATION', date: '2026-05-04' }]],
      [['events', 'trialEvents', 0, 'earlyTerminationReason'], 'Lack of efficacy'],
    ]),
  )
  expect(record).toMatchObject({
    overallStatus: 'TERMINATED',
    franceStatus: 'TERMINATED',
    whyStopped: 'Lack of efficacy',
    centralContacts: [],
  })
})

test('the code counts; an event that says otherwise is put down', () => {
  const events = [
    { notificationType: 'END_OF_RECRUITMENT', date: '2026-10-01' },
    { notificationType: 'START_OF_RECRUITMENT', date: '2025-03-03' },
  ]
  const record = normalise(payload([[['events', 'trialEvents', 0, 'events'], events]]))
  expect(record.franceStatus).toBe('RECRUITING')
  expect(record.oddities).toEqual([{ field: 'trialEvents', value: 'recruiting, but END_OF_RECRUITMENT on 2026-10-01' }])
})

test('sites take part, they are not said to recruit; nobody of them is kept', () => {
  const record = normalise(payload())
  expect(record.sites).toHaveLength(1)
  expect(record.sites[0]).toMatchObject({ country: 'FR', status: 'UNKNOWN', statusDate: null, contacts: [] })
  expect(JSON.stringify(record)).not.toMatch(/investigateur|Prénom|Dr Invented|dr@example/)
})

test('sites of a trial under evaluation are only proposed', () => {
  expect(normalise(payload([[[...STATE, 'mscPublicStatusCode'], 1]])).sites).toEqual([])
})

test('departments of one hospital are one site; two addresses of one organisation are two', () => {
  const site = (oneLine: string, departmentName: string) => ({
    departmentName,
    organisationAddressInfo: {
      organisation: { name: 'Assistance Inventee' },
      address: { oneLine, city: 'Paris', postcode: '75014' },
    },
  })
  const { sites } = normalise(payload([[SITES, [site('1 Rue A', 'X'), site('1 Rue A', 'Y'), site('2 Rue B', 'X')]]]))
  expect(sites).toHaveLength(2)
  expect(new Set(sites.map(({ id }) => id)).size).toBe(2)
})

test.each<[string, string | undefined, string, string | null]>([
  ['Lille Cedex', '59020', 'FR', '59020'],
  ['Saint Denis', '97400', 'RE', '97400'],
  ['Fort De France', '97261', 'MQ', '97261'],
  ['Marigot', '97150', 'MF', '97150'],
  ['Lyon', undefined, 'FR', null],
])('a site in %s, %s, lies in %s', (city, postcode, country, postalCode) => {
  const info = { organisation: { name: 'Hopital' }, address: { city, ...(postcode && { postcode }) } }
  expect(normalise(payload([[SITES, [{ organisationAddressInfo: info }]]])).sites[0]).toMatchObject({
    city,
    country,
    postalCode,
  })
})

test('criteria become one text with headings, in the order of their numbers', () => {
  const criterion = (number: number, text: string) => ({
    number,
    principalInclusionCriteria: text,
    principalInclusionCriteriaTranslations: [],
  })
  const texts = [criterion(1, 'Adult'), criterion(10, 'Tenth &gt; 3'), criterion(2, 'ECOG:\r\n- 0\n- 1\u0000')]
  const record = normalise(payload([[[...INFORMATION, 'eligibilityCriteria', 'principalInclusionCriteria'], texts]]))
  expect(record.eligibilityCriteria).toBe(
    'Inclusion Criteria:\n\n1. Adult\n2. ECOG:\n   - 0\n   - 1\n3. Tenth > 3\n\nExclusion Criteria:\n\n1. Pregnancy',
  )
  expect(record.eligibilityCriteriaFr).toBeNull()
})

test('French criteria where the sponsor filed them; a criterion without translation is not lost', () => {
  const translation = { attributeTranslation: 'Adulte', language: 10, languageDescription: 'French' }
  const record = normalise(
    payload([
      [
        [
          ...INFORMATION,
          'eligibilityCriteria',
          'principalInclusionCriteria',
          0,
          'principalInclusionCriteriaTranslations',
        ],
        [{ attributeTranslation: 'Adulto', language: 7, languageDescription: 'Spanish' }, translation],
      ],
      [[...IDENTIFIERS, 'publicTitleTranslations'], [{ ...translation, attributeTranslation: 'Étude inventée' }]],
    ]),
  )
  expect(record.eligibilityCriteriaFr).toBe(
    "Critères d'inclusion :\n\n1. Adulte\n2. ECOG 0-1\n\nCritères d'exclusion :\n\n1. Pregnancy",
  )
  expect(record.titles).toEqual({ fr: 'Étude inventée', en: 'Invented study 1' })
})

test('no criteria at all: no text', () => {
  expect(normalise(payload([[[...INFORMATION, 'eligibilityCriteria'], {}]])).eligibilityCriteria).toBeNull()
})

test.each<[string, unknown, string[], number]>([
  ['in its slot', { nctNumber: { number: 'nct90000005' } }, ['NCT90000005'], 0],
  ['null', { nctNumber: null }, [], 0],
  ['absent', {}, [], 0],
  ['in another slot', { additionalRegistries: [{ number: 'see NCT90000005' }] }, ['NCT90000005'], 0],
  [
    'in its slot, with another elsewhere',
    { nctNumber: { number: 'NCT90000005' }, additionalRegistries: [{ number: 'NCT90000006' }] },
    ['NCT90000005'],
    0,
  ],
  ['two of them, neither in its slot', { additionalRegistries: [{ number: 'NCT90000005, NCT90000006' }] }, [], 1],
])('NCT number %s', (_, numbers, expected, oddities) => {
  const record = normalise(payload([[[...IDENTIFIERS, 'secondaryIdentifyingNumbers'], numbers]]))
  expect(record.identifiers.filter(({ kind }) => kind === 'nct').map(({ value }) => value)).toEqual(expected)
  expect(record.oddities).toHaveLength(oddities)
})

test('other numbers are found where they are filed; another EU CT number names another trial', () => {
  const record = normalise(
    payload([
      [['authorizedApplication', 'eudraCt'], { isTransitioned: true, eudraCtCode: '2019-090042-34' }],
      [
        [...IDENTIFIERS, 'secondaryIdentifyingNumbers'],
        {
          isrctnNumber: { number: 'ISRCTN90000001' },
          whoUniversalTrialNumber: { number: 'U1111-9000-0001' },
          additionalRegistries: [{ number: 'extension of 2023-590009-12-00' }, { number: '75,061; 125,097' }],
        },
      ],
    ]),
  )
  expect(record.identifiers.map(({ value }) => value)).toEqual([
    '2024-590001-11',
    '2019-090042-34',
    'ISRCTN90000001',
    'U1111-9000-0001',
  ])
})

test.each<[string | undefined, string | null, string | null]>([
  ['FUNGEMAX', 'FUNGEMAX', 'FUNGEMAX'],
  ['MK-5592-127', null, 'MK-5592-127'],
  ['PHRC N 2020 INVENTED', null, 'PHRC N 2020 INVENTED'],
  [undefined, null, null],
])('short title %s is an acronym or a code', (shortTitle, acronym, code) => {
  const record = normalise(payload([[[...IDENTIFIERS, 'shortTitle'], shortTitle]]))
  expect(record).toMatchObject({ acronym, sponsorProtocolCode: code })
})

test.each<[string[], number | null, number | null]>([
  [['2'], null, 17],
  [['3'], 18, 64],
  [['4'], 65, null],
  [['3', '4'], 18, null],
  [['2', '3', '4'], null, null],
  [['1'], null, 0],
  [[], null, null],
])('age groups %j', (codes, minimumAgeYears, maximumAgeYears) => {
  const ageRanges = codes.map((ageRangeCategoryCode) => ({ ageRangeCategoryCode }))
  const record = normalise(payload([[[...INFORMATION, 'populationOfTrialSubjects', 'ageRanges'], ageRanges]]))
  expect(record).toMatchObject({ minimumAgeYears, maximumAgeYears })
})

test.each<[string, string[], number]>([
  ['1', ['PHASE1'], 0],
  ['8', ['PHASE1', 'PHASE2'], 0],
  ['10', ['PHASE2', 'PHASE3'], 0],
  ['11', ['PHASE3', 'PHASE4'], 0],
  ['12', [], 1],
  ['constructor', [], 1],
])('phase %s', (code, phases, oddities) => {
  const record = normalise(payload([[[...INFORMATION, 'trialCategory', 'trialPhase'], code]]))
  expect(record.phases).toEqual(phases)
  expect(record.oddities).toHaveLength(oddities)
})

test('products under test and compared, each once, with their other names; rescue medicines are left out', () => {
  const products = [
    {
      mpRoleInTrial: '1',
      productName: 'FICTUMAB\r 10 mg',
      jsonActiveSubstanceNames: 'fictumab',
      sponsorProductCodeEdit: 'FIC-1',
    },
    { mpRoleInTrial: '1', productName: 'FICTUMAB 10 mg' },
    { mpRoleInTrial: '2', jsonActiveSubstanceNames: 'examplatin' },
    { mpRoleInTrial: '4', productName: 'Paracetamol' },
    {},
  ]
  expect(normalise(payload([[[...PART_ONE, 'products'], products]])).interventions).toEqual([
    { type: 'DRUG', name: 'FICTUMAB 10 mg', otherNames: ['fictumab', 'FIC-1'] },
    { type: 'DRUG', name: 'examplatin', otherNames: [] },
  ])
})

test.each<[unknown, string | null, number]>([
  ['2025-03-03', '2025-03-03', 0],
  ['2025-03-03T18:25:35.8', '2025-03-03', 0],
  ['03/03/2025', '2025-03-03', 0],
  [undefined, '2025-03-01', 0],
  ['3 March 2025', null, 1],
])('start given as %s', (startDateEU, date, oddities) => {
  const record = normalise(
    payload([
      [['startDateEU'], startDateEU],
      [['authorizedApplication', 'authorizedPartsII', 0, 'mscInfo', 'activeTrialPeriod'], {}],
    ]),
  )
  expect(record.startDate?.date ?? null).toBe(date)
  expect(record.oddities).toHaveLength(oddities)
})

test('the sponsor’s public desk is kept while France is open, entities read', () => {
  expect(normalise(payload()).centralContacts).toEqual([
    { name: 'Clinical Trials Information', role: 'CONTACT', phone: '+33 1 99 00 00 00', email: 'essais@example.org' },
  ])
})

test.each<[string, unknown, string]>([
  ['an empty answer', {}, 'CTIS lists this trial but gives nothing of it'],
  ['the retired format', { ctNumber: NUMBER, authorizedPartI: {} }, 'the format that CTIS retired on 17 June 2024'],
  ['another trial', payload([[['ctNumber'], '2024-590002-11-00']]), 'the payload is that of 2024-590002-11-00'],
  [
    'no title',
    payload([
      [[...IDENTIFIERS, 'fullTitle'], ''],
      [[...IDENTIFIERS, 'publicTitle'], ''],
      [[...IDENTIFIERS, 'shortTitle'], ''],
    ]),
    'no title',
  ],
  ['HTML', '<!DOCTYPE html>', 'payload'],
  ['nothing', undefined, 'payload'],
])('%s is refused with its reason', (_, refused, reason) => {
  expect(() => normalise(refused)).toThrow(NormaliseError)
  expect(() => normalise(refused)).toThrow(reason)
})

test('content leaves out stamps and internal numbers, and nothing else', () => {
  const text = (changes: [Path, unknown][]) => JSON.stringify(ctisContent(payload(changes)))
  expect(
    text([
      [['publishDate'], '2026-11-20T03:46:14.1'],
      [[...PART_ONE, 'id'], 99],
    ]),
  ).toBe(text([]))
  expect(text([[[...STATE, 'mscPublicStatusCode'], 5]])).not.toBe(text([]))
  expect(text([[[...PART_ONE, 'sponsors', 0, 'organisation', 'businessKey'], 'ORG-1']])).not.toBe(text([]))
})

test('whatever is broken in a payload, it is either read into a valid record or refused with NormaliseError', () => {
  const whole = payload([], { withFrench: true })
  fc.assert(
    fc.property(fc.constantFrom(...placesOf(whole)), fc.anything({ withNullPrototype: true }), (path, value) => {
      try {
        expect([...normalised.Errors(normalise(replaceAt(whole, path, value)))]).toEqual([])
      } catch (error) {
        expect(error).toBeInstanceOf(NormaliseError)
      }
    }),
    { numRuns: 500 },
  )
})

function recordings(folder: string): { name: string; payload: { ctNumber: string } }[] {
  return readdirSync(recorded(folder)).map((name) => ({
    name,
    payload: JSON.parse(gunzipSync(readFileSync(recorded(`${folder}/${name}`))).toString('utf8')),
  }))
}

recordedTest('recorded records of today’s format are read', () => {
  for (const folder of ['ctis/retrieve-as-merged', 'ctis/retrieve-raw']) {
    for (const { name, payload: recording } of recordings(folder)) {
      const record = normalise(recording, recording.ctNumber)
      expect([...normalised.Errors(record)], name).toEqual([])
      expect(record.oddities, name).toEqual([])
      expect(record.eligibilityCriteria, name).toMatch(
        /^Inclusion Criteria:\n\n1\. [\s\S]+\n\nExclusion Criteria:\n\n1\. /,
      )
      expect(record.interventions.length, name).toBeGreaterThan(0)
    }
  }
})

recordedTest('the recorded French trial recruits, at its five sites', () => {
  const [french] = recordings('ctis/retrieve-as-merged')
  const record = normalise(french?.payload, '2022-501142-30-00')
  expect(record).toMatchObject({
    franceStatus: 'RECRUITING',
    franceStatusDate: '2024-06-17',
    phases: ['PHASE4'],
    sex: 'FEMALE',
    enrollmentCount: 520,
    minimumAgeYears: 18,
    maximumAgeYears: 64,
    startDate: { date: '2023-01-17' },
    interventions: [{ name: 'OXYTOCIN' }, { name: 'MISOPROSTOL' }],
  })
  expect(record.sites.map(({ facility, postalCode }) => `${facility} ${postalCode}`)).toEqual([
    'Bicetre Hospital 94275',
    'University Hospital Of Clermont-Ferrand 63100',
    'Centre Hospitalier Universitaire De Bordeaux 33076',
    'CHU De Toulouse 31059',
    'CHU De Saint Etienne 42055',
  ])
})

recordedTest('recordings of the retired format are refused for that reason', () => {
  for (const { payload: recording } of recordings('ctis/retired-format')) {
    expect(() => normalise(recording, recording.ctNumber)).toThrow('the format that CTIS retired on 17 June 2024')
  }
})
