import { STATUS_CODES } from 'node:http'
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const

/** One thing to change in the request: where it stands, and what is wanted there. */
export const ProblemItem = Type.Object(
  {
    /** JSON pointer into the body (RFC 6901); absent when the fault is in the query string or the path. */
    pointer: Type.Optional(Type.String()),
    /** Name of the query or path parameter. */
    parameter: Type.Optional(Type.String()),
    detail: Type.String(),
    /** Near values that would have been accepted, where there are any. */
    suggestions: Type.Optional(
      Type.Array(Type.Object({ value: Type.String(), label: Type.String() }, strict), { maxItems: 20 }),
    ),
  },
  strict,
)
export type ProblemItem = Static<typeof ProblemItem>

/**
 * RFC 9457 problem details. `type` is `about:blank`: the status says what kind it is, `detail` and `errors` the rest.
 */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    instance: Type.Optional(Type.String({ description: 'Number of the request, as the server log has it.' })),
    errors: Type.Optional(Type.Array(ProblemItem)),
  },
  { ...strict, $id: 'Problem', title: 'Problem', description: 'RFC 9457 problem details' },
)
export type Problem = Static<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A fault that the client can mend (4xx) or should wait for (503), in a sentence that says what to do. */
export class ProblemError extends Error {
  readonly status: number
  readonly errors: ProblemItem[]

  constructor(status: number, detail: string, errors: ProblemItem[] = [], options?: ErrorOptions) {
    super(detail, options)
    this.name = 'ProblemError'
    this.status = status
    this.errors = errors
  }
}

/**
 * The problem document of a status. `instance` is the request's number, never its URL: a URL may carry what was typed.
 */
export function problemOf(status: number, detail: string, requestId: string, errors: ProblemItem[] = []): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: `urn:request:${requestId}`,
    ...(errors.length > 0 && { errors }),
  }
}
