import { DrizzleQueryError } from 'drizzle-orm/errors'

/** The database cannot be used as things are; the message is a sentence for the person who runs the service. */
export class DatabaseError extends Error {
  readonly code: 'locked' | 'unwritable' | 'full' | 'unreachable' | 'refused'

  constructor(code: DatabaseError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/** Of the system, of postgres.js, and of a server (SQLSTATE) that is going down, coming up or full. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(
  `ECONNREFUSED ECONNRESET ENOTFOUND EAI_AGAIN ENOENT ETIMEDOUT EPIPE EHOSTUNREACH ENETUNREACH
  CONNECT_TIMEOUT CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED 57P01 57P02 57P03 53300`.split(/\s+/),
)

/** The database could not be asked; whatever was wanted may work in a moment. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return UNREACHABLE.has((error as { code?: unknown }).code) || isUnreachable(error.cause)
}

/**
 * What went wrong, in words: without the statement and its values,
 * which drizzle quotes whole, megabytes of records too.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof DrizzleQueryError && error.cause) return reasonOf(error.cause)
  return error instanceof Error ? error.message : String(error)
}
