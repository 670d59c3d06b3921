import { expect, test } from 'vitest'
import { closingAll } from '../../commands/closing.ts'

const later = () => new Promise<void>((resolve) => setImmediate(resolve))

test('everything is closed one after the other, last opened first, when the work is done', async () => {
  const said: string[] = []
  const answer = await closingAll(async (closers) => {
    closers.push(async () => {
      await later()
      said.push('database')
    })
    closers.push(() => said.push('server'))
    said.push('work')
    return 7
  }, fail)
  expect(answer).toBe(7)
  expect(said).toEqual(['work', 'server', 'database'])
})

test('what cannot be closed keeps nothing else open, and is thrown afterwards', async () => {
  const closed: string[] = []
  const stuck = new Error('the server does not close')
  const work = closingAll(async (closers) => {
    closers.push(() => closed.push('database'))
    closers.push(() => Promise.reject(stuck))
    closers.push(() => closed.push('worker'))
  }, fail)
  await expect(work).rejects.toBe(stuck)
  expect(closed).toEqual(['worker', 'database'])
})

test('the first error is thrown, be it of the work, and those of closing after it are told', async () => {
  const taken = new Error('the port is taken')
  const told: unknown[] = []
  const closed: string[] = []
  const work = closingAll(
    async (closers) => {
      closers.push(() => closed.push('database'))
      closers.push(() => {
        throw 'index'
      })
      closers.push(() => Promise.reject('feed'))
      throw taken
    },
    (error) => told.push(error),
  )
  await expect(work).rejects.toBe(taken)
  expect(told).toEqual(['feed', 'index'])
  expect(closed).toEqual(['database'])
})

function fail(error: unknown): never {
  throw error
}
