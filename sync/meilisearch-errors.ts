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
/** It takes connections, or packets are lost on the way; no answer comes. */
export const SILENT = 'silent'

/** The engine's error code (`index_not_found`, `invalid_api_key`…), null when it did not answer. */
export function errorCode(error: unknown): string | null {
  return error instanceof MeilisearchApiError ? (error.cause?.code ?? `http_${error.response.status}`) : null
}

/** What went wrong with the engine at `host`, as a sentence that says what to look at; other errors as they are. */
export function explained(error: unknown, host: string): unknown {
  return error instanceof MeilisearchError ? new IndexError(sentence(error, host), { cause: error }) : error
}

function sentence(error: MeilisearchError, host: string): string {
  const reason = error instanceof MeilisearchRequestError ? error.cause : error
  if (reason instanceof MeilisearchTaskTimeOutError) return `Meilisearch at ${host} is busy: a task has not ended yet`
  if (reason instanceof MeilisearchRequestTimeOutError) return noAnswerSentence(SILENT, host)
  const code = errorCode(error)
  return code === null ? noAnswerSentence(null, host) : answerSentence(code, host)
}

/** No answer came at all. */
export function noAnswerSentence(why: typeof SILENT | null, host: string): string {
  return why === SILENT
    ? `Meilisearch at ${host} did not answer in time`
    : `Meilisearch at ${host} cannot be reached: check MEILI_URL and that it is running`
}

/** The engine answered with this error code. */
export function answerSentence(code: string, host: string): string {
  if (code === 'index_not_found') return UNFILLED
  if (code === 'invalid_api_key' || code === 'missing_authorization_header') {
    return `Meilisearch at ${host} refuses the key: check MEILI_API_KEY`
  }
  return `Meilisearch at ${host} failed (${code})`
}
