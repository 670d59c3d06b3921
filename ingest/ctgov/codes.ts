import { lookUp } from '../look-up.ts'

/**
 * ClinicalTrials.gov `country` of France and of overseas France, which the registry lists as countries of their own,
 * to ISO 3166-1 alpha-2. Both spellings of Réunion occur since the registry changed its place names on 2025-08-26.
 */
export const FRENCH_COUNTRIES: Record<string, string> = {
  France: 'FR',
  Réunion: 'RE',
  Reunion: 'RE',
  Guadeloupe: 'GP',
  Martinique: 'MQ',
  'French Guiana': 'GF',
  Mayotte: 'YT',
  'New Caledonia': 'NC',
  'French Polynesia': 'PF',
  'Saint Barthélemy': 'BL',
  'Saint Martin': 'MF',
  'Saint Pierre and Miquelon': 'PM',
  'Wallis and Futuna': 'WF',
}

/** ISO code of a country of France as ClinicalTrials.gov names it; null for any other country. */
export function frenchCountry(name: string): string | null {
  return lookUp(FRENCH_COUNTRIES, name) ?? null
}

const DAYS_PER_YEAR = 365.25

const YEARS_PER_UNIT: Record<string, number> = {
  Year: 1,
  Month: 1 / 12,
  Week: 7 / DAYS_PER_YEAR,
  Day: 1 / DAYS_PER_YEAR,
  Hour: 1 / 24 / DAYS_PER_YEAR,
  Minute: 1 / 1440 / DAYS_PER_YEAR,
}

/**
 * `18 Years`, `6 Months`, `1 Day` (ClinicalTrials.gov age pattern) → years, to four decimals; null when it is not one.
 */
export function readAgeYears(text: string): number | null {
  const match = /^(\d+) (Year|Month|Week|Day|Hour|Minute)s?$/.exec(text)
  const perUnit = lookUp(YEARS_PER_UNIT, match?.[2])
  return match && perUnit !== undefined ? Math.round(Number(match[1]) * perUnit * 1e4) / 1e4 : null
}

/** The registry writes this count where the sponsor does not know how many people will take part. */
export const ENROLLMENT_UNKNOWN = 99_999_999
