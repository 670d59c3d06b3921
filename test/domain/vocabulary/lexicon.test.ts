import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLexicon } from '../../../domain/vocabulary/lexicon.ts'

const lexicon = createLexicon([
  { surface: 'PD-L1', value: 'CD274' },
  { surface: 'HER2', value: 'ERBB2' },
  { surface: 'HER-2/neu', value: 'ERBB2' },
  { surface: 'non-small cell lung cancer', value: 'NSCLC' },
  { surface: 'lung cancer', value: 'LUNG' },
  { surface: 'tumeur de l’œsophage', value: 'ESCA' },
  { surface: 'leucémie aiguë myéloïde', value: 'AML' },
  { surface: 'acute myeloid leukemia', value: 'AML' },
  { surface: 'chemotherapy', value: 'chemotherapy' },
  { surface: 'ALL', value: 'ALL', caseSensitive: true },
  { surface: 'TROP2', value: 'TROP2', caseSensitive: true },
  { surface: 'trop 2 days', value: 'never' },
  { surface: 't(11;14)', value: 't1114' },
  { surface: 'cutaneous T-cell', value: 'cutaneous T' },
  { surface: 'cutaneous squamous', value: 'cutaneous squamous' },
  { surface: 'neoplasms, breast', value: 'BREAST' },
  { surface: 'HR+', value: 'HR' },
  { surface: 'HLA-A*02:01', value: 'HLA' },
  { surface: 'PDGFR alpha', value: 'PDGFRA' },
  { surface: 'Hodgkin lymphoma', value: 'HL' },
])
const values = (text: string) => lexicon.findAll(text).map((found) => found.value)
const slices = (text: string) => lexicon.findAll(text).map((found) => text.slice(found.start, found.end))

describe('createLexicon', () => {
  it.each([
    ['PD-L1 PDL1 PD L1 PD‑L1 PD–L1 pd/l1 pd\\-l1', Array(7).fill('CD274')],
    ['PD-L12, xPD-L1, PD-L1b', []],
    ['HER2 HER-2 her 2/neu HER2neu HER 2', ['ERBB2', 'ERBB2', 'ERBB2', 'ERBB2', 'ERBB2']],
    ['Non Small-Cell Lung\ncancers', ['NSCLC']],
    ['lung\n\ncancer', []],
    ['small cell lung cancer', ['LUNG']],
    ["Tumeurs de l'oesophage; TUMEUR DE L ŒSOPHAGE", ['ESCA', 'ESCA']],
    ['leucémies aigues myeloides'.normalize('NFD'), ['AML']],
    ['Acute Myeloid Leukaemia / leukemias', ['AML']],
    ['chemotherapies and chemotherapy', ['chemotherapy', 'chemotherapy']],
    ['all patients with ALL (ALLs)', ['ALL', 'ALL']],
    ['TROP2 TROP 2 Trop2', ['TROP2']],
    ['t(11;14), t (11; 14), T(11:14)', ['t1114', 't1114']],
    ['cutaneous T-cell, cutaneous  squamous', ['cutaneous T', 'cutaneous squamous']],
    ['neoplasms, breast; neoplasm, breast', ['BREAST', 'BREAST']],
    ['HR+/HER2-', ['HR', 'ERBB2']],
    ['HLA-A\\*02:01 positive', ['HLA']],
    ['PDGFRα', ['PDGFRA']],
    ["Hodgkin's lymphoma, Hodgkin’s lymphoma(s)", ['HL', 'HL']],
    ['', []],
  ])('finds the terms of %j', (text, expected) => {
    expect(values(text)).toEqual(expected)
  })

  it('gives the slice that was met, plural included', () => {
    expect(slices('Stage IV non‑small-cell lung cancers, PDL1 ≥ 1%')).toEqual(['non‑small-cell lung cancers', 'PDL1'])
  })

  it('prefers the longest term, and falls back to a shorter one that fits', () => {
    const nested = createLexicon([
      { surface: 'EGFR', value: 1 },
      { surface: 'EGFR exon 20 insertion', value: 2 },
    ])
    expect(nested.findAll('EGFR exon 20 insertion; EGFR exon 20 skipping').map((found) => found.value)).toEqual([2, 1])
  })

  it('looks a whole text up', () => {
    expect(lexicon.lookUp(' Lung  Cancers ')).toBe('LUNG')
    expect(lexicon.lookUp('lung cancer, advanced')).toBeNull()
  })

  it('refuses a surface without letters', () => {
    expect(() => createLexicon([{ surface: ' - ', value: 1 }])).toThrow(RangeError)
  })

  it('never overlaps, stays inside the text and keeps order, whatever the text', () => {
    const word = fc.constantFrom(
      'PD',
      '-L1',
      'HER',
      '2',
      ' ',
      'non',
      'small cell',
      'lung',
      'cancer',
      's',
      '\\',
      'ALL',
      'é',
      '(s)',
      '\n',
      '☃',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join('')
        let last = 0
        for (const { start, end } of lexicon.findAll(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          last = end
        }
      }),
    )
  })

  it('reads a megabyte of near misses in linear time', () => {
    const text = 'non-small cell lung '.repeat(50_000)
    const started = performance.now()
    expect(values(text)).toEqual([])
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
