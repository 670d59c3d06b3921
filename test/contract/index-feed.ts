import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { latestSequence } from '../../db/changes.ts'
import { readCheckpoint } from '../../db/checkpoints.ts'
import type { Database } from '../../db/database.ts'
import { streamTrials } from '../../db/trials.ts'
import { type FeedEvent, type FeedOptions, feedIndex, type IndexFeed } from '../../sync/outbox.ts'
import { checkIndex, repairIndex } from '../../sync/rebuild.ts'
import { DocumentsRefused, type IndexDocument, IndexError, type SearchIndex } from '../../sync/search-index.ts'
import { deleteTrials, inventedTrial, writeTrials } from '../sync/trials.ts'
import { indexDocument } from './search-index.ts'

const CLEAN = { missing: [], outdated: [], extra: [] }
const DEADLINE = { timeout: 15_000, interval: 25 }

/** An index that can be made to fail, and that counts what it is asked. */
function fragile(index: SearchIndex) {
  const calls = { put: 0, remove: 0, position: 0, setPosition: 0, rebuild: 0 }
  const faults = {
    down: false,
    /** Fails so many of the next writes, after having done them. */
    dying: 0,
    refusing: new Set<string>(),
    beforeRebuiltBatch: async () => {},
  }
  const guard = () => {
    if (faults.down) throw new IndexError('the engine is down')
  }
  const dying = () => {
    if (faults.dying > 0 && faults.dying-- > 0) throw new IndexError('the connection was cut')
  }
  const counted: SearchIndex = {
    ...index,
    put: async (documents) => {
      calls.put++
      guard()
      const bad = documents.filter(({ id }) => faults.refusing.has(id)).map(({ id }) => id)
      await index.put(documents.filter(({ id }) => !faults.refusing.has(id)))
      dying()
      if (bad.length > 0) throw new DocumentsRefused(bad)
    },
    remove: async (ids) => {
      calls.remove++
      guard()
      await index.remove(ids)
      dying()
    },
    position: async () => {
      calls.position++
      guard()
      return index.position()
    },
    setPosition: async (sequence) => {
      calls.setPosition++
      guard()
      await index.setPosition(sequence)
      dying()
    },
    rebuild: async (documents, options) => {
      calls.rebuild++
      guard()
      async function* interrupted(): AsyncGenerator<IndexDocument[]> {
        for await (const batch of documents) {
          await faults.beforeRebuiltBatch()
          yield batch
        }
      }
      const refused: string[] = []
      async function* accepted(): AsyncGenerator<IndexDocument[]> {
        for await (const batch of interrupted()) {
          refused.push(...batch.filter(({ id }) => faults.refusing.has(id)).map(({ id }) => id))
          yield batch.filter(({ id }) => !faults.refusing.has(id))
        }
      }
      return { ...(await index.rebuild(accepted(), options)), refused }
    },
  }
  return { index: counted, calls, faults }
}

