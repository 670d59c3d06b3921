import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { lockTrials, readChanges } from '../../db/changes.ts'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/database.ts'
import { DatabaseError, isUnreachable } from '../../db/errors.ts'
import { followChanges } from '../../db/follow.ts'
import { openServer } from '../../db/server.ts'
import { countTrials, getTrial, putTrials } from '../../db/trials.ts'
import { NOON, put, SOON, trialOf } from '../contract/db/given.ts'
import { startChild } from '../support/child.ts'
import { describePostgres } from '../support/databases.ts'
import { startLine } from '../support/line.ts'

const WRITERS = 8
const WRITES = 40

describePostgres('a PostgreSQL server', (server) => {
  const opened: Database[] = []
  const open = async (databaseUrl: string) => {
    const db = await connect({ databaseUrl, dataDir: '' })
    opened.push(db)
    return db
  }
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close()
  })

  test('takes any number of processes that start at once on an empty database', async () => {
    const url = await server().createDatabase()
    const children = Array.from({ length: 3 }, () => startChild('test/db/open-database.ts', ['', url]))
    await Promise.all([...children.map((child) => child.line(/^open/)), open(url), open(url)])
    for (const child of children) child.process.stdin?.end()
    expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0, 0])
    expect(await countTrials(opened[0] as Database)).toEqual({ all: 0, open: 0 })
  })

  test('gives readers every change once, in order and without a gap, while many write', async () => {
    const url = await server().createDatabase()
    const databases = await Promise.all(Array.from({ length: WRITERS }, () => open(url)))
    const reader = await open(url)
    const got: number[] = []
    const onError = vi.fn()
    const follower = followChanges(reader, {
      since: 0,
      limit: 7,
      onBatch: (batch) => void got.push(...batch.map(({ sequence }) => sequence)),
      onError,
    })
    // A plain reader that remembers the highest sequence it saw: nothing may ever appear below it.
    let plain = 0
    let stop = false
    const holes: number[] = []
    const polling = (async () => {
      while (!stop) {
        const rows = await readChanges(reader, { since: plain })
        for (const { sequence } of rows) {
          if (sequence !== plain + 1) holes.push(sequence)
          plain = sequence
        }
      }
    })()
    let committed = 0
    await Promise.all(
      databases.map(async (db, writer) => {
        for (let index = 0; index < WRITES; index++) {
          const trials = [0, 1].map((part) => ({ trial: trialOf(`${writer}-${index}-${part}`, writer * 1000 + index) }))
          const attempt = db.transaction(async (tx) => {
            await putTrials(tx, trials, NOON)
            // Some give up after their changes were numbered, some take their time before they commit.
            if (index % 10 === 3) throw new Error('given up')
            if (index % 7 === 0) await sleep(3)
          })
          await attempt.then(
            () => {
              committed += trials.length
            },
            (error: Error) => expect(error.message).toBe('given up'),
          )
        }
      }),
    )
    await vi.waitFor(() => expect(got).toHaveLength(committed), SOON)
    await vi.waitFor(() => expect(plain).toBe(committed), SOON)
    stop = true
    await polling
    await follower.stop()
    expect(holes).toEqual([])
    expect(got).toEqual(Array.from({ length: committed }, (_, index) => index + 1))
    expect(onError).not.toHaveBeenCalled()
    expect((await countTrials(reader)).all).toBe(committed)
  })

  test('tells every process of a change, again after it was restarted, and loses none', async () => {
    const url = await server().createDatabase()
    const [writer, reader] = [await open(url), await open(url)]
    const told: (number | null)[] = []
    reader.onChange((sequence) => told.push(sequence))
    await put(writer, [trialOf('before', 1)])
    await vi.waitFor(() => expect(told).toContain(1), SOON)

    const got: string[] = []
    const follower = followChanges(reader, {
      since: 0,
      pollMs: 20,
      onBatch: (batch) => void got.push(...batch.map(({ trialId }) => trialId)),
      onError: () => {},
    })
    await vi.waitFor(() => expect(got).toEqual(['before']), SOON)
    await server().restart()
    await vi.waitFor(() => put(writer, [trialOf('after', 2)]), { timeout: 15_000, interval: 50 })
    await vi.waitFor(() => expect(got).toEqual(['before', 'after']), SOON)
    await follower.stop()
    // The subscription itself came back, not only the polling.
    await vi.waitFor(
      async () => {
        const before = told.length
        await put(writer, [trialOf('prompt', 3, { briefTitle: String(Math.random()) })])
        await sleep(50)
        expect(told.slice(before).some((sequence) => sequence !== null)).toBe(true)
      },
      { timeout: 15_000, interval: 100 },
    )
  })

  test('that falls silent fails what was asked of it, and is found again with all that was written meanwhile', async () => {
    const url = await server().createDatabase()
    const writer = await open(url)
    const line = await startLine(Number(new URL(url).port))
    onTestFinished(() => line.close())
    const watch = { everyMs: 50, silentAfterMs: 500 }
    const reader = await openServer(url.replace(new URL(url).host, `127.0.0.1:${line.port}`), watch)
    opened.push(reader)
    const told: (number | null)[] = []
    reader.onChange((sequence) => told.push(sequence))

    await line.set('silent')
    const asked = [
      countTrials(reader),
      reader.transaction((tx) => lockTrials(tx)),
      ...Array.from({ length: 20 }, () => readChanges(reader, { since: 0 })),
    ]
    for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
      expect(isUnreachable(reason), String(reason)).toBe(true)
    }
    await put(writer, [trialOf('meanwhile', 1)])
    await line.set('open')
    await vi.waitFor(async () => expect((await countTrials(reader)).all).toBe(1), SOON)
    // The subscription itself came back too.
    await vi.waitFor(async () => {
      const [{ sequence } = { sequence: 0 }] = (await readChanges(reader, { since: 0 })).slice(-1)
      await put(writer, [trialOf('prompt', 2, { briefTitle: String(sequence) })])
      await vi.waitFor(() => expect(told).toContain(sequence + 1))
    }, SOON)
  })

  test.each([0, 1, 2])(
    'that falls silent while a connection is made, after %i of its answers, fails what was asked and nothing else',
    async (pieces) => {
      const url = await server().createDatabase()
      const line = await startLine(Number(new URL(url).port))
      onTestFinished(() => line.close())
      const watch = { everyMs: 20, silentAfterMs: 200 }
      const db = await openServer(url.replace(new URL(url).host, `127.0.0.1:${line.port}`), watch)
      opened.push(db)
      const elsewhere = vi.fn()
      process.on('unhandledRejection', elsewhere)
      onTestFinished(() => void process.off('unhandledRejection', elsewhere))

      line.silenceAfter(pieces)
      const [asked] = await Promise.allSettled([countTrials(db)])
      // A connection that came to its answers gives them; one that did not says that the server is out of reach.
      expect(asked.status === 'fulfilled' || isUnreachable(asked.reason), JSON.stringify(asked)).toBe(true)
      line.silenceAfter(Number.POSITIVE_INFINITY)
      await line.set('refused')
      await line.set('open')
      await vi.waitFor(async () => expect((await countTrials(db)).all).toBe(0), SOON)
      expect(elsewhere).not.toHaveBeenCalled()
    },
  )

  test('keeps what was acknowledged when it stops at once', async () => {
    const db = await open(await server().createDatabase())
    await put(db, [trialOf('acknowledged', 1)])
    await server().restart()
    await vi.waitFor(async () => expect((await getTrial(db, 'acknowledged'))?.id).toBe('acknowledged'), {
      timeout: 15_000,
    })
  })

  test('lets one write at a time, in the order they asked', async () => {
    const db = await open(await server().createDatabase())
    const order: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let begun = () => {}
    const first = db.transaction(async (tx) => {
      await lockTrials(tx)
      begun()
      await held
      order.push('first')
    })
    await new Promise<void>((resolve) => {
      begun = resolve
    })
    const second = db.transaction(async (tx) => {
      await lockTrials(tx)
      order.push('second')
    })
    release()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
  })

  describe('that cannot be used is named with the way out, never with the password', () => {
    const refusal = async (databaseUrl: string) => {
      const error = await open(databaseUrl).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(DatabaseError)
      expect(String(error)).not.toContain('secret')
      return error as DatabaseError
    }

    test('out of reach', async () => {
      const error = await refusal('postgres://essais:secret@127.0.0.1:9/essais')
      expect(error.code).toBe('unreachable')
      expect(error.message).toMatch(/at 127\.0\.0\.1:9\/essais cannot be reached \(ECONNREFUSED\)\. Check DATABASE_URL/)
    })

    test('without that database', async () => {
      const url = (await server().createDatabase()).replace('essais@', 'essais:secret@').replace(/test_\d+$/, 'nowhere')
      const error = await refusal(url)
      expect(error.code).toBe('refused')
      expect(error.message).toMatch(/database "nowhere" does not exist\. Check user, password and database name/)
    })

    test('without that user', async () => {
      const error = await refusal((await server().createDatabase()).replace('essais@', 'stranger:secret@'))
      expect(error.code).toBe('refused')
    })
  })
})
