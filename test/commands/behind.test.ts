import { expect, test } from 'vitest'
import { worksBehind } from '../../commands/behind.ts'

test.each<[line: string, behind: boolean]>([
  ['serve', false],
  ['serve --role api', false],
  ['serve --role all', false],
  ['serve --role worker', true],
  ['serve --role=worker', true],
  ['ingest ctgov --full', true],
  ['reindex --check', true],
  ['backup /tmp/somewhere', true],
  ['normalise --all', true],
  ['normalise study.json', false],
  ['status', false],
  ['', false],
])('`essais %s` lets other processes go first: %s', (line, behind) => {
  expect(worksBehind(line.split(' ').filter(Boolean))).toBe(behind)
})
