import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { excluding, including, readKind, trial } from './input.ts'

/** `III, IV · relapsed`: stages, then settings, that let in. */
function extents(input: CriteriaInput): string {
  const words = (kind: 'stage' | 'setting') =>
    readKind(input, kind).flatMap(({ anyOf, polarity }) => (polarity === 'required' ? anyOf : []))
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

describe('numerals', () => {
  test.each([
    ['Lung cancer of stage IIIB/C or IV', 'IIIB, IIIC, IV'],
    ['Cervix cancer, FIGO stage IIIA-C', 'IIIA, IIIB, IIIC'],
    ['Cervix cancer, FIGO 2018 IIICr', 'IIIC'],
    ['Lung cancer of stage IIIB (no surgery possible, N3) or IV', 'IIIB, IV'],
    ['Lung cancer, stage IIIB IV', 'IIIB, IV'],
    ['Lymphoma of stage IE or IIE', 'IE, IIE'],
    ['Clinical stage of disease: II, III, IVA', 'II, III, IVA'],
    ['Lung cancer of stage Ⅲ or Ⅳ', 'III, IV'],
    ['Carcinome de stade III à IV', 'III, IV'],
    ['Non-squamous lung cancer with stage IV disease', 'IV'],
    ['Carcinoma after chemoradiation given for stage I-III disease', ''],
    ['Cancer with stage 3 chronic kidney disease', ''],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence)).split(' · ')[0]).toBe(expected)
  })
})

describe('words said of something else', () => {
  test.each([
    ['Indolent lymphoma', ' · '],
    ['Cancer with no clinical or radiographic evidence of metastatic disease', ' · '],
    ['Scan of the bones that is negative for metastatic carcinoma', ' · '],
    ['Cancer, ALT ≤ 3 x ULN (5 x ULN in metastatic disease of the liver)', ' · '],
    ['Tumour tissue of a primary or metastatic lesion', ' · '],
    ['Carcinoma with metastatic lymph nodes', ' · '],
    ['Carcinoma at increased risk of recurrence', ' · '],
    ['Cancer that had a first recurrence', ' · relapsed'],
    ['Leukaemia in second or later relapse', ' · relapsed'],
    ['In first complete remission', ' · remission'],
    ['Cancer with a biochemical recurrence', ' · relapsed'],
    ['Cancer that has spread to other parts of the body', 'metastatic · '],
    ['Leukaemia fit for remission induction therapy', ' · '],
    ['Cancer, treatment-naive to immunotherapy', ' · '],
    ['Cancer with untreated brain metastases', ' · '],
    ['Cancer patients at high risk of bleeding', ' · '],
    ['Cancer at high risk of recurrence', ' · high_risk'],
    ['Leukaemia after advanced molecular profiling', ' · '],
    ['Tumour that can be completely resected', ' · '],
    ['Kidney cancer that is non-metastatic and fit for the planned resection', 'localised · '],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(expected)
  })

  test.each([
    ['Invented block for postoperative pain in breast cancer', ' · '],
    ['Invented drug in leukaemia after first-line chemotherapy', ' · '],
    ['Invented drug in early breast cancer without disease recurrence', 'localised · '],
    ['Postoperative radiotherapy of an invented cancer', ' · resected'],
  ])('title: %s', (title, expected) => {
    expect(extents(titled(title))).toBe(expected)
  })
})

describe('risk groups that share the word', () => {
  test.each([
    ['Prostate cancer of low, intermediate or high risk', 'high_risk, intermediate_risk, low_risk'],
    ['Intermediate/high-risk myelodysplastic syndrome', 'high_risk, intermediate_risk'],
    ['High-risk myeloma', 'high_risk'],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(` · ${expected}`)
  })
})

describe('an operation', () => {
  test.each([
    ['Cancer that is amenable to surgical resection', 'resectable'],
    ['Candidates for curative surgery of their cancer', 'resectable'],
    ['Cancer that is not a candidate for complete resection', 'unresectable'],
    ['Carcinoma after macroscopically complete resection', 'resected'],
    ['Carcinoma that recurred after complete resection', 'relapsed'],
    ['Cancer treated with curative surgery or radiotherapy', ''],
    ['Cancer without metastases and amenable to resection or ablation', ''],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(` · ${expected}`)
  })
})

describe('TNM', () => {
  test.each([
    ['Prostate cancer of clinical stage T1c or T2a', 'localised'],
    ['Carcinoma cT2aN0M0', 'localised'],
    ['Carcinoma of stage T1-T3', ''],
    ['M1 disease', 'metastatic'],
    ['Carcinoma of stage T2 but not M1', ''],
    ['Carcinoma of stage T2 N1', ''],
    ['Tumour with a T1 signal on MRI', ''],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(`${expected} · `)
  })
})

