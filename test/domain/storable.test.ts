import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storable } from '../../domain/storable.ts'

test('a value that is fine is returned as it is', () => {
  for (const value of [{ a: ['é 😀', 1, null, true] }, 'text', 3, null, undefined]) expect(storable(value)).toBe(value)
})

test.each([
  ['a\u0000b', 'ab'],
  ['\ud800', '\ufffd'],
  ['x\udc9d\ud83d\ude00', 'x\ufffd😀'],
  ['\\u0000 written out', '\\u0000 written out'],
])('%j becomes %j, in keys as in values', (text, expected) => {
  expect(storable(text)).toBe(expected)
  expect(storable({ [text]: [text] })).toEqual({ [expected]: [expected] })
})

test('whatever comes out has nothing in it that PostgreSQL refuses, and is not changed again', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.string({ unit: 'binary' }), (value, text) => {
      const clean = storable({ value, [`${text}\ud812\u0000`]: text })
      expect(stringsIn(clean).filter((found) => found.includes('\u0000') || !found.isWellFormed())).toEqual([])
      expect(storable(clean)).toBe(clean)
    }),
  )
})

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)])
}
