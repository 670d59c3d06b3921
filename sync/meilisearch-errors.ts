import {
  MeilisearchApiError,
  MeilisearchError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
  MeilisearchTaskTimeOutError,
} from 'meilisearch'
import { IndexError } from './search-index.ts'

/** What a search says when there is no index yet. */
export const UNFILLED = 'the text index is being built'

/** The engine's error code (`index_not_found`, `invalid_api_key`…), null when it did not answer. */
export function errorCode(error: unknown): string | null {
  return error instanceof MeilisearchApiError ? (error.cause?.code ?? `http_${error.response.status}`) : null
}

/** What went wrong with the engine at `host`, as a sentence that says what to look at; other errors as they are. */
export function explained(error: unknown, host: string): unknown {
  return error instanceof MeilisearchError ? new IndexError(sentence(error, host), { cause: error }) : error
}

/** The same for a search, without its cause: that holds the question, and a question leaves no trace. */
export function explainedSearch(error: unknown, host: string): unknown {
  return error instanceof MeilisearchError ? new IndexError(sentence(error, host)) : error
}

function sentence(error: MeilisearchError, host: string): string {
  const reason = error instanceof MeilisearchRequestError ? error.cause : error
  if (reason instanceof MeilisearchRequestTimeOutError) return `Meilisearch at ${host} did not answer in time`
  if (reason instanceof MeilisearchTaskTimeOutError) return `Meilisearch at ${host} is busy: a task has not ended yet`
  if (error instanceof MeilisearchRequestError) {
    return `Meilisearch at ${host} cannot be reached: check MEILI_URL and that it is running`
  }
  const code = errorCode(error)
  if (code === 'index_not_found') return UNFILLED
  if (code === 'invalid_api_key' || code === 'missing_authorization_header') {
    return `Meilisearch at ${host} refuses the key: check MEILI_API_KEY`
  }
  return `Meilisearch at ${host} failed${code ? ` (${code})` : ''}`
}
