import { type Static, Type } from 'typebox'

export const DATE_PRECISIONS = ['day', 'month', 'year'] as const

/** A registry date: the text as received, and the first day it can mean, with its precision. */
export const PartialDate = Type.Object(
  {
    text: Type.String(),
    date: Type.String({ format: 'date' }),
    precision: Type.Enum(DATE_PRECISIONS),
  },
  { additionalProperties: false },
)
export type PartialDate = Static<typeof PartialDate>

/**
 * Read `2024`, `2024-05`, `2024-05-31` or an ISO datetime (kept to the day).
 * Returns null for anything that is not a day of the calendar; never guesses.
 */
export function parsePartialDate(text: string): PartialDate | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(text.trim())
  if (!match) return null
  const [, year, month = '01', day = '01'] = match
  const date = `${year}-${month}-${day}`
  const instant = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(date)) return null
  return { text: text.trim(), date, precision: match[3] ? 'day' : match[2] ? 'month' : 'year' }
}
