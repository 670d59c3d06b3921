/**
 * The first `count` of `length` positions in order, without sorting the rest: a heap of the best so far with the worst
 * on top. `before(a, b)` is a strict total order.
 */
export function firstInOrder(length: number, count: number, before: (a: number, b: number) => boolean): number[] {
  const heap: number[] = []
  for (let at = 0; at < length; at++) {
    if (heap.length < count) {
      heap.push(at)
      rise(heap, before)
    } else if (count > 0 && before(at, heap[0] as number)) {
      heap[0] = at
      sink(heap, before)
    }
  }
  return heap.sort((a, b) => (before(a, b) ? -1 : 1))
}

function rise(heap: number[], before: (a: number, b: number) => boolean): void {
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!before(heap[parent] as number, heap[child] as number)) return
    swap(heap, parent, child)
    child = parent
  }
}

function sink(heap: number[], before: (a: number, b: number) => boolean): void {
  let parent = 0
  for (;;) {
    let worst = parent
    const left = 2 * parent + 1
    const right = left + 1
    if (left < heap.length && before(heap[worst] as number, heap[left] as number)) worst = left
    if (right < heap.length && before(heap[worst] as number, heap[right] as number)) worst = right
    if (worst === parent) return
    swap(heap, parent, worst)
    parent = worst
  }
}

function swap(heap: number[], a: number, b: number): void {
  const kept = heap[a] as number
  heap[a] = heap[b] as number
  heap[b] = kept
}