/** What holds for every pair of database and index: afterwards they are equal. Each test has an index of its own. */
export function indexFeedContract(
  name: string,
  openDatabase: () => Promise<Database>,
  createIndex: () => Promise<SearchIndex>,
  { histories = 12 } = {},
): void {
  describe(name, () => {
    let db: Database
    beforeAll(async () => {
      db = await openDatabase()
    })
    afterAll(() => db.close())

    let targets = 0

    async function setUp(given: Partial<FeedOptions> = {}) {
      for await (const trials of streamTrials(db)) {
        await deleteTrials(
          db,
          trials.map(({ id }) => id),
        )
      }
      const created = await createIndex()
      const target = `index-${targets++}`
      const real: SearchIndex = { ...created, name: target }
      onTestFinished(() => real.close())
      const { index, calls, faults } = fragile(real)
      const events: FeedEvent[] = []
      const options = {
        owner: 'one',
        pollMs: 200,
        firstRetryMs: 10,
        longestRetryMs: 50,
        onEvent: (event: FeedEvent) => events.push(event),
        ...given,
      }
      let feed: IndexFeed | null = null
      const start = (more: Partial<FeedOptions> = {}) => {
        const started = feedIndex(db, index, { ...options, ...more })
        feed = started
        onTestFinished(() => started.stop())
        return started
      }
      /** Every change so far was taken, and index and database are equal. */
      const settled = async () => {
        await expect.poll(async () => feed?.state().position === (await latestSequence(db)), DEADLINE).toBe(true)
        expect(await checkIndex(db, real)).toMatchObject(CLEAN)
      }
      const find = async (text: string) =>
        (await real.search(text, { lang: 'en', limit: 1000 })).map(({ id }) => id).sort()
      return { target, real, index, calls, faults, events, start, settled, find }
    }

    test('fills an empty index, then follows: new, changed and removed trials', async () => {
      const { target, real, start, settled, find, calls } = await setUp()
      await writeTrials(db, [inventedTrial('a', { conditions: ['Melanoma'] }), inventedTrial('b')])
      const feed = start()
      await settled()
      expect(calls.rebuild).toBe(1)
      expect(await find('melanoma')).toEqual(['a'])

      await writeTrials(db, [inventedTrial('b', { conditions: ['Melanoma'] }), inventedTrial('c')])
      await settled()
      expect(await find('melanoma')).toEqual(['a', 'b'])
      await deleteTrials(db, ['a'])
      await settled()
      expect(await find('melanoma')).toEqual(['b'])
      expect(calls.rebuild).toBe(1)

      await feed.stop()
      const last = await latestSequence(db)
      expect(await real.position()).toBe(last)
      expect(await readCheckpoint(db, target)).toMatchObject({ target, sequence: last })
      expect(feed.state()).toMatchObject({ position: last, lag: 0, behindSince: null, lastError: null, refused: [] })
    })

    test('what does not change the text costs the index nothing', async () => {
      const { start, settled, calls } = await setUp()
      await writeTrials(db, [inventedTrial('a')])
      const feed = start()
      await settled()
      const before = { ...calls }
      for (let at = 0; at < 20; at++) await writeTrials(db, [inventedTrial('a', { enrollmentCount: at })])
      await expect.poll(() => feed.state().lag, DEADLINE).toBe(0)
      expect(calls.put).toBe(before.put)
      expect(calls.setPosition - before.setPosition).toBeLessThanOrEqual(2)
    })

    test('a change is in the index soon after its commit, without waiting for a poll', async () => {
      const { start, settled, find } = await setUp({ pollMs: 60_000 })
      start()
      await settled()
      await writeTrials(db, [inventedTrial('prompt', { conditions: ['Sarcoma'] })])
      await expect.poll(() => find('sarcoma').catch(() => []), DEADLINE).toEqual(['prompt'])
    })

    test('an engine that is down: writes go on, it is asked now and then, the lag shows; then everything is there', async () => {
      const { target, start, settled, faults, calls, events } = await setUp({ firstRetryMs: 40, longestRetryMs: 80 })
      const feed = start()
      await settled()
      faults.down = true
      await writeTrials(db, [inventedTrial('a')])
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('failing')
      const before = calls.position
      const startedAt = performance.now()
      for (let at = 0; at < 30; at++) await writeTrials(db, [inventedTrial(`during-${at}`)])
      const most = 2 + (performance.now() - startedAt) / 20
      expect(calls.position - before).toBeLessThanOrEqual(most)
      expect(feed.state()).toMatchObject({
        lag: expect.any(Number),
        behindSince: expect.any(String),
        lastError: 'the engine is down',
      })
      expect(feed.state().lag).toBeGreaterThan(0)
      await expect
        .poll(async () => (await readCheckpoint(db, target))?.detail, DEADLINE)
        .toMatchObject({ phase: 'failing', lastError: 'the engine is down' })

      faults.down = false
      await settled()
      await expect
        .poll(() => feed.state(), DEADLINE)
        .toMatchObject({ phase: 'following', lag: 0, lastError: null, behindSince: null })
      expect(events.at(-1)).toEqual({ kind: 'recovered' })
    })

    test('stopping does not wait for an engine that is down', async () => {
      const { start, faults } = await setUp({ firstRetryMs: 600_000, longestRetryMs: 600_000 })
      faults.down = true
      const feed = start()
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('failing')
      await feed.stop()
    })

    test.each([1, 2, 3])(
      'cut off %i times between writing and remembering: done again, once in the index',
      async (times) => {
        const { start, settled, faults, find } = await setUp()
        start()
        await settled()
        faults.dying = times
        await writeTrials(db, [inventedTrial('a', { conditions: ['Melanoma'] }), inventedTrial('b')])
        await writeTrials(db, [inventedTrial('b', { conditions: ['Melanoma'] })])
        await deleteTrials(db, ['a'])
        await settled()
        expect(await find('melanoma')).toEqual(['b'])
      },
    )

    test('a process that died is followed by another: nothing is missing', async () => {
      const { start, settled, faults } = await setUp({ leaseMs: 600 })
      await writeTrials(db, [inventedTrial('a'), inventedTrial('b')])
      const first = start()
      await settled()
      faults.dying = 1
      await writeTrials(db, [inventedTrial('c')])
      await deleteTrials(db, ['b'])
      await first.stop()
      await writeTrials(db, [inventedTrial('d')])
      start({ owner: 'two' })
      await settled()
    })

    test('an index that asks for it, lost its position or is ahead of the database is rebuilt', async () => {
      const { real, start, settled, calls } = await setUp()
      await writeTrials(db, [inventedTrial('a'), inventedTrial('b')])
      const feed = start()
      await settled()
      for (const [times, position] of [
        [2, null],
        [3, 1_000_000],
      ] as const) {
        await real.put([indexDocument({ id: 'extra', titles: ['From nowhere'] })])
        await real.setPosition(position)
        await expect.poll(() => calls.rebuild, DEADLINE).toBe(times)
        await expect.poll(() => feed.state().phase, DEADLINE).toBe('following')
        await settled()
        expect(await real.position()).toBe(await latestSequence(db))
      }
    })

    test('an index that another database filled, as before a restore, is rebuilt even where its position fits', async () => {
      const { target, real, start, settled, calls } = await setUp()
      await writeTrials(db, [inventedTrial('a'), inventedTrial('b')])
      async function* ofBefore() {
        yield [indexDocument({ id: 'a', titles: ['As it was'] }), indexDocument({ id: 'gone' })]
      }
      await real.rebuild(ofBefore(), { position: await latestSequence(db) })
      await writeTrials(db, [inventedTrial('c')])
      start()
      await settled()
      expect(calls.rebuild).toBe(1)
      expect(await readCheckpoint(db, target)).not.toBeNull()
    })

    test('an index restored from an older copy gets the changes since', async () => {
      const { real, start, settled, calls } = await setUp()
      await writeTrials(db, [inventedTrial('a')])
      start()
      await settled()
      const then = await latestSequence(db)
      await writeTrials(db, [inventedTrial('a', { acronym: 'NEW' }), inventedTrial('b')])
      await settled()
      await real.remove(['b'])
      await real.setPosition(then)
      await expect.poll(() => checkIndex(db, real), DEADLINE).toMatchObject(CLEAN)
      expect(calls.rebuild).toBe(1)
    })

    test('a document the engine refuses is reported, holds nothing up, and is tried again when it changes', async () => {
      const { target, start, settled, faults, events, real } = await setUp()
      const feed = start()
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('following')
      faults.refusing.add('bad')
      await writeTrials(db, [inventedTrial('good'), inventedTrial('bad'), inventedTrial('fine')])
      await expect.poll(() => feed.state().refused, DEADLINE).toEqual(['bad'])
      await expect.poll(() => feed.state().lag, DEADLINE).toBe(0)
      expect(await checkIndex(db, real)).toMatchObject({ missing: ['bad'], outdated: [], extra: [] })
      expect(events).toContainEqual({ kind: 'refused', ids: ['bad'], error: expect.any(DocumentsRefused) })
      await expect
        .poll(async () => (await readCheckpoint(db, target))?.detail, DEADLINE)
        .toMatchObject({ refused: ['bad'] })
      faults.refusing.clear()
      await writeTrials(db, [inventedTrial('bad', { acronym: 'CURED' })])
      await settled()
      expect(feed.state().refused).toEqual([])

      faults.refusing.add('fine')
      await real.setPosition(null)
      await expect.poll(() => feed.state().refused, DEADLINE).toEqual(['fine'])
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('following')
      expect(await checkIndex(db, real)).toMatchObject({ missing: ['fine'], outdated: [], extra: [] })
    })

    test('writes and searches go on during a rebuild, and none is lost', async () => {
      const { real, start, settled, faults, find } = await setUp()
      await writeTrials(
        db,
        Array.from({ length: 250 }, (_, at) => inventedTrial(`t${at}`, { conditions: ['Melanoma'] })),
      )
      start()
      await settled()
      let written = 0
      faults.beforeRebuiltBatch = async () => {
        expect(await find('melanoma')).toHaveLength(250)
        await writeTrials(db, [
          inventedTrial(`late${written++}`, { conditions: ['Sarcoma'] }),
          inventedTrial('t0', { acronym: `v${written}`, conditions: ['Melanoma'] }),
          inventedTrial('t249', { acronym: `v${written}`, conditions: ['Melanoma'] }),
        ])
        if (written === 2) await deleteTrials(db, ['t5'])
      }
      await real.setPosition(null)
      await expect.poll(() => written, DEADLINE).toBeGreaterThanOrEqual(3)
      await settled()
      expect(await find('melanoma')).toHaveLength(249)
      expect(await find('sarcoma')).toHaveLength(written)
      expect(await find(`v${written}`)).toEqual(['t0', 't249'])
    })

    test('several targets, each with its own position', async () => {
      const { start, settled, real, faults } = await setUp()
      const replica: SearchIndex = { ...(await createIndex()), name: `index-${targets++}` }
      onTestFinished(() => replica.close())
      const other = feedIndex(db, replica, { owner: 'one', pollMs: 200, firstRetryMs: 10 })
      onTestFinished(() => other.stop())
      const feed = start()
      await writeTrials(db, [inventedTrial('a')])
      await settled()
      faults.down = true
      await writeTrials(db, [inventedTrial('b')])
      await expect.poll(async () => [...(await replica.hashes()).keys()].sort(), DEADLINE).toEqual(['a', 'b'])
      expect([...(await real.hashes()).keys()]).toEqual(['a'])
      expect(feed.state().lag).toBeGreaterThan(0)
      faults.down = false
      await settled()
      await feed.stop()
      await other.stop()
      expect(await readCheckpoint(db, replica.name)).toMatchObject({ sequence: await latestSequence(db) })
    })

    test('the check names what differs, and the repair puts it right', async () => {
      const { real, start, settled, faults, index } = await setUp()
      await writeTrials(db, [inventedTrial('a'), inventedTrial('b'), inventedTrial('c')])
      const feed = start()
      await settled()
      await feed.stop()
      await real.remove(['a'])
      await real.put([indexDocument({ id: 'b', titles: ['Wrong'] }), indexDocument({ id: 'x', titles: ['Extra'] })])
      const found = await checkIndex(db, index)
      expect(found).toEqual({ missing: ['a'], outdated: ['b'], extra: ['x'], documents: 3 })
      faults.refusing.add('a')
      expect(await repairIndex(db, index, found)).toEqual({
        missing: ['a'],
        outdated: [],
        extra: [],
        documents: 3,
        refused: ['a'],
      })
      faults.refusing.clear()
      expect(await repairIndex(db, index, await checkIndex(db, index))).toEqual({ ...CLEAN, documents: 3, refused: [] })
      await settled()
    })

    test('whatever happens in whatever order, the index ends up equal to the database', async () => {
      const { real, start, settled, faults } = await setUp()
      let feed = start()
      const id = fc.constantFrom('a', 'b', 'c', 'd')
      const step = fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ do: fc.constant('write' as const), id, text: fc.constantFrom('one', 'two', 'three') }),
        },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), times: fc.integer({ min: 1, max: 3 }) }) },
        {
          weight: 1,
          arbitrary: fc.record({
            do: fc.constantFrom('down' as const, 'up' as const, 'restart' as const, 'reindex' as const),
          }),
        },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          for (const now of steps) {
            if (now.do === 'write') await writeTrials(db, [inventedTrial(now.id, { acronym: now.text })])
            if (now.do === 'delete') await deleteTrials(db, [now.id])
            if (now.do === 'die') faults.dying = now.times
            if (now.do === 'down') faults.down = true
            if (now.do === 'up') faults.down = false
            if (now.do === 'reindex') await real.setPosition(null)
            if (now.do === 'restart') {
              await feed.stop()
              feed = start()
            }
          }
          faults.down = false
          await settled()
        }),
        { numRuns: histories },
      )
    }, 60_000)
  })
}
