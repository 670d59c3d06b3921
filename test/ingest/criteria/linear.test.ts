import { describe, expect, test } from 'vitest'
import { readCriteria } from '../../../ingest/criteria/read.ts'
import { trial } from './input.ts'

/** Texts made to send a careless expression round in circles; each grows in proportion to `size`. */
const HOSTILE: Record<string, (size: number) => string> = {
  'ten thousand bullets': (size) => `Inclusion Criteria:\n\n${'* EGFR mutation, ECOG 0-1\n'.repeat(size / 26)}`,
  'one endless sentence': (size) =>
    `Inclusion Criteria:\n\n* ${'EGFR, ALK or ROS1 mutation and no prior therapy for '.repeat(size / 50)}`,
  'a list of genes': (size) => `Inclusion Criteria:\n\n* ${'EGFR, '.repeat(size / 6)}`,
  blanks: (size) => `Exclusion Criteria:\n\n* a${' '.repeat(size)}b`,
  'line ends': (size) => '\n'.repeat(size),
  brackets: (size) => `Exclusion Criteria:\n\n* ${'('.repeat(size)}`,
  'one word': (size) => 'a'.repeat(size),
  'half a count of lines': (size) =>
    `Inclusion Criteria:\n\n* ${'at least 2 prior previous systemic '.repeat(size / 35)}`,
  'other malignancies': (size) => `Exclusion Criteria:\n\n* ${'history of prior other malignancy '.repeat(size / 34)}`,
  escapes: (size) => '\\>'.repeat(size / 2),
}

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
