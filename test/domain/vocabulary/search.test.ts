import { describe, expect, test } from 'vitest'
import { searchTerms, VOCABULARY_KINDS } from '../../../domain/vocabulary/search.ts'

const codes = (kind: (typeof VOCABULARY_KINDS)[number], text: string, limit = 5) =>
  searchTerms(kind, text, { lang: 'fr', limit }).map(({ code }) => code)

describe('searchTerms', () => {
  test.each([
    ['cancers', 'luad', 'LUAD'],
    ['cancers', 'adenocarcinome pulm', 'LUAD'],
    ['cancers', 'breast cancer', 'BRCA'],
    ['cancers', 'sein cancer', 'BRCA'],
    ['biomarkers', 'her2', 'ERBB2'],
    ['biomarkers', 'CD274', 'CD274'],
    ['biomarkers', 'EGFR exon 20', 'EGFR'],
    ['biomarkers', 'her2 exon 20', 'ERBB2'],
    ['therapies', 'nivo', 'nivolumab'],
    ['settings', 'rechute', 'relapsed'],
  ] as const)('%s: "%s" finds %s', (kind, text, code) => {
    expect(codes(kind, text)).toContain(code)
  })

  test.each([
    ['cancers', 'canser du poumon', 'LUNG'],
    ['cancers', 'glioblastmoe', 'GB'],
    ['cancers', 'myelone multiple', 'PCM'],
    ['cancers', 'cancer du pancreas', 'PANCREAS'],
    ['cancers', 'leucem', 'ANY_LEUKEMIA'],
    ['therapies', 'pembrolizumabe', 'pembrolizumab'],
    ['therapies', 'nivolumba', 'nivolumab'],
    ['biomarkers', 'EML4-ALK', 'ALK'],
    ['settings', 'refracatire', 'refractory'],
  ] as const)('%s: "%s" finds %s for all its slips', (kind, text, code) => {
    expect(codes(kind, text)).toContain(code)
  })

  test('everyday words come first', () => {
    expect(codes('cancers', 'leucémie', 1)).toEqual(['ANY_LEUKEMIA'])
    expect(codes('cancers', 'lymphome', 1)).toEqual(['ANY_LYMPHOMA'])
    expect(codes('cancers', 'cancer du col', 1)).toEqual(['CERVIX'])
    expect(codes('therapies', 'chimio', 1)).toEqual(['chemotherapy'])
  })

  test('a whole name comes before names that only begin so', () => {
    expect(codes('cancers', 'cancer du sein')[0]).toBe('BRCA')
  })

  test('labels are in the language asked, and the name that matched is told', () => {
    const [hit] = searchTerms('biomarkers', 'human epidermal growth factor receptor 2', { lang: 'en', limit: 1 })
    expect(hit).toMatchObject({ code: 'ERBB2', label: 'HER2', matched: 'human epidermal growth factor receptor 2' })
  })

  test('nothing typed lists all, nothing known finds none', () => {
    for (const kind of VOCABULARY_KINDS) {
      expect(codes(kind, '', 3)).toHaveLength(3)
      expect(codes(kind, 'zzzz')).toEqual([])
    }
  })
})
