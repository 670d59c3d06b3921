import { expect, test } from 'vitest'
import { latestSequence } from '../../db/changes.ts'
import { describeEachDatabase } from './databases.ts'

describeEachDatabase('opening', (open) => {
  test('an empty database has no changes', async () => {
    expect(await latestSequence(await open())).toBe(0)
  })
})
