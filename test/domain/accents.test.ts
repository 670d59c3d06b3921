import { expect, test } from 'vitest'
import { unaccented, withoutAccents } from '../../domain/accents.ts'

test.each([
  ['Sacré-Cœur', 'Sacre-Cœur', 'sacre-coeur'],
  ['ÆTIOLOGIE', 'ÆTIOLOGIE', 'aetiologie'],
  ["L'Haÿ-les-Roses", "L'Hay-les-Roses", "l'hay-les-roses"],
  ['Sacré'.normalize('NFD'), 'Sacre', 'sacre'],
  ['plain text 2', 'plain text 2', 'plain text 2'],
  ['', '', ''],
])('%s without accents', (text, same, lower) => {
  expect(withoutAccents(text)).toBe(same)
  expect(unaccented(text)).toBe(lower)
})
