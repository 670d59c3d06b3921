import { type Change, readChanges } from './changes.ts'
import type { Database } from './database.ts'

const POLL_MS = 5_000
const LIMIT = 500

export interface FollowOptions {
  /** Changes after this sequence. */
  since: number
  /** At most `limit` changes, oldest first. What it throws goes to `onError`, and the same changes come again. */
  onBatch: (changes: Change[]) => Promise<void> | void
  onError: (error: unknown) => void
  /** How long a lost notification can go unseen, and how long to wait after an error. */
  pollMs?: number
  limit?: number
}

/**
 * Follow the change feed: every change once and in order, or again when `onBatch` or the database failed.
 * Notifications make it prompt, polling makes it certain. `stop` resolves when the batch in hand is done.
 */
export function followChanges(
  db: Database,
  { since, onBatch, onError, pollMs = POLL_MS, limit = LIMIT }: FollowOptions,
): { position: () => number; stop: () => Promise<void> } {
  let position = since
  let stopped = false
  let told = false
  let wake = () => {}
  const look = () => {
    told = true
    wake()
  }
  const unsubscribe = db.onChange(look)

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (told || stopped) wake()
    })

  const loop = async () => {
    while (!stopped) {
      told = false
      try {
        const batch = await readChanges(db, { since: position, limit })
        const last = batch.at(-1)
        if (last && !stopped) {
          await onBatch(batch)
          position = last.sequence
          continue
        }
      } catch (error) {
        // Not at once: a commit that comes meanwhile must not make a failing reader spin.
        if (!stopped) onError(error)
        told = false
      }
      if (!stopped) await rest()
    }
  }
  const done = loop()
  return {
    position: () => position,
    async stop() {
      stopped = true
      unsubscribe()
      wake()
      await done
    },
  }
}
