type Numbers = Uint8Array | Int16Array | Int32Array | Float64Array

/** A typed array that grows by doubling; `data` is replaced when it does, so read it afresh after `reserve`. */
export interface Column<A extends Numbers> {
  data: A
  reserve(length: number): void
}

function column<A extends Numbers>(make: (length: number) => A, fill: number): Column<A> {
  const own: Column<A> = {
    data: make(64).fill(fill) as A,
    reserve(length) {
      if (length <= own.data.length) return
      const larger = make(Math.max(length, own.data.length * 2)).fill(fill) as A
      larger.set(own.data)
      own.data = larger
    },
  }
  return own
}

export const bytes = (fill = 0) => column((length) => new Uint8Array(length), fill)
export const shorts = (fill = 0) => column((length) => new Int16Array(length), fill)
export const ints = (fill = 0) => column((length) => new Int32Array(length), fill)
export const doubles = (fill = 0) => column((length) => new Float64Array(length), fill)

/**
 * Lists of different lengths, one after the other: list `n` holds the entries from `starts[n]` to before `starts[n +
 * 1]`.
 */
export interface Lists {
  starts: Column<Int32Array>
  /** Begin the next list; `count` entries belong to it. Returns where the first one goes. */
  next(count: number): number
}

export function createLists(): Lists {
  const starts = ints()
  let count = 0
  return {
    starts,
    next(length) {
      const from = starts.data[count] as number
      count++
      starts.reserve(count + 1)
      starts.data[count] = from + length
      return from
    },
  }
}
