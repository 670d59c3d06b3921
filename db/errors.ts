/** The database cannot be used as things are; the message is a sentence for the person who runs the service. */
export class DatabaseError extends Error {
  readonly code: 'locked' | 'unwritable' | 'full' | 'unreachable' | 'refused'

  constructor(code: DatabaseError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseError'
    this.code = code
  }
}
