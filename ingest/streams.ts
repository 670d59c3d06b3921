import { createPace } from '../db/batches.ts'

/** Slices of at most `size`, in order, letting the event loop turn between items; returns what the source returns. */
export async function* batched<T, R>(source: AsyncGenerator<T, R>, size: number): AsyncGenerator<T[], R> {
  const pace = createPace()
  let batch: T[] = []
  try {
    while (true) {
      const next = await source.next()
      if (next.done) {
        if (batch.length > 0) yield batch
        return next.value
      }
      batch.push(next.value)
      await pace()
      if (batch.length === size) {
        yield batch
        batch = []
      }
    }
  } finally {
    await source.return(undefined as R)
  }
}

/** Each item turned into another, one at a time; returns what the source returns. */
export async function* mapped<T, U, R>(
  source: AsyncGenerator<T, R>,
  turn: (item: T) => Promise<U> | U,
): AsyncGenerator<U, R> {
  try {
    while (true) {
      const next = await source.next()
      if (next.done) return next.value
      yield await turn(next.value)
    }
  } finally {
    await source.return(undefined as R)
  }
}

/** Do something with every item; resolves to what the source returns. The source is closed when `work` throws. */
export async function drained<T, R>(source: AsyncGenerator<T, R>, work: (item: T) => Promise<void>): Promise<R> {
  try {
    while (true) {
      const next = await source.next()
      if (next.done) return next.value
      await work(next.value)
    }
  } finally {
    await source.return(undefined as R)
  }
}
