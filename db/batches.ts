import { setImmediate as nextTurn } from 'node:timers/promises'

export { nextTurn }

/**
 * At most this many rows in one statement or transaction. The embedded database computes in this process: larger
 * batches keep requests waiting.
 */
export const BATCH = 100

/** Rows with large documents in one statement: the embedded database holds up the process until it is done. */
export const DOCUMENTS = 25

/** Slices of at most `size`, letting the event loop turn between them. */
export async function* inBatches<T>(items: readonly T[], size = BATCH): AsyncGenerator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await nextTurn()
    yield items.slice(start, start + size)
  }
}
