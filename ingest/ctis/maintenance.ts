/** Weekday (0 Sunday), first and last hour in Amsterdam, and whether only the first of the month counts. */
const WINDOWS = [
  { weekday: 2, from: 18, to: 21, firstOnly: false },
  { weekday: 4, from: 18, to: 21, firstOnly: false },
  { weekday: 6, from: 10, to: 14, firstOnly: true },
]
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const HOUR_MS = 3_600_000

const amsterdam = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
})

/**
 * When the maintenance of CTIS that is on at `now` ends; null when there is none. Windows as the portal announces
 * them: Tuesdays and Thursdays 18:00-21:00, first Saturday of the month 10:00-14:00, Amsterdam time.
 */
export function maintenanceUntil(now: Date): Date | null {
  const parts = Object.fromEntries(amsterdam.formatToParts(now).map(({ type, value }) => [type, value]))
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const window = WINDOWS.find(
    ({ weekday, from, to, firstOnly }) =>
      WEEKDAYS[weekday] === parts.weekday && hour >= from && hour < to && (!firstOnly || day <= 7),
  )
  if (window === undefined) return null
  const elapsedMs = (hour - window.from) * HOUR_MS + minute * 60_000 + second * 1000 + now.getUTCMilliseconds()
  return new Date(now.getTime() - elapsedMs + (window.to - window.from) * HOUR_MS)
}
