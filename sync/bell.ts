/** Pauses that end early: `rest` at a ring (also one since the last rest), both when the signal is aborted. */
export function createBell(signal: AbortSignal) {
  let rung = false
  let wake = () => {}

  const wait = (ms: number, ends: (end: () => void) => void) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end)
      ends(end)
      if (signal.aborted) end()
    })

  return {
    ring(): void {
      rung = true
      wake()
    },
    async rest(ms: number): Promise<void> {
      if (!rung) {
        await wait(ms, (end) => {
          wake = end
        })
      }
      wake = () => {}
      rung = false
    },
    /** Rings do not end it: a failing engine is not asked again at each commit. */
    sleep: (ms: number) => wait(ms, () => {}),
  }
}
