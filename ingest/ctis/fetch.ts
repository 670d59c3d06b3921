import { storable } from '../../domain/storable.ts'
import { RegistryError } from '../http.ts'
import type { FetchOptions, RawRecord, SweepReport } from '../source.ts'
import { withoutNulls } from '../text.ts'
import { FRANCE_MSC } from './codes.ts'
import { withoutPersons } from './persons.ts'
import {
  type CtisConnection,
  countFrenchTrials,
  franceCode,
  ROWS_PER_PAGE,
  type SearchRow,
  searchPage,
} from './search.ts'

/** A EudraCT number or anything else would be answered with 400. */
const CT_NUMBER = /^\d{4}-\d{6}-\d{2}-\d{2}$/

/**
 * The list moves when trials are published, at night: a sweep that meets three moves has something else wrong with it.
 */
const MOST_RESTARTS = 3

/** The number of French trials changed in mid-sweep: what was read may have holes. */
class MovedSweep extends Error {}

type Pass = Omit<SweepReport, 'dataVersion'>

/**
 * Reads CTIS. It has no "changed since": every sweep pages through all French trials, whatever their status, and
 * downloads those that are new or whose French status or dates differ from what we hold (`known`). Lists carry no
 * record, so each download is a request. Throws RegistryError.
 */
export async function* fetchTrials(
  connection: CtisConnection,
  options: FetchOptions,
): AsyncGenerator<RawRecord, SweepReport> {
  if (options.sweep.kind === 'ids') return yield* byNumber(connection, options, options.sweep.ids)
  // A first load takes more than an hour: a list that moves must not make it begin again.
  const settled = new Map<string, string>()
  for (let restarts = 0; ; restarts++) {
    try {
      const announced = await countFrenchTrials(connection, options.signal)
      return { ...(yield* pages(connection, options, announced, settled)), dataVersion: null }
    } catch (error) {
      if (!(error instanceof MovedSweep)) throw error
      if (restarts === MOST_RESTARTS) {
        const message = `${error.message}; given up after ${restarts} restarts`
        throw new RegistryError(message, connection.baseUrl, null, { cause: error })
      }
    }
  }
}

async function* pages(
  connection: CtisConnection,
  options: FetchOptions,
  announced: number,
  settled: Map<string, string>,
): AsyncGenerator<RawRecord, Pass> {
  const { signal, known, onUnchanged, onPage } = options
  const { pageSize = ROWS_PER_PAGE } = connection
  const listed = new Set<string>()
  for (let number = 1; listed.size < announced && number <= Math.ceil(announced / pageSize); number++) {
    const { totalRecords, rows } = await searchPage(connection, { msc: [FRANCE_MSC] }, number, signal)
    if (totalRecords !== announced) throw new MovedSweep(`the list moved from ${announced} to ${totalRecords} trials`)
    // Past its end, and past its window, CTIS answers with no rows: the report says how many are missing.
    if (rows.length === 0) break
    for (const row of rows) {
      const version = versionOf(row, connection)
      if (listed.has(row.ctNumber)) continue
      listed.add(row.ctNumber)
      if (settled.get(row.ctNumber) === version) continue
      if (known?.(row.ctNumber) === version) onUnchanged?.(row.ctNumber)
      else yield toRecord(row.ctNumber, (await retrieve(connection, row.ctNumber, signal)) ?? {}, version)
      settled.set(row.ctNumber, version)
    }
    onPage?.({ number, rows: rows.length, announced })
  }
  return { announced, received: listed.size, gone: [], renamed: {} }
}

async function* byNumber(
  connection: CtisConnection,
  { signal, onPage }: FetchOptions,
  ids: readonly string[],
): AsyncGenerator<RawRecord, SweepReport> {
  const gone: string[] = []
  for (const [index, id] of ids.entries()) {
    const payload = CT_NUMBER.test(id) ? await retrieve(connection, id, signal) : null
    if (payload === null) gone.push(id)
    else yield toRecord(id, payload)
    onPage?.({ number: index + 1, rows: payload === null ? 0 : 1, announced: ids.length })
  }
  return { announced: ids.length, received: ids.length, dataVersion: null, gone, renamed: {} }
}

/** One trial; null when CTIS does not have it, which it says with 404 or, more often, with `{}`. */
async function retrieve({ http, baseUrl }: CtisConnection, ctNumber: string, signal: AbortSignal | undefined) {
  const { status, value } = await http.json(`${baseUrl}/retrieve/${ctNumber}`, { signal, accepts: [404] })
  const isEmpty = value !== null && typeof value === 'object' && Object.keys(value).length === 0
  return status === 404 || isEmpty ? null : value
}

/** A trial that the list has and the retrieval has not keeps no version, so that it is asked for again. */
function toRecord(registryId: string, payload: unknown, version?: string): RawRecord {
  const record = { registryId, payload: withoutNulls(storable(withoutPersons(payload))) }
  const isEmpty = payload !== null && typeof payload === 'object' && Object.keys(payload).length === 0
  return version === undefined || isEmpty ? record : { ...record, version }
}

/**
 * What tells two states of a trial apart. `lastUpdated` alone does not move when recruitment starts;
 * `lastPublicationUpdate` does; the status of France is what matters most.
 */
function versionOf(row: SearchRow, { baseUrl }: CtisConnection): string {
  const code = franceCode(row, `${baseUrl}/search`)
  return [code, row.lastUpdated ?? '', row.lastPublicationUpdate ?? ''].join('|')
}
