import type { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { openServer } from './server.ts'

export interface ConnectOptions {
  /** `postgres://…`; the embedded database is used without it. */
  databaseUrl?: string | undefined
  /** The folder of the embedded database; created when it is not there. */
  dataDir: string
}

/**
 * Open the database and bring its tables up to date.
 * @throws DatabaseError, with a sentence that says what to do: folder in use by another process, not writable or
 * full, server out of reach or refusing.
 */
export function connect({ databaseUrl, dataDir }: ConnectOptions): Promise<Database> {
  return databaseUrl ? openServer(databaseUrl) : openEmbedded(dataDir)
}
