import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Http, RegistryError } from '../http.ts'
import { FRANCE_MSC, FRANCE_NAME } from './codes.ts'

export interface CtisConnection {
  http: Http
  /** `https://euclinicaltrials.eu/ctis-public-api` */
  baseUrl: string
  pageSize?: number
}

/** What every known client of CTIS asks for. */
export const ROWS_PER_PAGE = 100

/**
 * The search keys that this service sends. CTIS drops a key that it does not know without a word and answers with
 * its whole corpus: nothing but these may be sent.
 */
export interface SearchCriteria {
  msc: [typeof FRANCE_MSC]
}

const SearchRow = Type.Object({
  ctNumber: Type.String({ pattern: '^\\d{4}-\\d{6}-\\d{2}-\\d{2}$' }),
  trialCountries: Type.Array(Type.String()),
  lastUpdated: Type.Optional(Type.String()),
  lastPublicationUpdate: Type.Optional(Type.String()),
})
export type SearchRow = Static<typeof SearchRow>

const searchAnswer = Compile(
  Type.Object({
    showWarning: Type.Optional(Type.Boolean()),
    pagination: Type.Object({ totalRecords: Type.Integer({ minimum: 0 }) }),
    data: Type.Array(SearchRow),
  }),
)

export interface SearchPage {
  totalRecords: number
  rows: SearchRow[]
}

/** Rows past this one are not given, without a word. */
const WINDOW_ROWS = 10_000

/**
 * One page of a search, first page 1, in the order of the numbers: an order that no update in mid-sweep disturbs.
 * Throws RegistryError for answers that only look well: a warning (CTIS did not understand and found "nothing"),
 * another shape, more rows than its window can show.
 */
export async function searchPage(
  { http, baseUrl, pageSize = ROWS_PER_PAGE }: CtisConnection,
  searchCriteria: SearchCriteria,
  page: number,
  signal: AbortSignal | undefined,
): Promise<SearchPage> {
  const url = `${baseUrl}/search`
  const body = {
    pagination: { page, size: pageSize },
    sort: { property: 'ctNumber', direction: 'ASC' },
    searchCriteria,
  }
  const { status, value } = await http.json(url, { body, signal })
  if (!searchAnswer.Check(value)) throw new RegistryError('answered JSON that is not a page of trials', url, status)
  if (value.showWarning) throw new RegistryError('did not understand the search', url, status)
  return { totalRecords: value.pagination.totalRecords, rows: value.data }
}

/**
 * How many trials France has. Throws RegistryError when it has none, for CTIS never reports a filter that it did not
 * understand: a wrong value finds nothing. A filter that it ignored shows in the rows (`franceCode`).
 */
export async function countFrenchTrials(connection: CtisConnection, signal: AbortSignal | undefined): Promise<number> {
  const url = `${connection.baseUrl}/search`
  const { totalRecords, rows } = await searchPage({ ...connection, pageSize: 1 }, { msc: [FRANCE_MSC] }, 1, signal)
  if (totalRecords === 0) throw new RegistryError('finds no trial in France: the filter was not understood', url, 200)
  if (totalRecords > WINDOW_ROWS) {
    throw new RegistryError(`has ${totalRecords} trials in France and shows ${WINDOW_ROWS}`, url, 200)
  }
  for (const row of rows) franceCode(row, url)
  return totalRecords
}

/** The public status code of France in a row (`France:4`). Throws RegistryError for a row that is not French. */
export function franceCode({ ctNumber, trialCountries }: SearchRow, url: string): string {
  const country = trialCountries.find((entry) => entry.startsWith(`${FRANCE_NAME}:`))
  if (country === undefined) throw new RegistryError(`lists ${ctNumber} for France: the filter was ignored`, url, 200)
  return country.slice(FRANCE_NAME.length + 1)
}
