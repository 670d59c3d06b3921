import { createHash } from 'node:crypto'
import type { StoredStudy } from './ctgov-study.ts'
import { parseEssie } from './essie.ts'

/** A request that the registry refuses: the text of its 400 answer. */
export class BadRequest extends Error {}

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

/** Refuses a parameter that API v2 does not have. */
export function checkParameters(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (!PARAMETERS.has(name)) throw new BadRequest(`Invalid prefix in parameter name: ${name}`)
  }
}

/** The studies that the filters of a query leave, in the order it asks for. Throws BadRequest and EssieError. */
export function select(studies: Iterable<StoredStudy>, query: URLSearchParams): StoredStudy[] {
  return sorted(filtered([...studies], query), query.get('sort'))
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

/** How `fields` writes a study. Throws BadRequest for a field that the registry does not have. */
export function readFields(fields: string | null): (study: StoredStudy) => string {
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

/** What a page token belongs to: one query, paging aside, and one version of the data. */
export function tokenKey(query: URLSearchParams, dataTimestamp: string): string {
  const repeated = [...query].filter(([name]) => !['countTotal', 'pageSize', 'pageToken'].includes(name)).sort()
  return createHash('sha256')
    .update(JSON.stringify([dataTimestamp, repeated]))
    .digest('base64url')
    .slice(0, 30)
}

/** The token of the page that begins at `offset`. */
export function writeToken(offset: number, key: string): string {
  return Buffer.from(`${offset}.${key}`).toString('base64url')
}

/** The other way round. Throws BadRequest for a token of another query or other data. */
export function readToken(token: string, key: string): number {
  const [offset, given] = Buffer.from(token, 'base64url').toString().split('.')
  if (given !== key || !/^\d+$/.test(offset ?? '')) throw new BadRequest('Invalid value in parameter `pageToken`')
  return Number(offset)
}
