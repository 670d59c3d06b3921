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
    ['therapies', 'nivo', 'nivolumab'],
    ['settings', 'rechute', 'relapsed'],
  ] as const)('%s: "%s" finds %s', (kind, text, code) => {
    expect(codes(kind, text)).toContain(code)
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
