import { expect, test } from 'vitest'
import { findIdentifiers } from '../../domain/identifiers.ts'

test.each<[string, string, string[]]>([
  ['plain', 'NCT01234567', ['nct:NCT01234567']],
  ['lower case in a sentence', 'also known as nct01234567.', ['nct:NCT01234567']],
  ['nine digits are not an NCT number', 'NCT012345678', []],
  ['a CTIS number loses its resubmission', '2023-505613-24-00', ['euct:2023-505613-24']],
  ['a CTIS number without suffix', 'EU CT 2023-505613-24', ['euct:2023-505613-24']],
  ['EudraCT', '2019-003842-34', ['eudract:2019-003842-34']],
  ['EudraCT with a country suffix', '2013-003828-36-SK', ['eudract:2013-003828-36']],
  [
    'several at once',
    'NCT01234567 / ISRCTN12345678 / U1111-1234-5678',
    ['nct:NCT01234567', 'isrctn:ISRCTN12345678', 'utn:U1111-1234-5678'],
  ],
  ['twice the same', 'NCT01234567, NCT01234567', ['nct:NCT01234567']],
  ['a grant number', '08-524', []],
  ['a telephone number', '+33 2019-103842-34', []],
])('%s', (_, text, expected) => {
  expect(findIdentifiers(text).map(({ kind, value }) => `${kind}:${value}`)).toEqual(expected)
})
