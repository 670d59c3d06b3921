import { createHash } from 'node:crypto'
import { escapeXml, json, type Reply, rss, text } from './answers.ts'
import { EssieError, parseEssie, type Searchable } from './essie.ts'
import type { Fault } from './faults.ts'

/** One study as it is served: its text, and what the filters look at. */
interface StoredStudy extends Searchable {
  nctId: string
  aliases: string[]
  title: string
  lastUpdatePostDate: string
  body: string
}

interface Location {
  country?: string
  status?: string
  city?: string
  facility?: string
}

/** The part of a study that this server reads; the rest is only passed on. */
export interface CtgovStudy {
  protocolSection: {
    identificationModule: { nctId: string; nctIdAliases?: string[]; briefTitle?: string }
    statusModule?: {
      overallStatus?: string
      lastUpdatePostDateStruct?: { date?: string }
      studyFirstPostDateStruct?: { date?: string }
    }
    designModule?: { studyType?: string; phases?: string[] }
    contactsLocationsModule?: { locations?: Location[] }
  }
}

export interface CtgovRegistry {
  /** The answer to `GET {pathname}?{query}` below `/api`; undefined for an unknown path. */
  answer(pathname: string, query: URLSearchParams, fault: Fault | undefined): Reply | undefined
  /** Add or replace studies; the data version moves. */
  put(studies: Iterable<unknown>): void
  remove(nctIds: string[]): void
  readonly dataTimestamp: string
}

const STATUSES = new Set([
  ...['ACTIVE_NOT_RECRUITING', 'COMPLETED', 'ENROLLING_BY_INVITATION', 'NOT_YET_RECRUITING', 'RECRUITING'],
  ...['SUSPENDED', 'TERMINATED', 'WITHDRAWN', 'AVAILABLE', 'NO_LONGER_AVAILABLE', 'TEMPORARILY_NOT_AVAILABLE'],
  ...['APPROVED_FOR_MARKETING', 'WITHHELD', 'UNKNOWN'],
])
const PARAMETERS = new Set([
  ...['format', 'markupFormat', 'filter.overallStatus', 'filter.ids', 'filter.advanced', 'fields', 'sort'],
  ...['countTotal', 'pageSize', 'pageToken'],
])
/** Field names accepted in `fields`, and the branch of the study that each keeps. */
const BRANCHES: Record<string, string> = {
  ProtocolSection: 'protocolSection',
  DerivedSection: 'derivedSection',
  HasResults: 'hasResults',
}
const MOST_PER_PAGE = 1000
const USUAL_PER_PAGE = 10
const RSS_WINDOW_DAYS = 14
const DAY_MS = 86_400_000

class BadRequest extends Error {}

