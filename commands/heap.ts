import { setFlagsFromString } from 'node:v8'

/**
 * Let the heap grow by this share of what lives in it before it is swept. V8 would wait until it is several times as
 * large: reading thousands of trials then leaves more garbage lying about than there is memory in use. A smaller share
 * takes less memory and more processor time; DECISIONS.md compares them ("The heap is swept…").
 */
const GROWTH_PERCENT = 12

/** For processes that live long or read much: memory in use decides how much is taken, at some cost of time. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
