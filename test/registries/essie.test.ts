import { expect, test } from 'vitest'
import { EssieError, parseEssie, type Searchable } from './essie.ts'

const location = (country: string, status?: string): Searchable => {
  const values: Record<string, string[]> = { LocationCountry: [country], LocationStatus: status ? [status] : [] }
  return { values: (field) => values[field], nested: () => undefined }
}

/** A study that is closed in France and open in Spain. */
const study: Searchable = {
  values: (field) =>
    ({
      LocationCountry: ['France', 'Spain', 'French Guiana'],
      LocationStatus: ['COMPLETED', 'RECRUITING'],
      LastUpdatePostDate: ['2026-11-10'],
      ResultsFirstPostDate: [],
    })[field],
  nested: (kind) =>
    kind === 'Location'
      ? [location('France', 'COMPLETED'), location('Spain', 'RECRUITING'), location('French Guiana')]
      : undefined,
}

test.each<[string, boolean]>([
  ['AREA[LocationCountry]France', true],
  ['AREA[LocationCountry]france', true],
  ['AREA[LocationCountry]Germany', false],
  ['AREA[LocationCountry]"French Guiana"', true],
  ['AREA[LocationCountry]French Guiana', false],
  ['AREA[LocationCountry](Germany OR "French Guiana")', true],
  ['AREA[LocationCountry]France AND AREA[LocationStatus]RECRUITING', true],
  ['SEARCH[Location](AREA[LocationCountry]France AND AREA[LocationStatus]RECRUITING)', false],
  ['SEARCH[Location](AREA[LocationCountry]Spain AND AREA[LocationStatus]RECRUITING)', true],
  [
    'SEARCH[Location]((AREA[LocationCountry]France OR AREA[LocationCountry]Spain) AND AREA[LocationStatus](RECRUITING OR SUSPENDED))',
    true,
  ],
  ['SEARCH[Location](AREA[LocationCountry]"French Guiana" AND AREA[LocationStatus]MISSING)', true],
  ['AREA[LastUpdatePostDate]RANGE[2026-11-10,MAX]', true],
  ['AREA[LastUpdatePostDate]RANGE[2026-11-11,MAX]', false],
  ['AREA[LastUpdatePostDate]RANGE[MIN, 2026-11-10]', true],
  ['AREA[ResultsFirstPostDate]RANGE[MIN,MAX]', false],
  ['AREA[ResultsFirstPostDate]MISSING', true],
  ['NOT AREA[LocationCountry]Germany AND AREA[LocationCountry]Spain', true],
  ['AREA[LocationCountry]Germany OR AREA[LocationCountry]Spain AND AREA[LocationStatus]SUSPENDED', false],
  ['ALL', true],
])('%s', (expression, expected) => {
  expect(parseEssie(expression)(study)).toBe(expected)
})

test.each([
  'AREA[LocationCountry](France',
  'AREA[LocationCountry]France)',
  'AREA[LocationCountry]',
  'AND',
  '',
  'AREA[NoSuchArea]x',
])('"%s" cannot be read', (expression) => {
  expect(() => parseEssie(expression)(study)).toThrow(EssieError)
})
