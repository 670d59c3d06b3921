import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RIVAL_HOSPITALS } from '../../bench/places/rival-hospitals.ts'
import { loadPlaces } from '../../domain/places/places.ts'
import { createLocator } from '../../ingest/locate.ts'
import { matchSites } from '../../ingest/match-sites.ts'
import { ctisRecordWith, recordWith, siteWith } from './record-factory.ts'

const locate = createLocator(loadPlaces())
type Words = [facility: string | null, city: string | null, postalCode: string | null, street?: string]

function sitesOf(prefix: string, list: Words[]) {
  return list.map(([facility, city, postalCode, street], index) =>
    locate(
      siteWith({
        id: `${prefix}${index}`,
        facility,
        city,
        postalCode,
        departement: null,
        point: null,
        pointPrecision: null,
        ...(street ? { street } : {}),
      }),
    ),
  )
}

/** Ids of the sites matched, `a` of ClinicalTrials.gov with `b` of CTIS. */
function matched(ctgov: Words[], ctis: Words[]): string[] {
  const records = [recordWith({ sites: sitesOf('a', ctgov) }), ctisRecordWith({ sites: sitesOf('b', ctis) })]
  return matchSites(records)
    .filter((group) => group.length > 1)
    .map((group) => group.map(({ site }) => site.id).join('='))
    .sort()
}

describe('one house under two spellings', () => {
  test.each<[Words, Words]>([
    [
      ['Gustave Roussy', 'Villejuif', '94800'],
      ['Institut Gustave Roussy', 'Villejuif Cedex', '94805'],
    ],
    [
      ['University Hospital, Poitiers', 'Poitiers', null],
      ['Centre Hospitalier Universitaire De Poitiers', 'Poitiers', '86000'],
    ],
    [
      ['CHU de Tours', 'Tours', '37000'],
      ['Centre Hospitalier Regional Universitaire De Tours', 'Tours Cedex', '37000'],
    ],
    [
      ['Hôpital Cochin', 'Paris', '75014'],
      ['Assistance Publique Hopitaux De Paris', 'Paris', '75014', '27 Rue Du Faubourg Saint Jacques'],
    ],
    [
      ['Clinique du Petit Bois', 'Laval', '53000'],
      ['CLINIQUE DU PETIT-BOIS', 'Laval Cedex', '53015'],
    ],
    [
      ['Hopital Sainte Elizabeth', 'Laval', '53000'],
      ['Hôpital Sainte-Élisabeth', 'Laval', null],
    ],
    [
      ['Private Clinic of the Hills', 'Laval', null],
      ['Private Clinic Of The Hills - Medical Oncology', 'LAVAL', null],
    ],
    [
      ['HEGP', 'Paris', null],
      ['Hopital Europeen Georges Pompidou', 'Paris', '75908'],
    ],
    [
      [null, 'Villejuif', '94805'],
      ['Institut Gustave Roussy', 'Villejuif Cedex', '94805'],
    ],
    [
      ['CHU de Bordeaux', 'Pessac', '33604'],
      ['Hopital Haut Leveque', 'Pessac Cedex', '33604'],
    ],
  ])('%j is %j', (a, b) => {
    expect(matched([a], [b])).toEqual(['a0=b0'])
  })
})

