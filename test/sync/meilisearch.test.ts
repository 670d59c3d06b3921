import { createServer, type Server } from 'node:http'
import { Meilisearch } from 'meilisearch'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMeilisearchIndex } from '../../sync/meilisearch.ts'
import { keyFor, MEILISEARCH_KEYS } from '../../sync/meilisearch-keys.ts'
import { DocumentsRefused, IndexError } from '../../sync/search-index.ts'
import { CONCEPTS, indexDocument, searchIndexContract } from '../contract/search-index.ts'
import { describeMeilisearch } from '../support/meilisearch.ts'

describeMeilisearch('Meilisearch', (server) => {
  let count = 0
  const open = (prefix = `own${count++}`) =>
    createMeilisearchIndex({ url: server().url, apiKey: server().masterKey, concepts: CONCEPTS, prefix })
  const client = () => new Meilisearch({ host: server().url, apiKey: server().masterKey })
  async function* batches<T>(...given: T[][]) {
    yield* given
  }

  searchIndexContract('keeps the contract', async () => open('contract'))

  test('documents it refuses are named, all others of the batch are in', async () => {
    const index = open()
    await index.rebuild(batches([indexDocument({ id: 'a' })]), { position: 1 })
    const good = Array.from({ length: 30 }, (_, at) => indexDocument({ id: `good${at}`, titles: ['Melanoma'] }))
    const bad = [indexDocument({ id: 'not an id' }), indexDocument({ id: 'é' })]
    const error = await index.put([...good.slice(0, 10), ...bad, ...good.slice(10)]).catch((caught) => caught)
    expect(error).toBeInstanceOf(DocumentsRefused)
    expect(error.ids).toEqual(['not an id', 'é'])
    expect(await index.search('melanoma', { lang: 'en', limit: 100 })).toHaveLength(30)
    expect(await index.rebuild(batches([...good, ...bad]), { position: 2 })).toEqual({
      documents: 30,
      refused: ['not an id', 'é'],
    })
  })

  test('a rebuild that was killed is done again from the start, and leaves nothing behind', async () => {
    const index = open('left')
    async function* dying() {
      yield [indexDocument({ id: 'half' })]
      throw new Error('killed')
    }
    await expect(index.rebuild(dying(), { position: 1 })).rejects.toThrow('killed')
    expect(await index.position()).toBeNull()
    await index.rebuild(batches([indexDocument({ id: 'whole' })]), { position: 2 })
    expect([...(await index.hashes()).keys()]).toEqual(['whole'])
    const { results } = await client().getRawIndexes({ limit: 100 })
    expect(results.filter(({ uid }) => uid.startsWith('left-'))).toHaveLength(1)
  })

  test('processes of two versions search side by side, each its own index', async () => {
    const old = open('shared')
    const other = createMeilisearchIndex({
      url: server().url,
      apiKey: server().masterKey,
      concepts: { ...CONCEPTS, version: 'another' },
      prefix: 'shared',
    })
    await old.rebuild(batches([indexDocument({ id: 'old', titles: ['Melanoma'] })]), { position: 1 })
    expect(await other.position()).toBeNull()
    await other.rebuild(batches([indexDocument({ id: 'new', titles: ['Melanoma'] })]), { position: 2 })
    const ask = async (index: typeof old) =>
      (await index.search('melanoma', { lang: 'en', limit: 9 })).map(({ id }) => id)
    expect([await ask(old), await ask(other)]).toEqual([['old'], ['new']])
  })

  test('a key that may only search is enough to search and to tell health, and writes nothing', async () => {
    const index = open('keyed')
    await index.rebuild(batches([indexDocument({ id: 'a', titles: ['Melanoma'] })]), { position: 1 })
    const key = await client().createKey({ actions: ['search'], indexes: ['keyed-*'], expiresAt: null })
    const reader = createMeilisearchIndex({ url: server().url, apiKey: key.key, concepts: CONCEPTS, prefix: 'keyed' })
    expect(await reader.search('melanoma', { lang: 'en', limit: 9 })).toHaveLength(1)
    expect(await reader.health()).toEqual({ ok: true, documents: 1, detail: null })
    await expect(reader.put([indexDocument({ id: 'b' })])).rejects.toThrow('MEILI_API_KEY')
  })

  test('the two keys of a deployment, known before the server starts: one searches only, the other feeds', async () => {
    const { masterKey, url } = server()
    for (const key of Object.values(MEILISEARCH_KEYS)) await client().createKey(key)
    const opened = (uid: string) => createMeilisearchIndex({ url, apiKey: keyFor(masterKey, uid), concepts: CONCEPTS })
    const feeder = opened(MEILISEARCH_KEYS.feed.uid)
    const reader = opened(MEILISEARCH_KEYS.search.uid)
    for (const position of [1, 2]) {
      await feeder.rebuild(batches([indexDocument({ id: 'a', titles: ['Melanoma'] })]), { position })
    }
    await feeder.put([indexDocument({ id: 'b', titles: ['Melanoma'] })])
    await feeder.remove(['a'])
    await feeder.setPosition(3)
    expect(await feeder.position()).toBe(3)
    expect([...(await feeder.hashes()).keys()]).toEqual(['b'])
    expect(await reader.search('melanoma', { lang: 'en', limit: 9 })).toEqual([{ id: 'b', score: 1 }])
    await expect(reader.setPosition(4)).rejects.toThrow('MEILI_API_KEY')
  })

  test('a wrong key is named', async () => {
    const index = createMeilisearchIndex({ url: server().url, apiKey: 'wrong', concepts: CONCEPTS })
    await expect(index.search('melanoma', { lang: 'en', limit: 9 })).rejects.toThrow('check MEILI_API_KEY')
    expect(await index.health()).toMatchObject({ ok: false, detail: expect.stringContaining('MEILI_API_KEY') })
  })

  test('stopped, it says so; started again, it is as before; emptied, it asks for a rebuild', async () => {
    const index = open('fallen')
    await index.rebuild(batches([indexDocument({ id: 'a', titles: ['Melanoma'] })]), { position: 7 })
    await server().kill()
    await expect(index.search('melanoma', { lang: 'en', limit: 9 })).rejects.toBeInstanceOf(IndexError)
    await expect(index.position()).rejects.toBeInstanceOf(IndexError)
    await expect(index.put([indexDocument({ id: 'b' })])).rejects.toThrow('cannot be reached')
    expect(await index.health()).toMatchObject({ ok: false, detail: expect.stringContaining('cannot be reached') })
    await server().start()
    expect(await index.position()).toBe(7)
    expect(await index.search('melanoma', { lang: 'en', limit: 9 })).toHaveLength(1)
    await server().wipe()
    await server().start()
    expect(await index.position()).toBeNull()
    await expect(index.search('melanoma', { lang: 'en', limit: 9 })).rejects.toThrow('being built')
    await index.rebuild(batches([indexDocument({ id: 'a', titles: ['Melanoma'] })]), { position: 8 })
    expect(await index.search('melanoma', { lang: 'en', limit: 9 })).toHaveLength(1)
  })
})

