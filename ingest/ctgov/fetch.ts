import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { storable } from '../../domain/storable.ts'
import { type Http, RegistryError } from '../http.ts'
import type { FetchOptions, RawRecord, SweepReport } from '../source.ts'
import { withoutNulls } from '../text.ts'
import { withoutPersons } from './persons.ts'
import { deltaQuery, fullQuery, idsQuery, studyQuery } from './queries.ts'

export interface CtgovConnection {
  http: Http
  /** `https://clinicaltrials.gov/api/v2` */
  baseUrl: string
  /** Rows per page, at most 1,000 (the registry silently lowers more). */
  pageSize?: number
}

/**
 * A page is parsed in one go, in the process that also answers questions: 3 MB, some 40 ms; 500 studies take 200 ms.
 */
const PAGE_SIZE = 100
/** 500 numbers in one request were answered in full; the page must hold them all. */
const IDS_PER_REQUEST = 500
const IDS_PAGE_SIZE = 1000

/** The data move once a day: a sweep that meets three moves has something else wrong with it. */
const MOST_RESTARTS = 3

const version = Compile(Type.Object({ dataTimestamp: Type.String({ minLength: 1 }) }))
const page = Compile(
  Type.Object({
    studies: Type.Array(Type.Unknown()),
    totalCount: Type.Optional(Type.Integer({ minimum: 0 })),
    nextPageToken: Type.Optional(Type.String({ minLength: 1 })),
  }),
)

/** A page token died with the data it belonged to, or the data moved: what was read may have holes. */
class StaleSweep extends Error {}

/**
 * Reads ClinicalTrials.gov: a full sweep, what changed since a day, or studies by number. Pages are streamed. A sweep
 * during which the data moved starts again, so records may come twice. Throws RegistryError.
 */
export async function* fetchStudies(
  connection: CtgovConnection,
  options: FetchOptions,
): AsyncGenerator<RawRecord, SweepReport> {
  const { sweep, heldVersion } = options
  for (let restarts = 0; ; restarts++) {
    const before = await readVersion(connection, options)
    if (sweep.kind === 'delta' && before === heldVersion) {
      return { announced: 0, received: 0, dataVersion: before, gone: [], renamed: {} }
    }
    try {
      const report =
        sweep.kind === 'ids'
          ? yield* byNumber(connection, options, sweep.ids)
          : yield* pages(connection, options, sweep.kind === 'full' ? fullQuery() : deltaQuery(sweep.since))
      const after = await readVersion(connection, options)
      if (after !== before) throw new StaleSweep(`the data moved from ${before} to ${after}`)
      return { ...report, dataVersion: before }
    } catch (error) {
      if (!(error instanceof StaleSweep)) throw error
      if (restarts === MOST_RESTARTS) {
        const message = `${error.message}; given up after ${restarts} restarts`
        throw new RegistryError(message, connection.baseUrl, null, { cause: error })
      }
    }
  }
}

type Pass = Omit<SweepReport, 'dataVersion'>

async function* pages(
  { http, baseUrl, pageSize = PAGE_SIZE }: CtgovConnection,
  { signal, onPage }: FetchOptions,
  query: Record<string, string>,
): AsyncGenerator<RawRecord, Pass> {
  const numbers = new Set<string>()
  const tokens = new Set<string>()
  let announced: number | null = null
  let token: string | undefined
  for (let number = 1; ; number++) {
    const paging = token === undefined ? { countTotal: 'true' } : { pageToken: token }
    const url = buildUrl(`${baseUrl}/studies`, { ...query, pageSize: String(pageSize), ...paging })
    const { status, value } = await http.json(url, { signal, accepts: token === undefined ? [] : [400] })
    // Tokens end with the data version that gave them; the registry then calls the request itself bad.
    if (status === 400) throw new StaleSweep('a page token was refused')
    if (!page.Check(value)) throw new RegistryError('answered JSON that is not a page of studies', url, status)
    announced ??= value.totalCount ?? null
    for (const [index, study] of value.studies.entries()) {
      const record = toRecord(study, `page ${number}, study ${index + 1}`)
      numbers.add(record.registryId)
      yield record
    }
    onPage?.({ number, rows: value.studies.length, announced })
    token = value.nextPageToken
    // A full last page carries a token too; the page after it is empty and has none.
    if (token === undefined) return { announced, received: numbers.size, gone: [], renamed: {} }
    if (tokens.has(token)) throw new RegistryError('gave the same page token twice', url, status)
    tokens.add(token)
  }
}

