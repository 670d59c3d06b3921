import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMiniSearchIndex } from '../../sync/minisearch.ts'
import type { IndexError } from '../../sync/search-index.ts'
import { indexDocument, searchIndexContract } from '../contract/search-index.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'essais-index-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

searchIndexContract('MiniSearch in memory', (concepts) => createMiniSearchIndex({ dir: null, concepts }))
searchIndexContract('MiniSearch kept in a folder', async (concepts) =>
  createMiniSearchIndex({ dir: await mkdtemp(path.join(tmpdir(), 'essais-index-')), storeAfterMs: 1, concepts }),
)

const documents = Array.from({ length: 1200 }, (_, at) =>
  indexDocument({ id: `t${at}`, numbers: [`NCT9${String(at).padStart(7, '0')}`], titles: [`Melanoma cohort ${at}00`] }),
)

async function filled() {
  const index = await createMiniSearchIndex({ dir })
  await index.put(documents)
  await index.remove(['t7'])
  await index.setPosition(1201)
  await index.close()
}

describe('what is stored', () => {
  test('comes back: words, numbers, hashes, position', async () => {
    await filled()
    const again = await createMiniSearchIndex({ dir })
    expect(await again.position()).toBe(1201)
    expect((await again.hashes()).size).toBe(1199)
    expect(await again.search('melanoma', { lang: 'en', limit: 5000 })).toHaveLength(1199)
    expect(await again.search('NCT90000008', { lang: 'en', limit: 10 })).toEqual([{ id: 't8', score: 1 }])
    expect(await again.search('NCT90000007', { lang: 'en', limit: 10 })).toEqual([])
    await again.put([indexDocument({ id: 't8', titles: ['Sarcoma'] })])
    expect(await again.search('sarcoma', { lang: 'en', limit: 10 })).toHaveLength(1)
    expect(await again.search('melanoma', { lang: 'en', limit: 5000 })).toHaveLength(1198)
    await again.close()
  })

  test('only parts that changed are written again, and old ones go', async () => {
    await filled()
    const before = await readdir(dir)
    const again = await createMiniSearchIndex({ dir })
    await again.put([indexDocument({ id: 't1100', titles: ['Sarcoma'] })])
    await again.close()
    const after = await readdir(dir)
    expect(after.length).toBe(before.length)
    expect(after.filter((file) => !before.includes(file))).toHaveLength(1)
  })

  test('a crash before the next store gives the state last stored, position included', async () => {
    await filled()
    const crashed = await createMiniSearchIndex({ dir, storeAfterMs: 1e9 })
    await crashed.put([indexDocument({ id: 'lost', titles: ['Lost'] })])
    await crashed.setPosition(5000)
    const again = await createMiniSearchIndex({ dir })
    expect(await again.position()).toBe(1201)
    expect((await again.hashes()).has('lost')).toBe(false)
    await again.close()
  })

  test.each<[string, (file: (name: RegExp) => Promise<string>) => Promise<void>]>([
    ['a part cut short', async (file) => truncate(await file(/^part/), 100)],
    ['a part that is gone', async (file) => rm(await file(/^part/))],
    ['a part with one other byte', async (file) => flipByte(await file(/^part/))],
    ['a manifest that is no JSON', async (file) => writeFile(await file(/^manifest/), '{"version"')],
    [
      'a manifest of another shape',
      async (file) => writeFile(await file(/^manifest/), '{"parts":[{"file":"/etc/passwd"}]}'),
    ],
  ])('%s: starts empty, asks for a rebuild, and says so', async (_, damage) => {
    await filled()
    await damage(async (name) => path.join(dir, (await readdir(dir)).find((file) => name.test(file)) ?? 'none'))
    const troubles: IndexError[] = []
    const again = await createMiniSearchIndex({ dir, onTrouble: (error) => troubles.push(error) })
    expect(await again.position()).toBeNull()
    expect(await again.hashes()).toEqual(new Map())
    expect(troubles).toHaveLength(1)
    expect(troubles[0]?.cause).toBeInstanceOf(Error)
    await again.put(documents.slice(0, 3))
    await again.close()
    const healed = await createMiniSearchIndex({ dir })
    expect((await healed.hashes()).size).toBe(3)
    await healed.close()
  })

  test('an index of another version is not read', async () => {
    await filled()
    const file = path.join(dir, 'manifest.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"version":"[^"]*"/, '"version":"0.0"'))
    const again = await createMiniSearchIndex({ dir })
    expect(await again.position()).toBeNull()
    await again.close()
  })

  test('a folder that cannot be written: the index works on and its health says so', async () => {
    const troubles: IndexError[] = []
    const unwritable = await createMiniSearchIndex({
      dir: path.join(dir, 'later'),
      storeAfterMs: 1,
      onTrouble: (error) => troubles.push(error),
    })
    await writeFile(path.join(dir, 'later'), 'a file where the folder should be')
    await unwritable.put(documents.slice(0, 2))
    await expect.poll(() => troubles.length).toBeGreaterThan(0)
    expect(await unwritable.health()).toMatchObject({
      ok: true,
      documents: 2,
      detail: expect.stringContaining('could not be stored'),
    })
    await rm(path.join(dir, 'later'))
    await expect.poll(async () => (await unwritable.health()).detail).toBeNull()
    await unwritable.close()
  })
})

test('the event loop breathes while many documents are put', async () => {
  const index = await createMiniSearchIndex({ dir: null })
  const text = documents.map(({ titles }) => titles[0]).join(' ')
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await index.put(documents.slice(0, 50).map((document) => ({ ...document, eligibility: text })))
  clearInterval(timer)
  expect(turns).toBeGreaterThan(5)
  await index.close()
})

test('a closed index refuses', async () => {
  const index = await createMiniSearchIndex({ dir: null })
  await index.close()
  await expect(index.put(documents)).rejects.toThrow('closed')
  await expect(index.search('melanoma', { lang: 'en', limit: 1 })).rejects.toThrow('closed')
})

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  await writeFile(file, bytes)
}
