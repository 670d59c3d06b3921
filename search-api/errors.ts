import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { isUnreachable } from '../db/errors.ts'
import { CursorError } from '../ranking/cursor.ts'
import { QuestionError } from '../ranking/question-error.ts'
import { PROBLEM_TYPE, ProblemError, type ProblemItem, problemOf } from './problem.ts'

const BY_CODE: Record<string, { status: number; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, detail: 'The body is too large; a question fits in 100 kB.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, detail: 'The body is not JSON; check quotes, commas and braces.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    detail: 'The body is empty; send a JSON object. {} asks for every open trial.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, detail: 'Send the body as application/json.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, detail: 'Content-Length does not match the body.' },
  FST_ERR_BAD_URL: { status: 400, detail: 'The address cannot be read; encode it as RFC 3986 says.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, detail: 'A part of the address is too long.' },
}

const BY_STATUS: Record<number, string> = {
  400: 'The request cannot be read.',
  404: 'There is nothing under this address.',
  408: 'The request took too long to arrive; send it again.',
  413: 'The body is too large; a question fits in 100 kB.',
  429: 'Too many requests; try again after the seconds given in Retry-After.',
  503: 'The service is busy; try again in a few seconds.',
}

const DATABASE_AWAY = 'The database does not answer; searches still work. Try again in a few seconds.'
const RETRY_AFTER_S = '5'

/** A failure as the client is told it. */
export interface HttpFault {
  status: number
  detail: string
  errors: ProblemItem[]
}

/** What an error means to the client. Anything that is not known to be the client's is a 500 that tells nothing. */
export function faultOf(error: unknown): HttpFault {
  if (error instanceof ProblemError) return { status: error.status, detail: error.message, errors: error.errors }
  if (error instanceof CursorError) {
    const detail = `${error.message}; leave "cursor" out`
    return { status: 400, detail: `The body is not valid: ${detail}.`, errors: [{ pointer: '/cursor', detail }] }
  }
  if (error instanceof QuestionError) {
    const { pointer, message: detail } = error
    return { status: 400, detail: `The body is not valid: ${detail}.`, errors: [{ pointer, detail }] }
  }
  if (isUnreachable(error)) return { status: 503, detail: DATABASE_AWAY, errors: [] }
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  const known = code === undefined ? undefined : BY_CODE[code]
  if (known) return { ...known, errors: [] }
  const detail = statusCode === undefined ? undefined : BY_STATUS[statusCode]
  if (statusCode !== undefined && detail) return { status: statusCode, detail, errors: [] }
  return { status: 500, detail: 'The service failed. The failure was logged; please try again later.', errors: [] }
}

/** Answer with problem+json. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, fault: HttpFault): FastifyReply {
  if (fault.status === 503) reply.header('retry-after', RETRY_AFTER_S)
  return reply
    .code(fault.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problemOf(fault.status, fault.detail, request.id, fault.errors))
}

/** The kind of an unforeseen error and where it was thrown, never its message: that may quote what a visitor typed. */
export function logFailure(log: FastifyBaseLogger, error: unknown, route: string): void {
  log.error({ route, error: traceOf(error) }, 'request failed')
}

function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    code: (error as { code?: string }).code,
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: traceOf(error.cause) }),
  }
}
