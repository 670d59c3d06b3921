import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'
import { HOSTILE } from './hostile.ts'
import { trial } from './input.ts'

function processorMs(text: string): number {
  const before = process.cpuUsage()
  readCriteria(trial(text))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('work grows with the text, not faster', () => {
  test.each(Object.entries(HOSTILE))(
    '%s',
    (_, make) => {
      processorMs(make(4_000))
      const small = Math.max(processorMs(make(16_000)), 5)
      const large = processorMs(make(64_000))
      // Four times the text: twice that again is left for a busy machine; quadratic work would be sixteen times.
      expect(large / small).toBeLessThan(12)
    },
    60_000,
  )
})

test.each(['random words', 'ten thousand bullets', 'brackets in brackets'])(
  'a megabyte comes to an end: %s',
  (name) => {
    expect(readCriteria(trial(HOSTILE[name]?.(1_000_000) ?? ''))).toBeInstanceOf(Array)
  },
  120_000,
)
