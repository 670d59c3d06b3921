import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../db/connect.ts'
import { createMeilisearchIndex } from '../../sync/meilisearch.ts'
import { createMiniSearchIndex } from '../../sync/minisearch.ts'
import { type FeedEvent, feedIndex } from '../../sync/outbox.ts'
import { checkIndex, requestRebuild } from '../../sync/rebuild.ts'
import { indexFeedContract } from '../contract/index-feed.ts'
import { indexDocument } from '../contract/search-index.ts'
import { describePostgres, memoryDatabase } from '../support/databases.ts'
import { describeMeilisearch } from '../support/meilisearch.ts'
import { inventedTrial, writeTrials } from './trials.ts'

const DEADLINE = { timeout: 20_000, interval: 20 }
const CLEAN = { missing: [], outdated: [], extra: [] }

indexFeedContract('MiniSearch fed from PGlite', memoryDatabase, () => createMiniSearchIndex({ dir: null }))

describePostgres('fed from PostgreSQL', (postgres) => {
  describeMeilisearch('Meilisearch', (meilisearch) => {
    let count = 0
    const openDatabase = async () => connect({ databaseUrl: await postgres().createDatabase(), dataDir: '' })
    const createIndex = async () =>
      createMeilisearchIndex({
        url: meilisearch().url,
        apiKey: meilisearch().masterKey,
        prefix: `feed${count++}`,
        taskTimeoutMs: 10_000,
      })
    indexFeedContract('keeps the contract', openDatabase, createIndex, { histories: 5 })

    async function setUp() {
      const db = await openDatabase()
      onTestFinished(() => db.close())
      const index = await createIndex()
      const start = (owner: string) => {
        const events: FeedEvent[] = []
        const feed = feedIndex(db, index, {
          owner,
          leaseMs: 600,
          pollMs: 100,
          firstRetryMs: 20,
          longestRetryMs: 200,
          onEvent: (event) => events.push(event),
        })
        onTestFinished(() => feed.stop())
        return { ...feed, events }
      }
      const settled = () => expect.poll(() => checkIndex(db, index).catch(() => null), DEADLINE).toMatchObject(CLEAN)
      return { db, index, start, settled }
    }

    test('of two workers one feeds; when it stops the other takes over', async () => {
      const { db, start, settled } = await setUp()
      const first = start('one')
      await expect.poll(() => first.state().phase, DEADLINE).toBe('following')
      const second = start('two')
      await expect.poll(() => second.state().phase, DEADLINE).toBe('standby')
      await writeTrials(db, [inventedTrial('a')])
      await settled()
      expect(second.state().phase).toBe('standby')
      await first.stop()
      await expect.poll(() => second.state().phase, DEADLINE).toBe('following')
      await writeTrials(db, [inventedTrial('b')])
      await settled()
    })

    test('a rebuild asked for from another process: done there when nobody feeds, else by the feeder', async () => {
      const { db, index, start, settled } = await setUp()
      await writeTrials(db, [inventedTrial('a')])
      expect(await requestRebuild(db, index, { owner: 'command', pollMs: 20 })).toMatchObject({ documents: 1 })
      const feed = start('one')
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('following')
      await index.put([indexDocument({ id: 'extra' })])
      expect(await requestRebuild(db, index, { owner: 'command', pollMs: 20 })).toMatchObject({ documents: 1 })
      await expect
        .poll(() => feed.events, DEADLINE)
        .toContainEqual(expect.objectContaining({ kind: 'rebuilt', documents: 1 }))
      await settled()
    })

    test('an engine killed, then emptied, under writes: it heals by itself', async () => {
      const { db, index, start, settled } = await setUp()
      const feed = start('one')
      await writeTrials(db, [inventedTrial('a', { conditions: ['Melanoma'] })])
      await settled()
      await meilisearch().kill()
      await writeTrials(db, [inventedTrial('b', { conditions: ['Melanoma'] })])
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('failing')
      expect(feed.state().lastError).toContain('cannot be reached')
      await meilisearch().start()
      await settled()
      await meilisearch().wipe()
      await writeTrials(db, [inventedTrial('c', { conditions: ['Melanoma'] })])
      await meilisearch().start()
      await settled()
      expect(await index.search('melanoma', { lang: 'en', limit: 10 })).toHaveLength(3)
      await expect.poll(() => feed.state(), DEADLINE).toMatchObject({ phase: 'following', lag: 0, lastError: null })
    })

    test('a database that restarts: the feed goes on', async () => {
      const { db, start, settled } = await setUp()
      const feed = start('one')
      await writeTrials(db, [inventedTrial('a')])
      await settled()
      await postgres().restart()
      await expect
        .poll(
          () =>
            writeTrials(db, [inventedTrial('b')]).then(
              () => true,
              () => false,
            ),
          DEADLINE,
        )
        .toBe(true)
      await settled()
      await expect.poll(() => feed.state().phase, DEADLINE).toBe('following')
    })
  })
})
