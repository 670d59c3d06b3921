import { afterEach, describe, expect, test } from 'vitest'
import type { Criterion } from '../../domain/criterion.ts'
import type { Trial } from '../../domain/trial.ts'
import { resultOf } from '../../ranking/result.ts'
import { type Catalogue, createCatalogue } from '../../search-api/catalogue.ts'
import { memoryStore, trialOf } from './fakes.ts'

const catalogues: Catalogue[] = []
afterEach(() => {
  for (const catalogue of catalogues.splice(0)) catalogue.close()
})

const CONTEXT = { today: '2026-01-12', point: null, textScores: null, lang: 'fr' } as const

function setUp(trials: Trial[], pollMs = 1e6) {
  const memory = memoryStore(trials)
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const catalogue = createCatalogue({ store: memory.store, now: () => 42, onError, pollMs })
  catalogues.push(catalogue)
  const ids = () => {
    const { results } = catalogue.rank(resultOf, { size: 2000 }, CONTEXT)
    return results.map(({ id }) => id).sort()
  }
  return { memory, catalogue, errors, ids }
}

const many = (count: number) => Array.from({ length: count }, (_, at) => trialOf({ id: `trial-${at}` }))
const closed = (id: string): Trial => {
  const trial = trialOf({ id, overallStatus: 'COMPLETED' })
  return { ...trial, sites: trial.sites.map((site) => ({ ...site, status: 'COMPLETED' })) }
}
const ECOG: Criterion = {
  kind: 'performance',
  polarity: 'required',
  scale: 'ECOG',
  min: null,
  max: 1,
  quote: 'ECOG 0-1',
  section: 'inclusion',
  start: 0,
  end: 8,
  rule: 'test',
  confidence: 1,
  cohort: null,
}

describe('catalogue', () => {
  test('holds every trial that may take somebody, and nothing else', async () => {
    const { catalogue, ids } = setUp([trialOf({ id: 'open' }), closed('closed')])
    expect(catalogue.state()).toEqual({ loaded: false, trials: 0, sequence: 0, checkedAt: null })
    await catalogue.start()
    expect(ids()).toEqual(['open'])
    expect(catalogue.state()).toEqual({ loaded: true, trials: 1, sequence: 2, checkedAt: 42 })
  })

  test('follows what is created, changed, closed and removed', async () => {
    const { catalogue, memory, ids } = setUp([trialOf({ id: 'a' }), trialOf({ id: 'b' }), trialOf({ id: 'c' })])
    await catalogue.start()
    memory.put(trialOf({ id: 'd' }))
    memory.put(trialOf({ id: 'a', briefTitle: 'Another title' }))
    memory.put(closed('b'))
    memory.drop('c')
    await catalogue.refresh()
    expect(ids()).toEqual(['a', 'd'])
    expect(catalogue.rank(resultOf, {}, CONTEXT).results.map(({ briefTitle }) => briefTitle)).toContain('Another title')
    expect(catalogue.state().sequence).toBe(7)
  })

  test('a change announced by the database is read without anybody asking', async () => {
    const { catalogue, memory, ids } = setUp([])
    await catalogue.start()
    memory.put(trialOf({ id: 'new' }))
    await expect.poll(ids).toEqual(['new'])
  })

  test('a change that nobody announced is found by polling', async () => {
    const { catalogue, memory, ids } = setUp([], 5)
    const { store } = memory
    store.onChange = () => () => undefined
    await catalogue.start()
    memory.put(trialOf({ id: 'new' }))
    await expect.poll(ids).toEqual(['new'])
  })

  test('what changes or goes while everything is being read is not lost', async () => {
    const { catalogue, memory, ids } = setUp(many(250))
    const stream = memory.store.streamTrials
    memory.store.streamTrials = async function* () {
      let page = 0
      for await (const trials of stream()) {
        yield trials
        if (page++ === 0) {
          memory.drop('trial-0')
          memory.put(closed('trial-1'))
          memory.put(trialOf({ id: 'trial-late' }))
        }
      }
    }
    await catalogue.start()
    expect(ids()).not.toContain('trial-0')
    expect(ids()).not.toContain('trial-1')
    expect(ids()).toContain('trial-late')
    expect(ids()).toHaveLength(249)
  })

  test('more changes than fit in one reading are all read', async () => {
    const { catalogue, memory, ids } = setUp([])
    await catalogue.start()
    for (const trial of many(1234)) memory.put(trial)
    await catalogue.refresh()
    expect(ids()).toHaveLength(1234)
  })

  test('a log that went back (restored database) makes it start over', async () => {
    const { catalogue, memory, ids } = setUp([trialOf({ id: 'a' }), trialOf({ id: 'b' })])
    await catalogue.start()
    memory.drop('a')
    await catalogue.refresh()
    memory.log.length = 1
    const [restored] = [trialOf({ id: 'restored' })]
    memory.store.streamTrials = async function* () {
      yield restored ? [restored] : []
    }
    await catalogue.refresh()
    expect(ids()).toEqual(['restored'])
    expect(catalogue.state().sequence).toBe(1)
  })

  test('a database that fails is told, keeps the old answers, and is read again later', async () => {
    const { catalogue, memory, ids, errors } = setUp([trialOf({ id: 'a' })], 5)
    await catalogue.start()
    const { changes } = memory.store
    memory.store.changes = () => Promise.reject(new Error('gone'))
    memory.put(trialOf({ id: 'b' }))
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect(ids()).toEqual(['a'])
    memory.store.changes = changes
    await expect.poll(ids).toEqual(['a', 'b'])
  })

  test('counts the trials that carry each kind of criterion', async () => {
    const { catalogue, memory } = setUp([
      trialOf({ id: 'a', criteria: [ECOG, ECOG] }),
      trialOf({ id: 'b', criteria: [ECOG] }),
    ])
    await catalogue.start()
    expect(catalogue.criteriaCounts().get('performance')).toBe(2)
    memory.drop('a')
    memory.put(trialOf({ id: 'b', criteria: [] }))
    await catalogue.refresh()
    expect(catalogue.criteriaCounts().get('performance')).toBe(0)
  })

  test('loading lets other work happen in between', async () => {
    const { catalogue, memory } = setUp([])
    memory.store.streamTrials = async function* () {
      yield many(10_000)
    }
    let turns = 0
    const count = setInterval(() => turns++, 1)
    await catalogue.start()
    clearInterval(count)
    expect(turns).toBeGreaterThan(5)
  })
})
