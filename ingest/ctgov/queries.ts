import { FRENCH_COUNTRIES } from './codes.ts'

/** Statuses of studies and of sites that take people now, soon, or by invitation. */
const OPEN_STATUSES = ['RECRUITING', 'NOT_YET_RECRUITING', 'ENROLLING_BY_INVITATION', 'AVAILABLE']

/** Whole modules: single fields lose their companions (`StartDate` comes without its type). */
const FIELDS = 'ProtocolSection,DerivedSection,HasResults'

/**
 * `AREA[LocationCountry](France OR Réunion OR "French Guiana" …)` in the registry's Essie syntax; names of several
 * words must be quoted, or they silently miss.
 */
function inFrance(): string {
  const names = Object.keys(FRENCH_COUNTRIES).map((name) => (name.includes(' ') ? `"${name}"` : name))
  return `AREA[LocationCountry](${names.join(' OR ')})`
}

/** Studies open or about to open, with a French site open or about to open: country and status on the same site. */
export function fullQuery(): Record<string, string> {
  return {
    'filter.overallStatus': OPEN_STATUSES.join(','),
    'filter.advanced': `SEARCH[Location](${inFrance()} AND AREA[LocationStatus](${OPEN_STATUSES.join(' OR ')}))`,
    fields: FIELDS,
    sort: 'LastUpdatePostDate:asc',
  }
}

/** Studies with a French site whose last update was posted since a day, closed ones too: a closure is an update. */
export function deltaQuery(since: string): Record<string, string> {
  return {
    'filter.advanced': `(${inFrance()}) AND (AREA[LastUpdatePostDate]RANGE[${since},MAX])`,
    fields: FIELDS,
    sort: 'LastUpdatePostDate:asc',
  }
}

/** Studies by number; the registry looks among current numbers and aliases. */
export function idsQuery(ids: readonly string[]): Record<string, string> {
  return { 'filter.ids': ids.join(','), fields: FIELDS }
}

/** One study, for a number that the list did not answer. */
export function studyQuery(): Record<string, string> {
  return { fields: FIELDS }
}
