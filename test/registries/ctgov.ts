import { escapeXml, json, type Reply, rss, text } from './answers.ts'
import { BadRequest, checkParameters, readFields, readToken, select, tokenKey, writeToken } from './ctgov-query.ts'
import { type CtgovStudy, type StoredStudy, toStored } from './ctgov-study.ts'
import { EssieError } from './essie.ts'
import type { Fault } from './faults.ts'

export interface CtgovRegistry {
  /** The answer to `GET {pathname}?{query}` below `/api`; undefined for an unknown path. */
  answer(pathname: string, query: URLSearchParams, fault: Fault | undefined): Reply | undefined
  /** Add or replace studies; the data version moves. */
  put(studies: Iterable<unknown>): void
  remove(nctIds: string[]): void
  readonly dataTimestamp: string
}

const MOST_PER_PAGE = 1000
const USUAL_PER_PAGE = 10
const RSS_WINDOW_DAYS = 14
const DAY_MS = 86_400_000

/** ClinicalTrials.gov API v2, as far as the service uses it, over studies held in memory. */
export function createCtgovRegistry(studies: Iterable<unknown>, startedAt = '2026-11-20T09:00:05'): CtgovRegistry {
  const held = new Map<string, StoredStudy>()
  let moves = 0
  let latest: { key: string; studies: StoredStudy[] } | null = null
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

  /** The pages of one sweep are cut from one list. */
  function selected(query: URLSearchParams, key: string): StoredStudy[] {
    if (latest?.key !== key) latest = { key, studies: select(held.values(), query) }
    return latest.studies
  }

  function list(query: URLSearchParams, fault: Fault | undefined): Reply {
    checkParameters(query)
    const keep = readFields(query.get('fields'))
    const key = tokenKey(query, timestamp())
    const found = fault?.kind === 'no_studies' ? [] : selected(query, key)
    const size = Math.min(Number(query.get('pageSize') ?? 0) || USUAL_PER_PAGE, MOST_PER_PAGE)
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
