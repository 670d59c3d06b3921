import { setFlagsFromString } from 'node:v8'

/**
 * Let the heap grow by this share of what lives in it before it is swept. V8 would wait until it is several times as
 * large: reading 10,000 trials then leaves a gigabyte of garbage lying about, beside half as much that is in use. A first
 * load of them peaked at 990 MB with 12, at 1,065 MB with 25, and took 5 % longer (bench/RESULTS.md).
 */
const GROWTH_PERCENT = 12

/** For processes that live long or read much: memory in use decides how much is taken, at some cost of time. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
