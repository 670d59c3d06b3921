import fc from 'fast-check'
import { expect, test } from 'vitest'
import { looksLikeCode, stemOf, wordsOf } from '../../sync/words.ts'

const terms = (text: string, keepPieces = false) => wordsOf(text, { keepPieces }).map(({ term }) => term)

test.each<[string, string[]]>([
  ['Œsophage', ['oesophage']],
  ['Métastasé', ['metastase']],
  ['Keytruda™', ['keytruda']],
  ['ﬁbrose', ['fibrose']],
  ['HER-2', ['her2']],
  ['HER 2', ['her2']],
  ['HER2-positive', ['her2', 'positive']],
  ['PD-L1 and PD L1 and PDL1', ['pdl1', 'pdl1', 'pdl1']],
  ['anti-PD-1', ['anti', 'pd1']],
  ['CAR-T cells', ['cart', 'cells']],
  ['c-MET', ['cmet']],
  ['T-DM1', ['tdm1']],
  ['5-FU', ['5fu']],
  ['BRCA1/2', ['brca1', 'brca2']],
  ['CDK4/6 inhibitor', ['cdk4', 'cdk6', 'inhibitor']],
  ['NTRK1/2/3', ['ntrk1', 'ntrk2', 'ntrk3']],
  ['EGFR L858R', ['egfr', 'l858r']],
  ['hépatite B', ['hepatiteb']],
  ['l’adénocarcinome d’origine', ['adenocarcinome', 'origine']],
  ["Hodgkin's lymphoma", ['hodgkin', 'lymphoma']],
  ['non-small-cell', ['non', 'small', 'cell']],
  ['18 ans, 50 %', ['ans']],
  ['the OR de la', ['or']],
  ['TNF-α, IFN-γ', ['tnf', 'alpha', 'ifn', 'gamma']],
  ['癌症 العربية BRCA1', ['brca1']],
  ['a/b', []],
  ['', []],
])('%s reads as %j', (text, expected) => expect(terms(text)).toEqual(expected))

test('an index keeps the pieces of joined words too', () => {
  expect(terms('HER-2', true)).toEqual(['her2', 'her'])
  expect(terms('T-cell lymphoma', true)).toEqual(['tcell', 'cell', 'lymphoma'])
})

test.each([
  ['her2', true],
  ['l858r', true],
  ['azd9291', true],
  ['melanoma', false],
])('%s looks like a code: %s', (term, expected) => expect(looksLikeCode({ term, capitals: false })).toBe(expected))

test('capitals make a code: ALK, not a long word', () => {
  expect(looksLikeCode({ term: 'alk', capitals: true })).toBe(true)
  expect(looksLikeCode({ term: 'melanoma', capitals: true })).toBe(false)
})

test.each([
  ['fr', 'metastases', 'metastase'],
  ['fr', 'cerebrales', 'cerebral'],
  ['en', 'lymphomas', 'lymphoma'],
  ['en', 'metastatic', 'metastatically'],
] as const)('in %s, %s and %s have one stem', (lang, one, other) => expect(stemOf(one, lang)).toBe(stemOf(other, lang)))

test('codes have no stem', () => expect(stemOf('her2', 'en')).toBe('her2'))

test('what the index keeps of a text, a question with the same text finds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const kept = new Set(terms(text, true))
      for (const term of terms(text)) expect(kept).toContain(term)
    }),
  )
})

test('a word of any length is read in linear time', () => {
  const start = performance.now()
  terms(`${'-a'.repeat(50_000)} ${"l'".repeat(50_000)} ${'BRCA1/2'.repeat(20_000)} ${'/1'.repeat(50_000)}`, true)
  expect(performance.now() - start).toBeLessThan(2_000)
})