/** ClinicalTrials.gov API v2, as far as the service uses it, over studies held in memory. */
export function createCtgovRegistry(studies: Iterable<unknown>, startedAt = '2026-11-20T09:00:05'): CtgovRegistry {
  const held = new Map<string, StoredStudy>()
  let moves = 0
  const timestamp = () => new Date(Date.parse(`${startedAt}Z`) + moves * DAY_MS).toISOString().slice(0, 19)
  const put = (added: Iterable<unknown>) => {
    for (const study of added) {
      const stored = toStored(study as CtgovStudy)
      held.set(stored.nctId, stored)
    }
  }
  put(studies)

  function find(number: string): StoredStudy | undefined {
    return held.get(number) ?? [...held.values()].find(({ aliases }) => aliases.includes(number))
  }

  function list(query: URLSearchParams, fault: Fault | undefined): Reply {
    for (const name of query.keys()) {
      if (!PARAMETERS.has(name)) throw new BadRequest(`Invalid prefix in parameter name: ${name}`)
    }
    const keep = readFields(query.get('fields'))
    const matching = filtered([...held.values()], query)
    const found = fault?.kind === 'no_studies' ? [] : sorted(matching, query.get('sort'))
    const size = Math.min(Number(query.get('pageSize') ?? 0) || USUAL_PER_PAGE, MOST_PER_PAGE)
    const key = tokenKey(query, timestamp())
    const token = query.get('pageToken')
    const start = token === null ? 0 : readToken(token, key)
    if (token !== null && fault?.kind === 'stale_token') throw new BadRequest('Invalid value in parameter `pageToken`')
    const page = found.slice(start, start + size)
    const end = start + page.length
    // The real one counts a full page as a page that may have a next one.
    const next = page.length === size ? `,\n"nextPageToken":"${writeToken(end, key)}"` : ''
    const total = query.get('countTotal') === 'true' && token === null ? `"totalCount":${found.length},\n` : ''
    const rows = fault?.kind === 'short' ? page.slice(0, Math.max(0, page.length - fault.rows)) : page
    return json(`{${total}"studies":[\n${rows.map((study) => keep(study)).join(',\n')}\n]${next}}`)
  }

  function one(number: string, query: URLSearchParams): Reply {
    if (!/^NCT\d{8}$/.test(number)) throw new BadRequest(`Invalid study id: ${number}`)
    const study = find(number)
    if (!study) return text(404, `NCT number ${number} not found`)
    if (study.nctId === number) return json(readFields(query.get('fields'))(study))
    return { ...text(301, ''), location: `/api/v2/studies/${study.nctId}?${query}` }
  }

  return {
    put: (added) => {
      put(added)
      moves++
    },
    remove: (nctIds) => {
      for (const nctId of nctIds) held.delete(nctId)
      moves++
    },
    get dataTimestamp() {
      return timestamp()
    },
    answer: (pathname, query, fault) => {
      try {
        if (fault?.kind === 'data_moves') moves++
        if (pathname === '/v2/version') return json({ apiVersion: '2.0.5', dataTimestamp: timestamp() })
        if (pathname === '/v2/studies') return list(query, fault)
        const number = /^\/v2\/studies\/([^/]+)$/.exec(pathname)?.[1]
        if (number) return one(number, query)
        if (pathname === '/rss') return rss(feed([...held.values()], query, timestamp()))
        return undefined
      } catch (error) {
        if (error instanceof EssieError) return text(400, `Error parsing query in advanced filter: ${error.message}`)
        if (error instanceof BadRequest) return text(400, error.message)
        throw error
      }
    },
  }
}

function toStored(study: CtgovStudy): StoredStudy {
  const { identificationModule, statusModule, designModule, contactsLocationsModule } = study.protocolSection
  const locations = contactsLocationsModule?.locations ?? []
  const of = (pick: (location: Location) => string | undefined) =>
    locations.map(pick).filter((value) => value !== undefined)
  const lastUpdatePostDate = statusModule?.lastUpdatePostDateStruct?.date ?? ''
  const values: Record<string, string[]> = {
    NCTId: [identificationModule.nctId],
    OverallStatus: listed(statusModule?.overallStatus),
    LastUpdatePostDate: listed(lastUpdatePostDate),
    StudyFirstPostDate: listed(statusModule?.studyFirstPostDateStruct?.date),
    StudyType: listed(designModule?.studyType),
    Phase: designModule?.phases ?? [],
    LocationCountry: of(({ country }) => country),
    LocationStatus: of(({ status }) => status),
    LocationCity: of(({ city }) => city),
    LocationFacility: of(({ facility }) => facility),
  }
  return {
    nctId: identificationModule.nctId,
    aliases: identificationModule.nctIdAliases ?? [],
    title: identificationModule.briefTitle ?? '',
    lastUpdatePostDate,
    body: JSON.stringify(study),
    values: (field) => values[field],
    nested: (kind) => (kind === 'Location' ? locations.map(toSearchableLocation) : undefined),
  }
}

function toSearchableLocation({ country, status, city, facility }: Location): Searchable {
  const values: Record<string, string[]> = {
    LocationCountry: listed(country),
    LocationStatus: listed(status),
    LocationCity: listed(city),
    LocationFacility: listed(facility),
  }
  return { values: (field) => values[field], nested: () => undefined }
}

function listed(value: string | undefined): string[] {
  return value ? [value] : []
}

