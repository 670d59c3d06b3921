import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../db/connect.ts'
import { takeDataDir } from '../../db/data-dir.ts'
import { DatabaseError } from '../../db/errors.ts'
import { acquireLease } from '../../db/leases.ts'
import { getTrial } from '../../db/trials.ts'
import { put, trialOf } from '../contract/db/given.ts'
import { type Child, startChild } from '../support/child.ts'

const NOBODY = 65_534
/** Making a database takes some seconds, more on a busy machine. */
const SLOW = { timeout: 90_000 }

let folder = ''
let children: Child[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'essais-data-'))
})
afterEach(async () => {
  for (const child of children) await child.kill()
  children = []
  await rm(folder, { recursive: true, force: true })
})

const holding = (options = {}) => start('test/db/hold-folder.ts', options)
const start = (script: string, options = {}) => {
  const child = startChild(script, [folder], options)
  children.push(child)
  return child
}
const refusal = async (attempt: Promise<unknown>): Promise<DatabaseError> => {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DatabaseError)
  return error as DatabaseError
}
const lockBy = (holder: object) => writeFile(join(folder, 'lock.json'), JSON.stringify(holder))
const elsewhere = { pid: 1, host: 'another-host', started: '1', since: '2026-11-20T00:00:00Z' }

describe('the data folder', () => {
  test('is for one process: a second one is told which one has it and what to do', async () => {
    const first = holding()
    await first.line(/^open/)
    const error = await refusal(connect({ dataDir: folder }))
    expect(error.code).toBe('locked')
    expect(error.message).toContain(`process ${first.process.pid} on ${hostname()}`)
    expect(error.message).toMatch(/stop that one, set DATA_DIR .*, or set DATABASE_URL/)
    first.process.stdin?.end()
    await first.ended
    expect(await readdir(folder)).toEqual([])
  })

  test(
    'of a process that was killed is taken over, with all that was committed, and no job is left locked',
    SLOW,
    async () => {
      const first = start('test/db/open-database.ts')
      await first.line(/^open/)
      await first.kill()
      const db = await connect({ dataDir: folder })
      await put(db, [trialOf('kept', 1)])
      await acquireLease(db, { name: 'job', owner: 'this process', ttlMs: 3_600_000 })
      await db.close()
      const again = await connect({ dataDir: folder })
      expect((await getTrial(again, 'kept'))?.id).toBe('kept')
      expect(await acquireLease(again, { name: 'job', owner: 'next process' })).toBe(true)
      await again.close()
    },
  )

  test('that was killed while it was being made is made again', SLOW, async () => {
    await mkdir(join(folder, 'postgres.making-1'))
    await writeFile(join(folder, 'postgres.making-1', 'PG_VERSION'), '18')
    const db = await connect({ dataDir: folder })
    await put(db, [trialOf('fresh', 1)])
    await db.close()
    expect(await readdir(folder)).toEqual(['postgres'])
  })

  test('is for one holder within a process too, by whatever path', async () => {
    const held = await takeDataDir(folder)
    const link = `${folder}-link`
    await symlink(folder, link)
    expect((await refusal(takeDataDir(link))).code).toBe('locked')
    expect((await refusal(takeDataDir(join(folder, '..', folder.split('/').at(-1) ?? '')))).code).toBe('locked')
    await rm(link)
    await held.release()
    await held.release()
    await (await takeDataDir(folder)).release()
  })

  test('of many that come at once goes to one, stale lock or none', async () => {
    for (const stale of [false, true]) {
      if (stale) await lockBy({ pid: 2 ** 22 + 1, host: hostname(), started: 'never', since: '' })
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataDir(folder)))
      const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
      expect(won).toHaveLength(1)
      await won[0]?.release()
    }
  })

  test.each([
    ['a process that no longer runs', { pid: 2 ** 22 + 1, host: hostname(), started: '1' }],
    ['a later process with the same number', { pid: process.ppid, host: hostname(), started: 'long ago' }],
    ['an earlier process with our own number', { pid: process.pid, host: hostname(), started: 'long ago' }],
    ['nothing that can be read', {}],
  ])('locked by %s is taken over', async (_, holder) => {
    await lockBy({ ...holder, since: '2026-11-20T00:00:00Z' })
    const held = await takeDataDir(folder)
    expect(JSON.parse(await readFile(join(folder, 'lock.json'), 'utf8'))).toMatchObject({ pid: process.pid })
    await held.release()
  })

  test('locked from another host is respected while that shows signs of life', async () => {
    await lockBy(elsewhere)
    const error = await refusal(takeDataDir(folder))
    expect(error.message).toContain('process 1 on another-host')
    const longAgo = new Date(Date.now() - 10 * 60_000)
    await utimes(join(folder, 'lock.json'), longAgo, longAgo)
    await (await takeDataDir(folder)).release()
  })

  test('that cannot be written is named, with the way out', async () => {
    await chmod(folder, 0o555)
    // Root may write anywhere: there the attempt is made by a process of the user "nobody".
    const asRoot = process.getuid?.() === 0
    const child = holding(asRoot ? { uid: NOBODY } : {})
    const line = await child.line(/^refused/)
    await chmod(folder, 0o755)
    expect(line).toMatch(/^refused unwritable: The data folder \S+ cannot be written \(EACCES\)\. .* DATA_DIR/)
    expect(line).toContain(folder)
  })

  test('where a file stands in the way is named', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    for (const path of [file, join(file, 'below')]) {
      const error = await refusal(takeDataDir(path))
      expect(error.code).toBe('unwritable')
      expect(error.message).toMatch(/a file stands in its way\. Set DATA_DIR/)
    }
  })

  test('on a full disk is not even begun', async () => {
    const error = await refusal(takeDataDir(folder, async () => 1e6))
    expect(error.code).toBe('full')
    expect(error.message).toMatch(/is full: at least 150 MB must be free/)
    expect(await readdir(folder)).toEqual([])
  })
})
