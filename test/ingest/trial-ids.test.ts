import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignTrialIds, type Member, trialIdOf } from '../../ingest/trial-ids.ts'

/** A record first seen on that day of January. */
const member = (key: string, day: number, trialId: string | null = null): Member => ({
  key,
  firstSeenAt: new Date(Date.UTC(2026, 0, day)),
  trialId,
})
const [A, B, C] = ['ctgov:A', 'ctis:B', 'ctgov:C'].map((key) => ({ key, id: trialIdOf(key) })) as [
  { key: string; id: string },
  { key: string; id: string },
  { key: string; id: string },
]

test('an id is short, opaque, and follows from the first record alone', () => {
  expect(trialIdOf('ctgov:NCT00000001')).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/)
  expect(trialIdOf('ctgov:NCT00000001')).toBe(trialIdOf('ctgov:NCT00000001'))
  const ids = Array.from({ length: 20_000 }, (_, index) => trialIdOf(`ctgov:NCT${index}`))
  expect(new Set(ids).size).toBe(ids.length)
})

describe('trial ids', () => {
  test('of a new study come from its earliest record, of one day the first by key', () => {
    const group = [member(A.key, 5), member(B.key, 2), member(C.key, 2)]
    expect(assignTrialIds([group], group)).toEqual({ ids: [C.id], removed: [] })
  })

  test('stay when records come and go', () => {
    const [a, b] = [member(A.key, 1, A.id), member(B.key, 2)]
    expect(assignTrialIds([[a, b]], [a, b]).ids).toEqual([A.id])
    const joined = member(B.key, 2, A.id)
    expect(assignTrialIds([[joined]], [member(A.key, 1, A.id), joined])).toEqual({ ids: [A.id], removed: [] })
  })

  test('of two studies found to be one: the older survives, the other becomes an alias', () => {
    const [a, b] = [member(A.key, 9, A.id), member(B.key, 3, B.id)]
    expect(assignTrialIds([[a, b]], [a, b])).toEqual({ ids: [B.id], removed: [{ id: A.id, into: B.id }] })
  })

  test('of one study found to be two: each is what it was before, in whatever order', () => {
    const [a, b] = [member(A.key, 1, A.id), member(B.key, 2, A.id)]
    expect(assignTrialIds([[a], [b]], [a, b])).toEqual({ ids: [A.id, B.id], removed: [] })
    expect(assignTrialIds([[b], [a]], [a, b])).toEqual({ ids: [B.id, A.id], removed: [] })
  })

  test('when the first record is gone, the id stays with the earliest that is left', () => {
    const gone = member(A.key, 1, A.id)
    const [b, c] = [member(B.key, 3, A.id), member(C.key, 2, A.id)]
    expect(assignTrialIds([[b], [c]], [gone, b, c])).toEqual({ ids: [B.id, A.id], removed: [] })
  })

  test('of a study without any record left is removed, into nothing', () => {
    const gone = member(A.key, 1, A.id)
    expect(assignTrialIds([], [gone])).toEqual({ ids: [], removed: [{ id: A.id }] })
  })

  test('a record that comes back to find its id in use gets the id again, the other its own', () => {
    const [back, heir] = [member(A.key, 1, A.id), member(B.key, 2, A.id)]
    expect(assignTrialIds([[back], [heir]], [back, heir]).ids).toEqual([A.id, B.id])
  })

  test('are one for each group, keep every id known before, and lead every other one somewhere or nowhere', () => {
    const anyMembers = fc.uniqueArray(
      fc.record({
        key: fc.integer({ min: 0, max: 30 }).map((n) => `ctgov:${n}`),
        day: fc.integer({ min: 1, max: 5 }),
        trial: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
        group: fc.integer({ min: -1, max: 5 }),
      }),
      { selector: ({ key }) => key, maxLength: 14 },
    )
    fc.assert(
      fc.property(anyMembers, (drawn) => {
        const all = drawn.map((item) =>
          member(item.key, item.day, item.trial === null ? null : trialIdOf(`ctgov:${item.trial}`)),
        )
        const numbers = [...new Set(drawn.map((item) => item.group))].filter((group) => group >= 0)
        const groups = numbers.map((number) => all.filter((_, index) => drawn[index]?.group === number))
        const { ids, removed } = assignTrialIds(groups, all)
        expect(new Set(ids).size).toBe(groups.length)
        const before = new Set(all.flatMap(({ trialId }) => trialId ?? []))
        expect([...before].filter((id) => !ids.includes(id)).sort()).toEqual(removed.map(({ id }) => id).sort())
        for (const { into } of removed) if (into !== undefined) expect(ids).toContain(into)
        // Asked again with what came out, nothing moves.
        const settled = groups.map((group, index) => group.map((item) => ({ ...item, trialId: ids[index] ?? null })))
        expect(assignTrialIds(settled, settled.flat())).toEqual({ ids, removed: [] })
      }),
    )
  })
})
