import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findIdentifiers } from '../../domain/identifiers.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { groupRecords } from '../../ingest/identity.ts'
import { recordWith } from './record-factory.ts'

function ctgov(registryId: string, named = '', fields: Partial<NormalisedRecord> = {}): NormalisedRecord {
  const identifiers = [{ kind: 'nct' as const, value: registryId }, ...findIdentifiers(named)]
  return recordWith({ registryId, identifiers, sponsor: null, ...fields })
}

function ctis(registryId: string, named = '', fields: Partial<NormalisedRecord> = {}): NormalisedRecord {
  const identifiers = findIdentifiers(`${registryId} ${named}`)
  return recordWith({ registry: 'ctis', registryId, identifiers, sponsor: null, ...fields })
}

/** Registry numbers of each group. */
function groupsOf(records: NormalisedRecord[], apart: [string, string][] = []): string[][] {
  return groupRecords(records, apart).groups.map((group) => group.map(({ registryId }) => registryId))
}

const ONE = 'NCT00000001'
const TWO = 'NCT00000002'
const EU = '2023-500001-10-00'

describe('two records are one study', () => {
  test.each([
    ['CTIS names the NCT number', ctgov(ONE), ctis(EU, ONE), 'nct'],
    ['ClinicalTrials.gov names the EU CT number', ctgov(ONE, '2023-500001-10-00'), ctis(EU), 'euct'],
    ['… without its resubmission', ctgov(ONE, 'CTIS: 2023-500001-10'), ctis(EU), 'euct'],
    ['both name a EudraCT number', ctgov(ONE, '2019-000001-10'), ctis(EU, '2019-000001-10'), 'eudract'],
    ['both name an ISRCTN number', ctgov(ONE, 'ISRCTN12345678'), ctis(EU, 'isrctn12345678'), 'isrctn'],
    ['they are submissions of one CTIS trial', ctis(EU), ctis('2023-500001-10-01'), 'euct'],
  ])('when %s', (_, a, b, method) => {
    const { groups, links, refused } = groupRecords([a, b])
    expect(groups).toHaveLength(1)
    expect(links.map((link) => link.method)).toContain(method)
    expect(refused).toEqual([])
  })

  test.each([
    ['Assistance Publique - Hôpitaux de Paris', 'ASSISTANCE PUBLIQUE HOPITAUX DE PARIS', 'APHP230001', 'APHP-23 0001'],
    ['Merck Sharp & Dohme LLC', 'Merck Sharp & Dohme Corp.', 'MK-5592-127', 'MK5592-127'],
    ['University Hospital, Bordeaux', 'Centre Hospitalier Universitaire De Bordeaux', 'CHUBX 2021/35', 'CHUBX2021/35'],
  ])('when %s and %s are one sponsor and %s and %s one code', (name, other, code, otherCode) => {
    const a = ctgov(ONE, '', { sponsorProtocolCode: code, sponsor: { name, class: 'OTHER' } })
    const b = ctis(EU, '', { sponsorProtocolCode: otherCode, sponsor: { name: other, class: 'OTHER' } })
    expect(groupRecords([a, b]).links).toMatchObject([{ method: 'protocol' }])
  })
})

describe('two records are two studies', () => {
  const sponsor = { name: 'Invented Sponsor', class: 'OTHER' as const }
  const code = 'IS-2023-01'
  test.each([
    ['that have the same title', ctgov(ONE), ctis(EU)],
    [
      'with the same code of different sponsors',
      ctgov(ONE, '', { sponsor, sponsorProtocolCode: code }),
      ctis(EU, '', { sponsor: { ...sponsor, name: 'Another' }, sponsorProtocolCode: code }),
    ],
    [
      'with the same code and no sponsor',
      ctgov(ONE, '', { sponsorProtocolCode: code }),
      ctis(EU, '', { sponsorProtocolCode: code }),
    ],
    [
      'with a code that is a word',
      ctgov(ONE, '', { sponsor, sponsorProtocolCode: 'PILOT' }),
      ctis(EU, '', { sponsor, sponsorProtocolCode: 'PILOT' }),
    ],
    [
      'of one registry with the same code',
      ctis(EU, '', { sponsor, sponsorProtocolCode: code }),
      ctis('2023-500002-10-00', '', { sponsor, sponsorProtocolCode: code }),
    ],
    ['with two NCT numbers', ctgov(ONE, '2019-000001-10'), ctgov(TWO, '2019-000001-10')],
    ['when CTIS names another NCT number', ctgov(ONE, '2019-000001-10'), ctis(EU, `2019-000001-10 ${TWO}`)],
  ])('%s', (_, a, b) => {
    expect(groupRecords([a, b]).groups).toHaveLength(2)
  })
})

describe('a link that does not hold is told with its reason', () => {
  test('when it would put two NCT numbers into one trial', () => {
    const records = [ctgov(ONE, EU), ctgov(TWO, EU), ctis(EU, ONE)]
    const { refused } = groupRecords(records)
    expect(groupsOf(records)).toContainEqual([TWO])
    expect(refused).toContainEqual({
      a: `ctgov:${ONE}`,
      b: `ctgov:${TWO}`,
      method: 'euct',
      value: '2023-500001-10',
      reason: 'two_nct',
    })
  })

  test('when two studies claim the same CTIS number and it names neither: it joins none', () => {
    const records = [ctgov(ONE, EU), ctgov(TWO, EU), ctis(EU)]
    expect(groupsOf(records)).toHaveLength(3)
    expect(
      groupRecords(records)
        .refused.map(({ reason }) => reason)
        .sort(),
    ).toEqual(['contested', 'contested', 'two_nct'])
  })

  test('when it was decided that the two are apart; the rest of the group stays', () => {
    const records = [ctgov(ONE, '2019-000001-10'), ctis(EU, '2019-000001-10')]
    const { groups, refused } = groupRecords(records, [[`ctgov:${ONE}`, `ctis:${EU}`]])
    expect(groups).toHaveLength(2)
    expect(refused).toMatchObject([{ method: 'eudract', reason: 'apart' }])
  })
})

test('whatever the records: their order does not matter, each is in one group, no group has two NCT numbers', () => {
  const number = fc.constantFrom('', ONE, TWO, '2023-500001-10', '2023-500002-10', '2019-000001-10', 'ISRCTN12345678')
  const named = fc.array(number, { maxLength: 3 }).map((numbers) => numbers.join(' '))
  const record = fc.oneof(
    fc.tuple(fc.constantFrom(ONE, TWO, 'NCT00000003'), named).map(([id, text]) => ctgov(id, text)),
    fc.tuple(fc.constantFrom(EU, '2023-500001-10-01', '2023-500002-10-00'), named).map(([id, text]) => ctis(id, text)),
  )
  const records = fc.uniqueArray(record, { selector: ({ registryId }) => registryId, maxLength: 6 })
  fc.assert(
    fc.property(
      records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const grouping = groupRecords(list)
        expect(groupRecords(shuffled)).toEqual(grouping)
        expect(
          grouping.groups
            .flat()
            .map(({ registryId }) => registryId)
            .sort(),
        ).toEqual(list.map(({ registryId }) => registryId).sort())
        for (const group of grouping.groups) {
          const ncts = group.filter(({ registry }) => registry === 'ctgov')
          expect(ncts.length).toBeLessThanOrEqual(1)
        }
      },
    ),
    { numRuns: 300 },
  )
})
