import { Pool } from 'undici'
import { answerSentence, noAnswerSentence, SILENT } from './meilisearch-errors.ts'
import { IndexError } from './search-index.ts'

/** What is asked of the engine, in its own words. */
export interface EngineSearch {
  q: string
  limit?: number
  filter?: string
  locales?: string[]
  matchingStrategy?: 'all' | 'frequency'
  rankingScoreThreshold?: number
}

export interface EngineAnswer {
  hits: { id: string; _rankingScore?: number }[]
  estimatedTotalHits: number
}

export interface Searcher {
  /** Throws IndexError without a cause: that would hold the question, and a question leaves no trace. */
  search(asked: EngineSearch, signal?: AbortSignal): Promise<EngineAnswer>
  close(): Promise<void>
}

/** Searches under way at once; more of them wait for one of these. */
const CONNECTIONS = 32
/** So long after a search that was not answered in time nobody waits for another. */
const QUIET_MS = 5_000

/**
 * Asks one index for ids and scores. With undici itself rather than the client of Meilisearch: `fetch` takes a
 * millisecond or two of every search, and that client gives up its own time limit once it is handed a signal.
 */
export function createSearcher(options: { url: string; apiKey?: string; index: string; timeoutMs: number }): Searcher {
  const { url, apiKey, index, timeoutMs } = options
  const { origin, pathname, host } = new URL(url)
  const path = `${pathname.replace(/\/$/, '')}/indexes/${index}/search`
  const pool = new Pool(origin, { connections: CONNECTIONS, connectTimeout: timeoutMs })
  // Not compressed: on the same host or network, unpacking takes far longer than sending (47 → 2 ms per search).
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  }
  let quietUntil = 0

  return {
    async search(asked, signal) {
      if (Date.now() < quietUntil) throw new IndexError(noAnswerSentence(SILENT, host))
      const body = JSON.stringify({ attributesToRetrieve: ['id'], showRankingScore: true, ...asked })
      const late = AbortSignal.timeout(timeoutMs)
      let status: number
      let text: string
      try {
        const stop = signal ? AbortSignal.any([signal, late]) : late
        const answer = await pool.request({ path, method: 'POST', headers, body, signal: stop })
        status = answer.statusCode
        text = await answer.body.text()
      } catch (error) {
        const silent = late.aborted || isTimeout(signal?.reason) || isTimeout(error)
        if (silent) quietUntil = Date.now() + QUIET_MS
        else if (signal?.aborted) throw signal.reason
        throw new IndexError(noAnswerSentence(silent ? SILENT : null, host))
      }
      const answer = parsed(text)
      if (status === 200 && answer && 'hits' in answer) return answer as EngineAnswer
      throw new IndexError(answerSentence(answer?.code ?? `http_${status}`, host))
    },
    close: () => pool.destroy(),
  }
}

function isTimeout(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false
  return reason.name === 'TimeoutError' || /^UND_ERR_\w+_TIMEOUT$/.test((reason as { code?: string }).code ?? '')
}

/** Null for what is no JSON object, as from a proxy in between. */
function parsed(text: string): { code?: string } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