describe('a server that is not the one expected', () => {
  async function serve(answer: (path: string) => { status: number; body: unknown } | null): Promise<string> {
    const server: Server = createServer((request, response) => {
      const given = answer(request.url ?? '')
      if (!given) return
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify(given.body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}`
  }

  test('too old a version is refused before anything is written', async () => {
    const asked: string[] = []
    const url = await serve((path) => {
      asked.push(path)
      return { status: 200, body: { pkgVersion: '1.12.3', commitSha: '', commitDate: '' } }
    })
    const index = createMeilisearchIndex({ url })
    await expect(index.put([indexDocument({ id: 'a' })])).rejects.toThrow('too old: 1.21 or later')
    expect(asked).toEqual(['/version'])
  })

  test.each(['<html>a page of a proxy</html>', null, { message: 'no hits' }])(
    'that answers %j is an error',
    async (body) => {
      const index = createMeilisearchIndex({ url: await serve(() => ({ status: 200, body })) })
      const error = await index.search('melanoma', { lang: 'en', limit: 9 }).catch((caught) => caught)
      expect(error).toBeInstanceOf(IndexError)
      expect(error.message).toMatch(/failed \(http_200\)$/)
    },
  )

  test('a task that failed is an error, with its number', async () => {
    const task = {
      taskUid: 5,
      indexUid: 'x',
      status: 'enqueued',
      type: 'documentAdditionOrUpdate',
      enqueuedAt: '2026-01-01T00:00:00Z',
    }
    const failure = { message: 'No space left on device', code: 'no_space_left_on_device', type: 'system', link: '' }
    const url = await serve((path) => {
      if (path === '/version') return { status: 200, body: { pkgVersion: '1.21.0' } }
      if (path.startsWith('/tasks/'))
        return { status: 200, body: { ...task, uid: 5, status: 'failed', error: failure } }
      return { status: 202, body: task }
    })
    const index = createMeilisearchIndex({ url })
    const error = await index.put([indexDocument({ id: 'a' })]).catch((caught) => caught)
    expect(error).toBeInstanceOf(IndexError)
    expect(error).not.toBeInstanceOf(DocumentsRefused)
    expect(error).toMatchObject({ task: '5', message: expect.stringContaining('No space left on device') })
  })

  test('of a batch that failed for one document, that one is named, and each other is given again', async () => {
    let uid = 0
    const failing = new Set<number>()
    const given: string[][] = []
    const server = createServer((request, response) => {
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (request.url === '/version') return answer(200, { pkgVersion: '1.21.0' })
      const asked = /^\/tasks\/(\d+)/.exec(request.url ?? '')
      if (asked) {
        const isBad = failing.has(Number(asked[1]))
        const error = { message: 'bad', code: 'invalid_document_id', type: 'invalid_request', link: '' }
        return answer(200, {
          uid: Number(asked[1]),
          status: isBad ? 'failed' : 'succeeded',
          error: isBad ? error : null,
        })
      }
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const ids = (JSON.parse(body) as { id: string }[]).map(({ id }) => id)
        given.push(ids)
        uid++
        if (ids.includes('d3')) failing.add(uid)
        answer(202, { taskUid: uid, indexUid: 'x', status: 'enqueued', type: 'documentAdditionOrUpdate' })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const index = createMeilisearchIndex({ url: `http://127.0.0.1:${address.port}` })
    const documents = Array.from({ length: 8 }, (_, at) => indexDocument({ id: `d${at}` }))
    await expect(index.put(documents)).rejects.toMatchObject({ name: 'DocumentsRefused', ids: ['d3'] })
    const alone = given.filter((ids) => !ids.includes('d3')).flat()
    expect(alone.sort()).toEqual(['d0', 'd1', 'd2', 'd4', 'd5', 'd6', 'd7'])
  })

  test('a search that is not answered in time is given up, and its error holds no word of the question', async () => {
    const url = await serve(() => null)
    const index = createMeilisearchIndex({ url, searchTimeoutMs: 50 })
    const error = await index.search('glioblastoma', { lang: 'en', limit: 9 }).catch((caught) => caught)
    expect(error).toBeInstanceOf(IndexError)
    expect(error.message).toContain('did not answer in time')
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error.cause)).not.toContain('glioblastoma')
  })

  test('nor when the engine repeats the question in its own error', async () => {
    const body = { message: 'bad query glioblastoma', code: 'bad_request', type: 'invalid_request', link: '' }
    const url = await serve(() => ({ status: 400, body }))
    const index = createMeilisearchIndex({ url })
    const error = await index.search('glioblastoma', { lang: 'en', limit: 9 }).catch((caught) => caught)
    expect(error).toBeInstanceOf(IndexError)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error.cause)).not.toContain('glioblastoma')
  })
})
