import { expect, test } from 'vitest'
import { BIOMARKER_ENTRIES } from '../../domain/vocabulary/biomarkers.ts'
import { CANCER_ENTRIES } from '../../domain/vocabulary/cancers.ts'
import { THERAPY_ENTRIES } from '../../domain/vocabulary/therapies.ts'
import { createMiniSearchIndex } from '../../sync/minisearch.ts'
import { readTextQuery } from '../../sync/text-query.ts'
import { vocabularyConcepts } from '../../sync/vocabulary-concepts.ts'
import { indexDocument } from '../contract/search-index.ts'

const concepts = vocabularyConcepts()
const terms = (text: string) => readTextQuery(text, 'fr', concepts).words.map(({ term }) => term)

test.each([
  ['cancer du poumon', 'lung cancer'],
  ['HER-2', 'ERBB2'],
  ['cancer du sein', 'breast cancer'],
  ['CBNPC', 'non-small cell lung cancer'],
])('"%s" and "%s" ask the same', (one, other) => {
  expect(terms(one)).toHaveLength(1)
  expect(terms(one)).toEqual(terms(other))
})

test.each([
  ['BRCA1', 'BRCA2'],
  ['EGFR', 'ALK'],
  ['cancer du sein', 'cancer du poumon'],
])('"%s" and "%s" do not', (one, other) => expect(terms(one)).not.toEqual(terms(other)))

test('the narrower answers the wider, not the other way round', async () => {
  const index = await createMiniSearchIndex({ dir: null, concepts })
  await index.put([
    indexDocument({ id: 'narrow', titles: ['Lung adenocarcinoma'] }),
    indexDocument({ id: 'wide', titles: ['Cancer du poumon'] }),
  ])
  const find = async (text: string) => (await index.search(text, { lang: 'fr', limit: 9 })).map(({ id }) => id).sort()
  expect(await find('lung cancer')).toEqual(['narrow', 'wide'])
  expect(await find('adénocarcinome pulmonaire')).toEqual(['narrow'])
  await index.close()
})

test('the pieces of BRCA1/2 are both there', async () => {
  const index = await createMiniSearchIndex({ dir: null, concepts })
  await index.put([
    indexDocument({ id: 'both', titles: ['BRCA1/2 carriers'] }),
    indexDocument({ id: 'one', titles: ['BRCA1'] }),
  ])
  const find = async (text: string) => (await index.search(text, { lang: 'fr', limit: 9 })).map(({ id }) => id).sort()
  expect(await find('BRCA2')).toEqual(['both'])
  expect(await find('brca1')).toEqual(['both', 'one'])
  await index.close()
})

test('every sure name of the vocabulary is found, and no two codes share a term', () => {
  const codes = new Map<string, string>()
  for (const [kind, entries] of Object.entries({
    cancer: CANCER_ENTRIES,
    gene: BIOMARKER_ENTRIES,
    treatment: THERAPY_ENTRIES,
  })) {
    for (const { surface, value } of entries) {
      if (value.unsure) continue
      const term = `x${kind}${value.code.toLowerCase().replace(/[^a-z0-9]/g, '')}`
      expect(codes.get(term) ?? value.code).toBe(value.code)
      codes.set(term, value.code)
      expect(
        concepts.find(surface).some(({ start }) => start === 0),
        surface,
      ).toBe(true)
    }
  }
})

test('the version stays the same for the same vocabulary', () => {
  expect(vocabularyConcepts().version).toBe(concepts.version)
})
