import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Change, latestSequence, readChanges } from '../../../db/changes.ts'
import type { Database } from '../../../db/database.ts'
import { followChanges } from '../../../db/follow.ts'
import { putTrials } from '../../../db/trials.ts'
import { LATER, NOON, type Open, put, SOON, trialOf } from './given.ts'

/** What must hold of the change log and whoever follows it on either database. */
export function changesContract(open: Open): void {
  describe('changes', () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
    })

    test('are numbered from 1 without a gap, across batches and attempts that failed', async () => {
      await put(db, [trialOf('a', 1), trialOf('b', 2)])
      await db
        .transaction(async (tx) => {
          await putTrials(tx, [{ trial: trialOf('lost', 3) }], NOON)
          throw new Error('no')
        })
        .catch(() => {})
      await put(db, [trialOf('c', 4), trialOf('a', 1, { briefTitle: 'new' })], LATER)
      expect(await readChanges(db, { since: 0 })).toEqual([
        { sequence: 1, trialId: 'a', kind: 'created', at: NOON.toISOString() },
        { sequence: 2, trialId: 'b', kind: 'created', at: NOON.toISOString() },
        { sequence: 3, trialId: 'c', kind: 'created', at: LATER.toISOString() },
        { sequence: 4, trialId: 'a', kind: 'updated', at: LATER.toISOString() },
      ])
      expect(await latestSequence(db)).toBe(4)
      const page = await readChanges(db, { since: 1, limit: 2 })
      expect(page.map(({ sequence }) => sequence)).toEqual([2, 3])
    })

    test('a listener is told after the commit, not of what was rolled back, and not after it left', async () => {
      const told: (number | null)[] = []
      // PostgreSQL tells of a commit when it comes to it: of those of the test before perhaps only now.
      const before = await latestSequence(db)
      const leave = db.onChange((sequence) => told.push(sequence))
      await db
        .transaction(async (tx) => {
          await putTrials(tx, [{ trial: trialOf('lost', 3) }], NOON)
          throw new Error('no')
        })
        .catch(() => {})
      await put(db, [trialOf('told', 5)])
      const latest = await latestSequence(db)
      await vi.waitFor(() => expect(told).toContain(latest), SOON)
      expect(told.filter((sequence) => sequence !== null && sequence > before)).toEqual([latest])
      leave()
      const other: (number | null)[] = []
      const leaveOther = db.onChange((sequence) => other.push(sequence))
      await put(db, [trialOf('untold', 6)])
      await vi.waitFor(() => expect(other).toContain(latest + 1), SOON)
      leaveOther()
      expect(told).not.toContain(latest + 1)
    })

    test('a follower gets every change once and in order, those from before and those to come', async () => {
      const got: Change[] = []
      const onError = vi.fn()
      const since = 2
      const follower = followChanges(db, { since, onBatch: (batch) => void got.push(...batch), onError, limit: 3 })
      for (let index = 0; index < 7; index++) await put(db, [trialOf(`follow-${index}`, 20 + index)])
      const latest = await latestSequence(db)
      await vi.waitFor(() => expect(follower.position()).toBe(latest), SOON)
      await follower.stop()
      await put(db, [trialOf('after-stop', 30)])
      expect(got.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: latest - since }, (_, i) => since + i + 1),
      )
      expect(onError).not.toHaveBeenCalled()
    })

    test('a follower whose work fails gets the same changes again', async () => {
      const since = await latestSequence(db)
      await put(db, [trialOf('again', 40)])
      let failures = 2
      const got: string[] = []
      const errors: unknown[] = []
      const follower = followChanges(db, {
        since,
        pollMs: 5,
        onBatch: (batch) => {
          if (failures-- > 0) throw new Error('index out of reach')
          got.push(...batch.map(({ trialId }) => trialId))
        },
        onError: (error) => errors.push(error),
      })
      await vi.waitFor(() => expect(got).toEqual(['again']), SOON)
      await follower.stop()
      expect(errors).toHaveLength(2)
    })

    test('polling finds what no notification told of', async () => {
      const deaf: Database = { ...db, onChange: () => () => {} }
      const since = await latestSequence(db)
      const got: Change[] = []
      const follower = followChanges(deaf, {
        since,
        pollMs: 5,
        onBatch: (batch) => void got.push(...batch),
        onError() {},
      })
      await put(db, [trialOf('polled', 50)])
      await vi.waitFor(() => expect(got.map(({ trialId }) => trialId)).toEqual(['polled']), SOON)
      await follower.stop()
    })
  })
}
