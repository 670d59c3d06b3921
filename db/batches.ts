import { setImmediate as nextTurn } from 'node:timers/promises'

export { nextTurn }

/**
 * At most this many rows in one statement or transaction. The embedded database computes in this process: larger
 * batches keep requests waiting.
 */
export const BATCH = 100

/** Rows with large documents in one statement: the embedded database holds up the process until it is done. */
export const DOCUMENTS = 10

/** How long the event loop may be held before others get their turn. */
const SLICE_MS = 8

/**
 * Call it between two pieces of work: it lets the event loop turn when the pieces since its last turn took longer than
 * a request should have to wait, and costs nothing otherwise.
 */
export function createPace(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < SLICE_MS) return
    await nextTurn()
    began = performance.now()
  }
}

/** Slices of at most `size`, letting the event loop turn between them. */
export async function* inBatches<T>(items: readonly T[], size = BATCH): AsyncGenerator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await nextTurn()
    yield items.slice(start, start + size)
  }
}