describe('two houses', () => {
  test.each<[string, Words, Words]>([
    ['of one town', ['Hôpital Saint-Louis', 'Paris', null], ['Hopital Saint Antoine', 'Paris', null]],
    ['of one postal code', ['Institut Bergonié', 'Bordeaux', '33000'], ['CHU de Bordeaux', 'Bordeaux', '33000']],
    [
      'of one trust',
      ['CHU de Bordeaux - Hôpital Pellegrin', 'Bordeaux', null],
      ['CHU de Bordeaux - Hôpital Saint-André', 'Bordeaux', null],
    ],
    [
      'of one name in two towns',
      ['Hôpital Saint-Louis', 'Paris', '75010'],
      ['Hôpital Saint-Louis', 'La Rochelle', '17000'],
    ],
    [
      'a public and a private one of one name',
      ['Hôpital Saint-Joseph', 'Laval', '53000'],
      ['Clinique Saint-Joseph', 'Laval', '53000'],
    ],
    ['north and south', ['Hôpital Nord', 'Laval', '53000'], ['Hôpital Sud', 'Laval', '53000']],
    [
      'one of which is not named, elsewhere in the town',
      [null, 'Paris', '75013'],
      ['Institut Curie', 'Paris', '75005'],
    ],
    [
      'a trust and another house of its postal code',
      ['CHU de Nantes', 'Nantes', '44000'],
      ['Clinique Jules Verne', 'Nantes', '44000'],
    ],
  ])('%s stay two', (_, a, b) => {
    expect(matched([a], [b])).toEqual([])
  })

  test('of one town are never joined, whatever else is said', () => {
    const town = fc.constantFrom(...Object.entries(RIVAL_HOSPITALS))
    const two = town.chain(([name, hospitals]) =>
      fc.tuple(fc.constant(name), fc.shuffledSubarray(hospitals, { minLength: 2, maxLength: 2 })),
    )
    const write = (text: string) =>
      fc.constantFrom(
        text,
        text.toUpperCase(),
        text.normalize('NFD').replace(/\p{M}/gu, ''),
        `${text} - Service d'oncologie`,
      )
    fc.assert(
      fc.property(
        two.chain(([name, [a = '', b = '']]) => fc.tuple(fc.constant(name), write(a), write(b))),
        fc.constantFrom(null, 'same'),
        ([name, a, b], code) => {
          const place = code === null ? null : (sitesOf('x', [[null, name, null]])[0]?.postalCode ?? null)
          expect(matched([[a, name, place]], [[b, name, place]])).toEqual([])
        },
      ),
    )
  })
})

describe('several sites', () => {
  test('are each matched once, departments with their own kind', () => {
    expect(
      matched(
        [
          ['CHU Besançon - Service Dermatologie', 'Besançon', '25000'],
          ['CHU Besançon - Service Pneumologie', 'Besançon', '25000'],
        ],
        [
          ['CHU Besancon Service Pneumologie', 'Besancon Cedex', '25030'],
          ['CHU Besancon Service Dermatologie', 'Besancon Cedex', '25030'],
        ],
      ),
    ).toEqual(['a0=b1', 'a1=b0'])
  })

  test('of a town keep a site without name apart: it may be any of them', () => {
    const ctgov: Words[] = [
      [null, 'Lyon', '69008'],
      ['Hôpital privé Jean Mermoz', 'Lyon', '69008'],
    ]
    expect(matched(ctgov, [['Centre Leon Berard', 'Lyon', '69008']])).toEqual([])
  })

  test('of one record are never joined with each other', () => {
    const twice: Words[] = [
      ['Gustave Roussy', 'Villejuif', '94800'],
      ['Gustave Roussy', 'Villejuif', '94800'],
    ]
    const groups = matchSites([
      recordWith({ sites: sitesOf('a', twice) }),
      ctisRecordWith({ sites: sitesOf('b', twice) }),
    ])
    expect(groups.map((group) => group.length)).toEqual([2, 2])
  })

  test('come out the same whatever their order', () => {
    const words = fc.tuple(
      fc.constantFrom<(string | null)[]>(null, 'Hôpital Saint-Louis', 'Institut Curie', 'CHU', 'AP-HP', 'Clinique X'),
      fc.constantFrom('Paris', 'Lyon', 'Paris Cedex 13'),
      fc.constantFrom(null, '75010', '75005', '69008'),
    ) as fc.Arbitrary<Words>
    const list = fc.array(words, { maxLength: 4 })
    fc.assert(
      fc.property(list, list, fc.nat(), (ctgov, ctis, seed) => {
        const [a, b] = [sitesOf('a', ctgov), sitesOf('b', ctis)]
        const groups = (left: typeof a, right: typeof b) =>
          matchSites([recordWith({ sites: left }), ctisRecordWith({ sites: right })])
            .map((group) => group.map(({ site }) => site.id).join('='))
            .sort()
        const turned = seed % 2 === 0 ? a.toReversed() : a
        expect(groups(turned, b.toReversed())).toEqual(groups(a, b))
      }),
    )
  })
})
