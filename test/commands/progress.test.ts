import { expect, test } from 'vitest'
import { createProgress } from '../../commands/progress.ts'

/** What is written while so many of 250 records are read, one progress after the other. */
function shown(fetched: number[], isTTY: boolean, announced: number | null = 250) {
  const written: string[] = []
  const progress = createProgress({ write: (text) => written.push(text), isTTY })
  const counts = { created: 1, updated: 2, unchanged: 3, quarantined: 4, missing: 0, departed: 0, trialsChanged: 0 }
  for (const count of fetched) progress.show({ registry: 'ctgov', announced, fetched: count, ...counts })
  progress.done()
  progress.done()
  return written
}

test('a terminal has one bar, drawn over again, and ends its line once', () => {
  const [first, half, end, ...more] = shown([0, 125], true)
  expect(first).toMatch(/^\r.*\[ {24}\] ClinicalTrials\.gov: 0 of 250 read, 1 new, 2 changed, 3 same, 4 refused$/)
  expect(half).toContain(`[${'█'.repeat(12)}${' '.repeat(12)}] ClinicalTrials.gov: 125 of 250`)
  expect([end, ...more]).toEqual(['\n'])
  expect(shown([40], true, null)[0]).toMatch(/ClinicalTrials\.gov: 40 read/)
})

test('elsewhere a line is written for every hundred records, and nothing at the end', () => {
  const written = shown([10, 99, 100, 130, 199, 215, 320], false, null)
  expect(written.map((line) => /: (\d+) read/.exec(line)?.[1])).toEqual(['100', '215', '320'])
  for (const line of written) expect(line.endsWith('\n')).toBe(true)
})
