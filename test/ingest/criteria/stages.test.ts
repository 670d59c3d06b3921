import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { including, readKind, trial } from './input.ts'

/** `III, IV · relapsed`: stages, then settings. */
function extents(input: CriteriaInput): string {
  const words = (kind: 'stage' | 'setting') => readKind(input, kind).flatMap(({ anyOf }) => anyOf)
  return [words('stage'), words('setting')].map((part) => part.join(', ')).join(' · ')
}
const titled = (briefTitle: string) => trial('', { briefTitle })

describe('stage and setting of the disease', () => {
  test.each([
    ['Stage IIIB to IV lung cancer', 'IIIB, IIIC, IIID, IV · '],
    ['Carcinome mammaire de stade II ou III', 'II, III · '],
    ['Histologically proven, locally advanced or metastatic carcinoma', 'locally_advanced, metastatic · '],
    ['Relapsed or refractory lymphoma', ' · refractory, relapsed'],
    ['Sarcoma that is not amenable to curative surgery', ' · unresectable'],
    ['Melanoma without metastatic disease', ' · '],
    ['Adenocarcinoma after adjuvant chemotherapy', ' · '],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(expected)
  })
})

describe('the setting of a treatment, in titles', () => {
  test.each([
    ['Invented drug as adjuvant treatment of melanoma', ' · adjuvant'],
    ['Neoadjuvant invented drug in breast cancer', ' · neoadjuvant'],
    ['Invented drug in breast cancer resistant to adjuvant hormone therapy', ' · '],
    ['Invented drug in myeloma that progressed on maintenance', ' · '],
  ])('%s', (title, expected) => {
    expect(extents(titled(title))).toBe(expected)
  })
})

describe('the words quoted', () => {
  const quoted = (sentence: string) => readKind(including(sentence), 'stage').map(({ quote }) => quote)

  test('go from the first to the last that the stages were read from', () => {
    expect(quoted('Lung cancer of stage IIIB or IIIC that cannot be cured by radiation, or stage IV')).toEqual([
      'stage IIIB or IIIC that cannot be cured by radiation, or stage IV',
    ])
    expect(quoted('Melanoma of stage III')).toEqual(['stage III'])
  })

  test('stay short where much stands between', () => {
    const between = 'with nodes that were proven by a biopsy '.repeat(6)
    expect(quoted(`Lung cancer of stage IIIB ${between}or stage IV`)).toEqual(['stage IIIB'])
  })
})
