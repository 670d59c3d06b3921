import { inTime } from './in-time.ts'

export interface WatchOptions {
  /** How often the server is asked for a sign of life. */
  everyMs: number
  /**
   * Without one for so long it is taken for silent: this is how long somebody may wait for an answer that never comes.
   */
  silentAfterMs: number
}

/**
 * Asks again and again, and calls `onSilence` when no answer came in time. A refusal is an answer, and is told to
 * whoever asks for more. TCP by itself waits a quarter of an hour for a server that has gone without a word.
 */
export function watchForSilence(
  ask: () => Promise<unknown>,
  onSilence: () => void,
  { everyMs, silentAfterMs }: WatchOptions,
): { stop(): void } {
  let stopped = false
  let timer: NodeJS.Timeout
  const wait = () => {
    timer = setTimeout(look, everyMs).unref()
  }
  async function look(): Promise<void> {
    const answered = ask().then(
      () => true,
      () => true,
    )
    const silent = (await inTime(answered, silentAfterMs)) === null
    if (stopped) return
    if (silent) onSilence()
    wait()
  }
  wait()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
