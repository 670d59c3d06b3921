import { escapeXml, html, json, type Reply, rss, text } from './answers.ts'
import type { Fault } from './faults.ts'

/** The part of a `retrieve` answer that this server reads; the rest is only passed on. */
export interface CtisTrial {
  ctNumber: string
  ctPublicStatusCode?: number
  publishDate?: string
  lastUpdated?: string
  authorizedApplication?: {
    authorizedPartI?: {
      trialDetails?: { clinicalTrialIdentifiers?: { publicTitle?: string; fullTitle?: string; shortTitle?: string } }
    }
    memberStatesConcerned?: { mscName: string; mscPublicStatusCode?: number; lastDecisionDate?: string }[]
  }
}

export interface CtisRegistry {
  /** The answer below `/ctis-public-api`; `body` is that of a POST. */
  answer(request: CtisRequest, fault: Fault | undefined): Reply
  put(trials: Iterable<unknown>): void
  remove(ctNumbers: string[]): void
}

export interface CtisRequest {
  method: string
  pathname: string
  query: URLSearchParams
  body: string
}

interface Row {
  ctNumber: string
  ctStatus: number
  trialCountries: string[]
  lastUpdated: string
  lastPublicationUpdate: string
  [key: string]: unknown
}

interface StoredTrial {
  row: Row
  body: string
}

interface SearchBody {
  pagination?: { page?: number; size?: number }
  sort?: { property?: string; direction?: string }
  searchCriteria?: Record<string, unknown>
}

/** Member states by ISO 3166-1 numeric code, as far as they are asked for here. */
const STATES: Record<string, string> = { 250: 'France', 724: 'Spain', 276: 'Germany', 56: 'Belgium', 616: 'Poland' }
const WINDOW_ROWS = 10_000
const RSS_DAYS = 7
const RSS_ITEMS = 15
const DAY_MS = 86_400_000

/** The public back end of the CTIS portal, as far as the service uses it, with the silence it is known for. */
export function createCtisRegistry(trials: Iterable<unknown>): CtisRegistry {
  const held = new Map<string, StoredTrial>()
  const put = (added: Iterable<unknown>) => {
    for (const trial of added) {
      const { ctNumber } = trial as CtisTrial
      held.set(ctNumber, { row: toRow(trial as CtisTrial), body: JSON.stringify(trial) })
    }
  }
  put(trials)

  function search(body: string, fault: Fault | undefined): Reply {
    const { searchCriteria, pagination = {}, sort = {} } = JSON.parse(body || '{}') as SearchBody
    const { page = 1, size = 20 } = pagination
    if (searchCriteria === undefined || fault?.kind === 'warning') return answerRows([], 0, page, size, true)
    const all = [...held.values()].map(({ row }) => row)
    const found =
      fault?.kind === 'no_rows' ? [] : fault?.kind === 'ignored_filter' ? all : filtered(all, searchCriteria)
    const ordered = found.toSorted(byProperty(sort.property ?? 'ctNumber', sort.direction ?? 'ASC'))
    if (page < 1) return answerRows([], 0, page, size, false)
    const start = (page - 1) * size
    const rows = start >= WINDOW_ROWS ? [] : ordered.slice(start, start + size)
    const kept = fault?.kind === 'short' ? rows.slice(0, Math.max(0, rows.length - fault.rows)) : rows
    return answerRows(kept, found.length, page, size, false)
  }

  return {
    put,
    remove: (ctNumbers) => {
      for (const ctNumber of ctNumbers) held.delete(ctNumber)
    },
    answer: ({ method, pathname, query, body }, fault) => {
      if (pathname === '/search') return method === 'POST' ? search(body, fault) : text(403, 'Forbidden')
      const number = /^\/retrieve\/([^/]+)$/.exec(pathname)?.[1]
      if (number) {
        if (!/^\d{4}-\d{6}-\d{2}-\d{2}$/.test(number)) return text(400, 'Bad Request')
        return json(held.get(number)?.body ?? {})
      }
      if (pathname === '/rss/updates.rss') return rss(feed([...held.values()], query))
      // The portal's own page, whatever was asked for.
      return html(200)
    },
  }
}