async function* byNumber(
  connection: CtgovConnection,
  options: FetchOptions,
  ids: readonly string[],
): AsyncGenerator<RawRecord, Pass> {
  const unanswered = new Set(ids)
  const renamed: Record<string, string> = {}
  const gone: string[] = []
  for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
    const batch = ids.slice(start, start + IDS_PER_REQUEST)
    for await (const record of pages({ ...connection, pageSize: IDS_PAGE_SIZE }, options, idsQuery(batch))) {
      for (const alias of aliasesOf(record.payload)) if (unanswered.delete(alias)) renamed[alias] = record.registryId
      unanswered.delete(record.registryId)
      yield record
    }
  }
  for (const id of unanswered) {
    const record = await fetchStudy(connection, options, id)
    if (record === null) gone.push(id)
    else {
      if (record.registryId !== id) renamed[id] = record.registryId
      yield record
    }
  }
  return { announced: ids.length, received: ids.length, gone, renamed }
}

/** One study by number; null when the registry does not have it. Follows one redirect: an old number to the new one. */
async function fetchStudy({ http, baseUrl }: CtgovConnection, { signal }: FetchOptions, id: string) {
  const url = buildUrl(`${baseUrl}/studies/${id}`, studyQuery())
  const { status, value, location } = await http.json(url, { signal, accepts: [301, 404] })
  if (status === 404) return null
  if (status !== 301) return toAskedRecord(value, id, url)
  const current = /NCT\d{8}/.exec(location ?? '')?.[0]
  if (current === undefined) throw new RegistryError('redirects without naming a study', url, status)
  const currentUrl = buildUrl(`${baseUrl}/studies/${current}`, studyQuery())
  return toAskedRecord((await http.json(currentUrl, { signal })).value, current, currentUrl)
}

function toAskedRecord(study: unknown, id: string, url: string): RawRecord {
  const record = toRecord(study, id)
  if (record.registryId === id || aliasesOf(study).includes(id)) return record
  throw new RegistryError(`answered ${record.registryId} when asked for ${id}`, url, 200)
}

async function readVersion({ http, baseUrl }: CtgovConnection, { signal }: FetchOptions): Promise<string> {
  const url = `${baseUrl}/version`
  const { status, value } = await http.json(url, { signal })
  if (!version.Check(value)) throw new RegistryError('answered JSON without dataTimestamp', url, status)
  return value.dataTimestamp
}

/** A study without a number is passed on under its place, for the normaliser to refuse and the run to keep. */
function toRecord(study: unknown, place: string): RawRecord {
  const { nctId } = identification(study)
  return {
    registryId: typeof nctId === 'string' ? nctId : place,
    payload: withoutNulls(storable(withoutPersons(study))),
  }
}

function aliasesOf(study: unknown): string[] {
  const { nctIdAliases } = identification(study)
  return Array.isArray(nctIdAliases) ? nctIdAliases.filter((alias) => typeof alias === 'string') : []
}

function identification(study: unknown): { nctId?: unknown; nctIdAliases?: unknown } {
  return (
    (study as { protocolSection?: { identificationModule?: object } } | null)?.protocolSection?.identificationModule ??
    {}
  )
}

/** Everything encoded, `é` as UTF-8. */
function buildUrl(base: string, parameters: Record<string, string>): string {
  return `${base}?${new URLSearchParams(parameters)}`
}
