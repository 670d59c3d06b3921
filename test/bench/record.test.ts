import { expect, test } from 'vitest'
import { withSection } from '../../bench/record.ts'

const document = '# Measured\n\nIntroduction.\n\n## A\n\none\n\n## B\n\ntwo\n'

test('a new section goes to the end', () => {
  expect(withSection('# Measured\n\nIntroduction.\n', 'A', '## A\n\none\n')).toBe(
    '# Measured\n\nIntroduction.\n\n## A\n\none\n',
  )
})

test('a section of the same name is replaced in its place, the others stay', () => {
  expect(withSection(document, 'A', '## A\n\nnew\n')).toBe(document.replace('one', 'new'))
  expect(withSection(document, 'B', '## B\n\nnew\n')).toBe(document.replace('two', 'new'))
})

test('writing the same section twice changes nothing', () => {
  expect(withSection(document, 'A', '## A\n\none\n')).toBe(document)
})
