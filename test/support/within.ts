import { expect } from 'vitest'

/** What is answered at once is so in one of a few tries on a busy machine too; what waits for somebody is in none. */
const TRIES = 3
/** No try takes as long as it takes to give a silent PostgreSQL up. */
const LONGEST_TRY_MS = 8_000

/** Ask, a few times at most, until the answer comes within so many milliseconds; fails when none did. */
export async function within<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    const startedAt = performance.now()
    const answer = await ask()
    const tookMs = performance.now() - startedAt
    expect(tookMs).toBeLessThan(left > 0 ? LONGEST_TRY_MS : ms)
    if (tookMs < ms) return answer
  }
}
