import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { isUnreachable, reasonOf } from '../../db/errors.ts'
import { memoryDatabase } from '../support/databases.ts'

test('the reason of a failed statement is what the database says, without the statement and its values', async () => {
  const db = await memoryDatabase()
  const failure = await db.orm.execute(sql`select 1 from nowhere where ${'a value'} = ''`).catch((error) => error)
  expect(String(failure)).toContain('a value')
  expect(reasonOf(failure)).toBe('relation "nowhere" does not exist')
  await db.close()
})

test('the reason of anything else is its message', () => {
  expect(reasonOf(new RangeError('too far', { cause: new Error('within') }))).toBe('too far')
  expect(reasonOf('text')).toBe('text')
})

test.each([
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
  [new Error('outer', { cause: Object.assign(new Error('x'), { code: '57P01' }) }), true],
  [Object.assign(new Error('x'), { code: '23505' }), false],
  ['ECONNREFUSED', false],
])('%s is out of reach: %s', (error, expected) => {
  expect(isUnreachable(error)).toBe(expected)
})