describe('alternatives of stage and setting', () => {
  test.each([
    ['Recurrent or metastatic carcinoma', 'metastatic · metastatic, relapsed'],
    [
      'Locally advanced, recurrent, or metastatic cancer',
      'locally_advanced, metastatic · locally_advanced, metastatic, relapsed',
    ],
    ['Unresectable or metastatic carcinoma', 'metastatic, unresectable · unresectable'],
    ['Locally advanced unresectable or metastatic carcinoma', 'locally_advanced, metastatic · unresectable'],
    ['Recurrent metastatic carcinoma', 'metastatic · relapsed'],
    ['Relapsed or refractory, metastatic carcinoma', 'metastatic · refractory, relapsed'],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(expected)
  })

  test.each([
    ['Metastatic prostate cancer', 'Drug for advanced prostate cancer', 'metastatic · '],
    ['Metastatic prostate cancer', 'Drug for advanced or metastatic prostate cancer', 'advanced, metastatic · '],
    [
      'Recurrent or metastatic prostate cancer',
      'Drug for advanced prostate cancer',
      'advanced, metastatic · metastatic, relapsed',
    ],
  ])('"%s", and a title that says advanced: %s', (sentence, briefTitle, expected) => {
    expect(extents(trial(`Inclusion Criteria:\n\n* ${sentence}\n`, { briefTitle }))).toBe(expected)
  })

  test('a title that asks for recurrence asks it of everyone', () => {
    const input = {
      ...including('Recurrent or metastatic carcinoma'),
      briefTitle: 'Invented drug in recurrent carcinoma',
    }
    expect(extents(input)).toBe('metastatic · relapsed')
  })

  test('of several conditions, one without a setting lets in whoever has it', () => {
    const conditions = ['Recurrent Prostate Cancer', 'Stage I Prostate Cancer']
    expect(extents(trial('', { conditions }))).toBe('I · ')
    expect(extents(trial('', { conditions: ['Recurrent Leukemia', 'Refractory Leukemia'] }))).toBe(
      ' · refractory, relapsed',
    )
  })
})

test('what one cohort alone asks binds nobody else', () => {
  const cohortOf = (text: string) =>
    readKind(trial(`Inclusion Criteria:\n\n${text}`), 'stage').map(({ cohort }) => cohort)
  expect(cohortOf('* Cohort A: carcinoma of stage II\n* Cohort B: any melanoma\n')).toEqual(['cohort a'])
  expect(cohortOf('* Cohort A: carcinoma of stage II\n* Cohort B: carcinoma of stage III\n')).toEqual([null])
})

describe('a cancer never treated', () => {
  test.each([
    ['Previously untreated lymphoma', ' · newly_diagnosed'],
    // It may be a recurrence that is untreated: the lines of treatment say the rest.
    ['Previously untreated metastatic carcinoma', 'metastatic · '],
    ['Newly diagnosed metastatic carcinoma', 'metastatic · newly_diagnosed'],
    ['Previously untreated or relapsed metastatic carcinoma', 'metastatic · newly_diagnosed, relapsed'],
  ])('%s', (sentence, expected) => {
    expect(extents(including(sentence))).toBe(expected)
  })
})

describe('distant metastases kept out', () => {
  const keptOut = (input: CriteriaInput) =>
    readKind(input, 'stage').flatMap(({ anyOf, polarity }) => (polarity === 'excluded' ? anyOf : []))

  test.each(['Metastatic disease', 'Presence of distant metastases.', 'Stage IV disease', 'Known metastatic cancer'])(
    'excluded: %s',
    (sentence) => {
      expect(keptOut(excluding(sentence))).toEqual(['metastatic'])
    },
  )
  test.each([
    'Brain metastases',
    'Metastatic disease to the liver',
    'Prior treatment of metastatic disease',
    'Metastases of another cancer',
  ])('not as such: %s', (sentence) => {
    expect(keptOut(excluding(sentence))).toEqual([])
  })
  test.each([
    ['Prostate cancer without distant metastases', ['metastatic']],
    ['Carcinoma of stage T3 N1 M0', ['metastatic']],
    ['No evidence of metastatic disease outside the liver', []],
    ['No bone metastases', []],
    ['Advanced carcinoma, no metastases', []],
  ])('included: %s', (sentence, expected) => {
    expect(keptOut(including(sentence))).toEqual(expected)
  })
  test('of one cohort', () => {
    const text = 'Inclusion Criteria:\n\n* Cohort A:\n  * No distant metastases\n* Cohort B:\n  * Any carcinoma\n'
    expect(keptOut(trial(text))).toEqual([])
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