function answerRows(rows: Row[], totalRecords: number, page: number, size: number, showWarning: boolean): Reply {
  const totalPages = Math.ceil(totalRecords / size)
  return json({
    showWarning,
    pagination: { totalRecords, currentPage: page, totalPages, nextPage: page < totalPages, prevPage: page > 1 },
    data: rows,
  })
}

/** Keys that CTIS does not know are dropped without a word; wrong values of known keys find nothing. */
function filtered(rows: Row[], criteria: Record<string, unknown>): Row[] {
  const { msc, mscStatus, status, number } = criteria
  let found = rows
  if (Array.isArray(msc)) {
    const names = msc.map((code) => STATES[String(code)])
    const statuses = Array.isArray(mscStatus) ? mscStatus.map(String) : null
    found = found.filter(({ trialCountries }) =>
      trialCountries.some((entry) => {
        const [name, code] = entry.split(':')
        return names.includes(name) && (statuses === null || statuses.includes(code ?? ''))
      }),
    )
  }
  if (Array.isArray(status)) found = found.filter(({ ctStatus }) => status.includes(ctStatus))
  return typeof number === 'string' ? found.filter(({ ctNumber }) => ctNumber === number) : found
}

function toRow(trial: CtisTrial): Row {
  const { authorizedPartI, memberStatesConcerned = [] } = trial.authorizedApplication ?? {}
  const titles = authorizedPartI?.trialDetails?.clinicalTrialIdentifiers
  const decided = memberStatesConcerned.map(({ lastDecisionDate = '' }) => lastDecisionDate.slice(0, 10)).sort()
  return {
    ctNumber: trial.ctNumber,
    ctStatus: trial.ctPublicStatusCode ?? 4,
    ctTitle: titles?.fullTitle ?? '',
    ...(titles?.shortTitle && { shortTitle: titles.shortTitle }),
    conditions: '',
    trialCountries: memberStatesConcerned.map(
      ({ mscName, mscPublicStatusCode }) => `${mscName}:${mscPublicStatusCode}`,
    ),
    lastUpdated: trial.lastUpdated ?? toPortalDay(decided.at(-1) ?? '2025-01-01'),
    lastPublicationUpdate: toPortalDay((trial.publishDate ?? '2025-01-01').slice(0, 10)),
  }
}

/** `2026-04-15` → `15/04/2026`: lists and records of CTIS write dates differently. */
function toPortalDay(iso: string): string {
  return iso.split('-').reverse().join('/')
}

function byProperty(property: string, direction: string) {
  const sign = direction === 'DESC' ? -1 : 1
  const key = (row: Row) => {
    const value = String(row[property] ?? '')
    return /^\d{2}\/\d{2}\/\d{4}$/.test(value) ? value.split('/').reverse().join('-') : value
  }
  return (a: Row, b: Row) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0)
}

/** What was published in the last seven days before the newest publication, the fifteen newest at most. */
function feed(trials: StoredTrial[], query: URLSearchParams): string {
  const criteria = JSON.parse(query.get('search_criteria') || '{}') as Record<string, unknown>
  const rows = filtered(
    trials.map(({ row }) => row),
    criteria,
  ).toSorted(byProperty('lastPublicationUpdate', 'DESC'))
  const dayOf = ({ lastPublicationUpdate }: Row) => Date.parse(lastPublicationUpdate.split('/').reverse().join('-'))
  const newest = rows[0] ? dayOf(rows[0]) : 0
  const items = rows.filter((row) => newest - dayOf(row) < RSS_DAYS * DAY_MS).slice(0, RSS_ITEMS)
  const item = (row: Row) =>
    `<item><title>${escapeXml(String(row.ctTitle))}</title>` +
    `<link>https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&amp;EUCT=${row.ctNumber}</link>` +
    `<description>${escapeXml(`<b>Trial number</b>: ${row.ctNumber}<br /><b>Last updated date</b>: ${row.lastUpdated}`)}</description>` +
    `<pubDate>${new Date(dayOf(row)).toUTCString()}</pubDate><guid>${row.ctNumber}</guid></item>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>CTIS</title><link>https://euclinicaltrials.eu</link><description>Updates</description>
${items.map(item).join('\n')}</channel></rss>`
}
