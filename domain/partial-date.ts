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

/** The last day a partial date can mean: what a completion date given as a month promises. */
export function lastDay({ date, precision }: PartialDate): string {
  if (precision === 'day') return date
  const [year, month] = date.split('-').map(Number) as [number, number]
  const end = precision === 'year' ? Date.UTC(year, 12, 0) : Date.UTC(year, month, 0)
  return new Date(end).toISOString().slice(0, 10)
}

const DAY_MS = 86_400_000

/** Whole days from one ISO date to another; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / DAY_MS,
  )
}
