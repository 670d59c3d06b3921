import { fileURLToPath } from 'node:url'

/** Written by drizzle-kit, applied at start on either driver. */
export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

/** The NOTIFY channel that carries the last sequence of each commit. */
export const CHANNEL = 'essais_changes'