function filtered(studies: StoredStudy[], query: URLSearchParams): StoredStudy[] {
  let found = studies
  const statuses = split(query.get('filter.overallStatus'))
  for (const status of statuses) {
    if (!STATUSES.has(status)) throw new BadRequest(`Invalid value in parameter \`overallStatus\`: \`${status}\``)
  }
  if (statuses.length > 0) {
    found = found.filter((study) => study.values('OverallStatus')?.some((status) => statuses.includes(status)))
  }
  const ids = new Set(split(query.get('filter.ids')))
  for (const id of ids) {
    if (!/^NCT\d{8}$/.test(id)) throw new BadRequest(`filter.ids has incorrect format for value ${id}`)
  }
  if (ids.size > 0) found = found.filter(({ nctId, aliases }) => [nctId, ...aliases].some((id) => ids.has(id)))
  const advanced = query.get('filter.advanced')
  if (advanced === '') throw new BadRequest("Error parsing query in advanced filter: no viable alternative at input ''")
  return advanced === null ? found : found.filter(parseEssie(advanced))
}

function split(list: string | null): string[] {
  return (list ?? '').split(/[,|]/).filter((item) => item !== '')
}

/** `LastUpdatePostDate:asc` is the one order that is asked for; without it, the order of the files. */
function sorted(studies: StoredStudy[], sort: string | null): StoredStudy[] {
  if (sort === null) return studies
  const match = /^LastUpdatePostDate(?::(asc|desc))?$/.exec(sort)
  if (!match) throw new BadRequest('Item 1 in parameter `sort` has incorrect format')
  const sign = match[1] === 'asc' ? 1 : -1
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0)
  return studies.toSorted((a, b) => compare(a.lastUpdatePostDate, b.lastUpdatePostDate))
}

function readFields(fields: string | null): (study: StoredStudy) => string {
  if (fields === null) return ({ body }) => body
  const branches = split(fields).map((field) => {
    const branch = BRANCHES[field]
    if (branch === undefined) throw new BadRequest(`Parameter 'fields' contains invalid field name: '${field}'`)
    return branch
  })
  if (Object.values(BRANCHES).every((branch) => branches.includes(branch))) return ({ body }) => body
  return ({ body }) => {
    const study = JSON.parse(body) as Record<string, unknown>
    return JSON.stringify(Object.fromEntries(branches.map((branch) => [branch, study[branch]])))
  }
}

/** A token belongs to one query and one version of the data. */
function tokenKey(query: URLSearchParams, dataTimestamp: string): string {
  const repeated = [...query].filter(([name]) => !['countTotal', 'pageSize', 'pageToken'].includes(name)).sort()
  return createHash('sha256')
    .update(JSON.stringify([dataTimestamp, repeated]))
    .digest('base64url')
    .slice(0, 30)
}

function writeToken(offset: number, key: string): string {
  return Buffer.from(`${offset}.${key}`).toString('base64url')
}

function readToken(token: string, key: string): number {
  const [offset, given] = Buffer.from(token, 'base64url').toString().split('.')
  if (given !== key || !/^\d+$/.test(offset ?? '')) throw new BadRequest('Invalid value in parameter `pageToken`')
  return Number(offset)
}

/** What was updated in the last fourteen days, by the portal's own parameters. */
function feed(studies: StoredStudy[], query: URLSearchParams, dataTimestamp: string): string {
  const since = new Date(Date.parse(`${dataTimestamp}Z`) - RSS_WINDOW_DAYS * DAY_MS).toISOString().slice(0, 10)
  const country = query.get('country')
  const items = studies.filter(
    (study) =>
      study.lastUpdatePostDate >= since &&
      (country === null || study.values('LocationCountry')?.includes(country)) &&
      (query.get('aggFilters') !== 'status:rec' || study.values('OverallStatus')?.includes('RECRUITING')),
  )
  const item = ({ nctId, title, lastUpdatePostDate }: StoredStudy) =>
    `<item><title>${escapeXml(title)}</title><link>https://clinicaltrials.gov/study/${nctId}</link>` +
    `<description>&lt;b&gt;Recruiting&lt;/b&gt;</description><guid isPermaLink="false">${nctId}</guid>` +
    `<pubDate>${new Date(`${lastUpdatePostDate}T04:00:00Z`).toUTCString()}</pubDate></item>`
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>ClinicalTrials.gov</title>
<link>https://clinicaltrials.gov/api/rss</link><ttl>1440</ttl>${items.map(item).join('\n')}</channel></rss>`
}
