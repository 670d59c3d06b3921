import { expect, it } from 'vitest'
import type { Language } from '../../domain/question.ts'
import { kilometresInWords } from '../../ranking/words.ts'

it.each<[number, Language, string]>([
  [0, 'fr', 'moins d’un kilomètre'],
  [0.99, 'en', 'less than a kilometre'],
  [1, 'fr', '1 km'],
  [3.14, 'fr', '3,1 km'],
  [3.14, 'en', '3.1 km'],
  [4.04, 'fr', '4 km'],
  [9.94, 'fr', '9,9 km'],
  [9.95, 'fr', '10 km'],
  [12.4, 'en', '12 km'],
  [999.4, 'fr', '999 km'],
  [999.5, 'fr', '1\u202f000 km'],
  [9354.6, 'fr', '9\u202f355 km'],
  [9354.6, 'en', '9,355 km'],
])('%d kilometres in %s: %s', (km, lang, words) => {
  expect(kilometresInWords(km, lang)).toBe(words)
})
