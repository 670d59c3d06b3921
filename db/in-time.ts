import { setTimeout as sleep } from 'node:timers/promises'

/** What was asked for; null when it failed or is not there in time, so that nobody waits for a part that is away. */
export async function inTime<T>(asked: Promise<T>, timeoutMs: number): Promise<T | null> {
  const stopping = new AbortController()
  const late = sleep(timeoutMs, null, { signal: stopping.signal }).catch(() => null)
  const answer = await Promise.race([asked.catch(() => null), late])
  stopping.abort()
  return answer
}
