import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { inTime } from '../../db/in-time.ts'
import { createListeners } from '../../db/listeners.ts'
import { watchForSilence } from '../../db/watch.ts'

const LONG_MS = 60_000
const never = () => new Promise<never>(() => {})

describe('a watch for silence', () => {
  function watch(ask: () => Promise<unknown>, silentAfterMs: number) {
    const asked = vi.fn(ask)
    const onSilence = vi.fn()
    const watching = watchForSilence(asked, onSilence, { everyMs: 1, silentAfterMs })
    onTestFinished(() => watching.stop())
    return { asked, onSilence, stop: () => watching.stop() }
  }

  test('calls again and again where nobody answers', async () => {
    const { onSilence } = watch(never, 1)
    await expect.poll(() => onSilence.mock.calls.length).toBeGreaterThan(2)
  })

  test.each([
    ['an answer', () => Promise.resolve()],
    ['a refusal', () => Promise.reject(new Error('no'))],
  ])('asks on after %s, and calls nobody', async (_, answer) => {
    const { asked, onSilence } = watch(answer, LONG_MS)
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(3)
    expect(onSilence).not.toHaveBeenCalled()
  })

  test('that was stopped asks no more, and does not call for an answer that never came', async () => {
    const watching = watch(() => {
      watching.stop()
      return never()
    }, 5)
    const { asked, onSilence } = watching
    await expect.poll(() => asked.mock.calls.length).toBe(1)
    // Longer than it would have waited.
    await inTime(never(), 50)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(onSilence).not.toHaveBeenCalled()
  })
})

describe('what is asked for in time', () => {
  test('is the answer, or null when it failed or is late', async () => {
    expect(await inTime(Promise.resolve('here'), LONG_MS)).toBe('here')
    expect(await inTime(Promise.reject(new Error('no')), LONG_MS)).toBeNull()
    expect(await inTime(never(), 1)).toBeNull()
  })

  test('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
    const before = timers()
    await Promise.all(Array.from({ length: 50 }, () => inTime(Promise.resolve(), LONG_MS)))
    expect(timers()).toBeLessThan(before + 50)
  })
})

describe('listeners', () => {
  test('are told to look at once, then of every change, until they leave', async () => {
    const { tell, onChange, clear } = createListeners()
    const [stays, leaves, neverLooks] = [vi.fn(), vi.fn(), vi.fn()]
    onChange(stays)
    const leave = onChange(leaves)
    onChange(neverLooks)()
    await sleep(0)
    expect([stays, leaves, neverLooks].map(({ mock }) => mock.calls)).toEqual([[[null]], [[null]], []])
    tell(7)
    leave()
    tell(8)
    expect(stays.mock.calls).toEqual([[null], [7], [8]])
    expect(leaves.mock.calls).toEqual([[null], [7]])
    clear()
    tell(9)
    expect(stays).toHaveBeenCalledTimes(3)
  })
})
