import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_WORDS, readTextQuery, typosForgiven } from '../../sync/text-query.ts'
import { CONCEPTS } from '../contract/search-index.ts'

const read = (text: string, lang: 'fr' | 'en' = 'fr') => readTextQuery(text, lang, CONCEPTS)
const written = (text: string) => read(text).words.map(({ term, exact }) => (exact ? `=${term}` : term))

test.each<[string, string[]]>([
  ['cancer du poumon EGFR', ['=conceptlung', '=egfr']],
  ['HER-2 sein', ['=concepterbb2', 'sein']],
  ['osimertinib', ['osimertinib']],
  ['AZD9291', ['=azd9291']],
  ['azd 9291', ['=azd9291']],
  ['MET', ['=symbolmet']],
  ['CAR T', ['=cart']],
  ['car t', ['cart']],
  ['essai clinique mélanome', ['melanom']],
  ['essai clinique', ['essai', 'cliniqu']],
  ['MÉLANOME DE LA PEAU', ['melanom', 'peau']],
  ['mélanome mélanomes', ['melanom']],
  ['', []],
  ['« … »', []],
])('%s is read as %j', (text, expected) => expect(written(text)).toEqual(expected))

test.each<[string, string[]]>([
  ['NCT01234567', ['NCT01234567']],
  ['nct 01234567 poumon', ['NCT01234567']],
  ['2023-505613-24-00', ['2023-505613-24']],
  ['NCT01234567, 2019-003842-34', ['NCT01234567', '2019-003842-34']],
])('%s asks for numbers', (text, numbers) => expect(read(text)).toEqual({ numbers, words: [] }))

test('the head of a joined word may stand for it', () => {
  expect(read('hépatite b').words).toEqual([{ term: 'hepatiteb', exact: false, loose: 'hepatit' }])
})

test('ten words at most, the exact ones first, in the order typed', () => {
  const text = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima BRCA1'
  const { words } = read(text, 'en')
  expect(words).toHaveLength(MOST_WORDS)
  expect(words.at(-1)).toMatchObject({ term: 'brca1', exact: true })
  expect(words[0]).toMatchObject({ term: 'alpha' })
})

test('any text is read, in a bounded number of words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('fr' as const, 'en' as const), (text, lang) => {
      const { words, numbers } = read(text, lang)
      expect(words.length).toBeLessThanOrEqual(MOST_WORDS)
      expect(words.length === 0 || numbers.length === 0).toBe(true)
      for (const { term } of words) expect(term).toMatch(/^[\p{Script=Latin}0-9]+$/u)
    }),
  )
})

test('short words are forgiven nothing, long ones two letters', () => {
  expect(['lung', 'poumon', 'cetuximab', 'pembrolizumab'].map(typosForgiven)).toEqual([0, 1, 1, 2])
})
