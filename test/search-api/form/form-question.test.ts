import { describe, expect, test } from 'vitest'
import { understand } from '../../../search-api/form/form-question.ts'
import { readForm } from '../../../search-api/form/form-values.ts'
import { PLACES } from '../fakes.ts'

const read = (body: object, lang: 'fr' | 'en' = 'fr') => understand(readForm(body), { places: PLACES, lang })

describe('readForm', () => {
  test.each([undefined, null, 'x', [], { unknown: 'x' }])('reads %j as an empty form', (body) => {
    expect(read(body as object)).toEqual({ question: { lang: 'fr' }, errors: [], notes: [] })
  })

  test('trims, cuts and takes the first of repeated fields', () => {
    expect(readForm({ disease: ['  cancer ', 'b'], text: 'x'.repeat(9999) })).toMatchObject({
      disease: 'cancer',
      text: 'x'.repeat(300),
    })
  })
})

describe('understand', () => {
  test.each([
    [{ disease: 'cancer du sein' }, { cancer: 'BRCA' }],
    [{ disease: 'Cancer du Poumon' }, { cancer: 'LUNG' }],
    [{ disease: 'adenocarcinome pulmonaire' }, { cancer: 'LUAD' }],
    [{ disease: 'Sclérose en plaques' }, { condition: 'Sclérose en plaques' }],
    [{ stage: 'IV' }, { stage: 'IV' }],
    [{ stage: 'nonsense' }, {}],
    [{ age: '64' }, { age: 64 }],
    [{ age: '0' }, { age: 0 }],
    [{ priorLines: '0' }, { priorLines: 0 }],
    [{ ecog: '1' }, { ecog: 1 }],
    [{ sex: 'FEMALE' }, { sex: 'FEMALE' }],
    [{ sex: 'x' }, {}],
    [{ text: 'osimertinib' }, { text: 'osimertinib' }],
    [{ place: '69008' }, { place: { postalCode: '69008' } }],
    [{ place: '69 008' }, { place: { postalCode: '69008' } }],
    [{ place: 'lyon' }, { place: { city: 'lyon' } }],
    [{ place: 'Saint-Denis (30)' }, { place: { city: 'Saint-Denis', departement: '30' } }],
    [{ place: 'Saint-Denis (30500)' }, { place: { city: 'Saint-Denis', departement: '30' } }],
    [{ place: 'saint denis', placeAsked: 'saint denis', placeChoice: '30247' }, { place: { code: '30247' } }],
    [{ place: 'Lyon', placeAsked: 'saint denis', placeChoice: '30247' }, { place: { city: 'Lyon' } }],
    [
      { place: 'Lyon', radiusKm: '50' },
      { place: { city: 'Lyon' }, radiusKm: 50 },
    ],
    [{ biomarker: ['HER2'], biomarkerState: ['present'] }, { biomarkers: [{ gene: 'ERBB2', state: 'present' }] }],
    [{ biomarker: 'HER2', biomarkerState: 'absent' }, { biomarkers: [{ gene: 'ERBB2', state: 'absent' }] }],
    [
      { biomarker: ['', 'pd-l1'], biomarkerState: ['present', 'absent'] },
      { biomarkers: [{ gene: 'CD274', state: 'absent' }] },
    ],
    [{ biomarker: 'HER2 V777L' }, { biomarkers: [{ gene: 'ERBB2', alteration: 'V777L', state: 'present' }] }],
    [
      { biomarker: 'amplification du gène HER2' },
      { biomarkers: [{ gene: 'ERBB2', alteration: 'amplification', state: 'present' }] },
    ],
    [{ biomarker: 'dMMR' }, { biomarkers: [{ gene: 'MMR', alteration: 'deficient', state: 'present' }] }],
    [{ contradicted: 'yes' }, { include: ['contradicted'] }],
  ])('%j is %j', (body, question) => {
    expect(read(body)).toMatchObject({ question: { lang: 'fr', ...question }, errors: [] })
    expect(read(body).question).toEqual({ lang: 'fr', ...question })
  })

  test.each([
    [{ age: 'soixante' }, 'age'],
    [{ age: '-1' }, 'age'],
    [{ age: '131' }, 'age'],
    [{ priorLines: '1,5' }, 'priorLines'],
    [{ ecog: '5' }, 'ecog'],
    [{ place: 'Atlantis' }, 'place'],
    [{ place: '00000' }, 'place'],
    [{ radiusKm: '50' }, 'place'],
    [{ biomarker: 'wobble' }, 'biomarker-0'],
    [{ biomarker: 'HER2 wobble' }, 'biomarker-0'],
    [{ biomarker: 'HER2 PD-L1' }, 'biomarker-0'],
  ])('%j is an error of %s, and nothing is guessed', (body, field) => {
    const { errors, question } = read(body)
    expect(errors).toMatchObject([{ field }])
    expect(errors[0]?.message.length).toBeGreaterThan(10)
    expect(question).toEqual({ lang: 'fr' })
  })

  test('homonyms come as choices', () => {
    const [error] = read({ place: 'saint-denis' }).errors
    expect(error?.choices?.map(({ value }) => value).sort()).toEqual(['11339', '30247'])
  })

  test('what was understood otherwise than typed is told', () => {
    expect(read({ disease: 'breast cancer' }).notes).toEqual([expect.stringContaining('Cancer du sein')])
    expect(read({ disease: 'cancer du sein' }).notes).toEqual([])
    expect(read({ disease: 'fatigue' }, 'en').notes).toEqual([expect.stringContaining('"fatigue"')])
  })
})
