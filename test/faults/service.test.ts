import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inventedNumber } from '../registries/invent.ts'
import { describePostgres } from '../support/databases.ts'
import { describeMeilisearch, startMeilisearch, type TestMeilisearch } from '../support/meilisearch.ts'
import { type Service, startService } from './service.ts'

const SLOW = { timeout: 240_000 }

describePostgres('the service', (postgres) => {
  describeMeilisearch('with Meilisearch', (meilisearch) => {
    let service: Service
    beforeAll(async () => {
      service = await startService(await postgres().createDatabase(), meilisearch())
    })
    afterAll(() => service?.stop())

    test(
      'Meilisearch stopped: structured search answers, degraded is said; started again, all is well',
      SLOW,
      async () => {
        await meilisearch().kill()
        await service.answersStructured()
        await service.ignoresText()
        await service.closes(1)
        await service.retitles([2], 'Written while the engine was down')
        await service.saysTheIndexFails()
        await meilisearch().start()
        await service.heals()
        expect(await service.finds('written while engine down')).toEqual([inventedNumber(2)])
      },
    )

    test('Meilisearch emptied, its keys included: built again by itself', SLOW, async () => {
      await meilisearch().wipe()
      await service.answersStructured()
      await meilisearch().start()
      await service.ignoresText()
      await service.answersStructured()
      await service.heals()
    })

    test('Meilisearch silent: nobody waits for it', SLOW, async () => {
      await service.engineLine.set('silent')
      await service.answersStructured()
      await service.ignoresText()
      await service.closes(3)
      await service.saysTheIndexFails()
      await service.engineLine.set('open')
      await service.heals()
    })

    test('Meilisearch refusing connections for a while', SLOW, async () => {
      await service.engineLine.set('refused')
      await service.ignoresText()
      await service.retitles([4], 'Written while the engine was out of reach')
      await service.answersStructured()
      await service.engineLine.set('open')
      await service.heals()
      expect(await service.finds('engine out reach')).toContain(inventedNumber(4))
    })

    test('PostgreSQL restarted: searches go on, what is written afterwards is seen', SLOW, async () => {
      await postgres().stopNow()
      for (let round = 0; round < 5; round++) {
        await service.answersStructured()
        await sleep(200)
      }
      expect((await service.ready()).body).toMatchObject({ ready: true, database: { ok: false } })
      expect((await fetch(`${service.url}/v1/trials/${inventedNumber(5)}`)).status).toBe(503)
      await postgres().start()
      await vi.waitFor(async () => expect((await service.ready()).body.database.ok).toBe(true), { timeout: 30_000 })
      await service.closes(5)
      await service.heals()
    })

    test('PostgreSQL silent: searches go on, who asks for more is told before long', SLOW, async () => {
      await service.databaseLine.set('silent')
      await service.answersStructured()
      const startedAt = performance.now()
      expect((await fetch(`${service.url}/v1/trials/${inventedNumber(5)}`)).status).toBe(503)
      // 15 seconds, and some on a busy machine; TCP alone would take a quarter of an hour.
      expect(performance.now() - startedAt).toBeLessThan(30_000)
      await service.answersStructured()
      expect((await service.ready()).body).toMatchObject({ ready: true, database: { ok: false } })
      await service.databaseLine.set('open')
      await vi.waitFor(async () => expect((await service.ready()).body.database.ok).toBe(true), { timeout: 30_000 })
      await service.closes(7)
      await service.heals()
    })
  })

  const small = mayMount()
  if (!small) console.warn('a disk of a few megabytes cannot be mounted here (not root?): skipped "a full disk"')
  describe.skipIf(!small)('with Meilisearch on a disk that fills up', () => {
    let service: Service
    let meilisearch: TestMeilisearch
    let disk: string
    beforeAll(async () => {
      disk = mountDisk()
      meilisearch = await startMeilisearch({ folder: join(disk, 'meilisearch') })
      service = await startService(await postgres().createDatabase(), meilisearch)
    })
    afterAll(async () => {
      await service?.stop()
      await meilisearch?.stop()
      unmountDisk(disk)
    })

    test('the feed says so and waits, searches are answered; with room again, it catches up', SLOW, async () => {
      execFileSync('sh', ['-c', `cat /dev/zero > ${disk}/ballast 2>/dev/null || true`])
      const long = Array.from({ length: 4000 }, (_, at) => `word${at}`).join(' ')
      await service.retitles(
        Array.from({ length: 30 }, (_, at) => at + 10),
        'Full disk',
        long,
      )
      await service.answersStructured()
      await service.saysTheIndexFails()
      await service.closes(6)
      await service.answersStructured()
      rmSync(join(disk, 'ballast'))
      await service.restartsEngineIfItEnded()
      await service.heals()
      expect(await service.finds('full disk')).toHaveLength(30)
    })
  })
})

/** A disk of 64 MB, in memory. Throws where that is not allowed. */
function mountDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), 'essais-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'ignore' })
  return disk
}

function unmountDisk(disk: string): void {
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
}

/** Containers often run as root without the right to mount. */
function mayMount(): boolean {
  try {
    unmountDisk(mountDisk())
    return true
  } catch {
    return false
  }
}
