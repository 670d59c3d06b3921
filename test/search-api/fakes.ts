import { pino } from 'pino'
import type { Change } from '../../db/changes.ts'
import type { Place } from '../../domain/places/place.ts'
import { createPlaces } from '../../domain/places/places.ts'
import type { Trial } from '../../domain/trial.ts'
import { createCatalogue } from '../../search-api/catalogue.ts'
import type { Deps } from '../../search-api/deps.ts'
import type { Store } from '../../search-api/store.ts'
import type { SearchIndex } from '../../sync/search-index.ts'
import { bareTrial } from '../support/bare-trial.ts'

/** An invented trial: recruiting in Lyon and Paris. */
export function trialOf(overrides: Partial<Trial> = {}): Trial {
  return bareTrial({
    identifiers: [{ kind: 'nct', value: 'NCT90000001' }],
    briefTitle: 'Invented trial of a kinase inhibitor',
    titles: { fr: 'Essai inventé d’un inhibiteur de kinase', en: null },
    acronym: 'INVENT',
    phases: ['PHASE2'],
    sponsor: { name: 'Hôpital inventé', class: 'OTHER' },
    conditions: ['Lung cancer'],
    sex: 'ALL',
    minimumAgeYears: 18,
    healthyVolunteers: false,
    eligibilityCriteria: 'Inclusion Criteria:\n* Adults',
    lastUpdateDate: '2026-01-10',
    sites: [
      {
        id: 'site-1',
        facility: 'Hôpital inventé',
        city: 'Lyon',
        postalCode: '69008',
        country: 'FR',
        departement: '69',
        point: { lat: 45.74, lon: 4.87 },
        pointPrecision: 'facility',
        status: 'RECRUITING',
        statusLevel: 'site',
        statusSource: 'ctgov',
        statusDate: '2026-01-10',
        contacts: [],
        sources: [],
      },
    ],
    ...overrides,
  })
}

/** A store in memory whose change log grows with `put` and `drop`. */
export function memoryStore(initial: Trial[] = []) {
  const trials = new Map<string, Trial>()
  const log: Change[] = []
  const listeners = new Set<() => void>()
  const note = (trialId: string, kind: Change['kind']) => {
    log.push({ sequence: log.length + 1, trialId, kind, at: '2026-01-12T08:00:00Z' })
    for (const listener of listeners) listener()
  }
  const put = (trial: Trial) => {
    trials.set(trial.id, trial)
    note(trial.id, 'updated')
  }
  for (const trial of initial) put(trial)
  const store: Store = {
    trial: async (key) =>
      trials.get(key) ??
      [...trials.values()].find(({ identifiers }) => identifiers.some(({ value }) => value === key)) ??
      null,
    trialsByIds: async (ids) => ids.flatMap((id) => trials.get(id) ?? []),
    async *streamTrials() {
      const all = [...trials.values()]
      for (let at = 0; at < all.length; at += 100) yield all.slice(at, at + 100)
    },
    changes: async ({ since, limit }) => log.filter(({ sequence }) => sequence > since).slice(0, limit),
    latestSequence: async () => log.length,
    sources: async () => [
      {
        registry: 'ctgov',
        lastComplete: {
          endedAt: '2026-01-12T05:00:00Z',
          dataVersion: '2026-01-11T09:00:05',
          fetched: 1,
          quarantined: 0,
        },
        running: null,
        pausedUntil: null,
        records: trials.size,
      },
      { registry: 'ctis', lastComplete: null, running: null, pausedUntil: null, records: 0 },
    ],
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    store,
    log,
    put,
    drop(id: string) {
      trials.delete(id)
      note(id, 'removed')
    },
  }
}

/** An index in memory: a trial is found when its title contains the text. */
export function plainIndex(titles: Map<string, string>): SearchIndex & { broken: boolean } {
  const index: SearchIndex & { broken: boolean } = {
    name: 'fake',
    shared: false,
    broken: false,
    async search(text) {
      if (index.broken) throw new Error(`no engine for ${text}`)
      return [...titles]
        .filter(([, title]) => title.toLowerCase().includes(text.toLowerCase()))
        .map(([id]) => ({ id, score: 1 }))
    },
    put: async () => undefined,
    remove: async () => undefined,
    hashes: async () => new Map(),
    position: async () => 0,
    setPosition: async () => undefined,
    rebuild: async () => ({ documents: 0, refused: [] }),
    health: async () => ({ ok: !index.broken, documents: titles.size, detail: null }),
    close: async () => undefined,
  }
  return index
}

const town = (
  code: string,
  name: string,
  postalCodes: string[],
  lat: number,
  lon: number,
  population: number,
): Place => ({
  code,
  name,
  kind: 'commune',
  commune: code,
  postalCodes,
  departement: code.slice(0, 2),
  point: { lat, lon },
  precision: 'city',
  population,
})

/** A gazetteer of a few towns, with homonyms. */
export const PLACES = createPlaces([
  town('69123', 'Lyon', ['69001', '69008'], 45.76, 4.84, 519_127),
  town('75056', 'Paris', ['75001', '75013'], 48.86, 2.35, 2_103_778),
  town('93048', 'Montreuil', ['93100'], 48.86, 2.44, 111_934),
  town('28267', 'Montreuil', ['28500'], 48.77, 1.36, 538),
  town('11339', 'Saint-Denis', ['11310'], 43.36, 2.22, 523),
  town('30247', 'Saint-Denis', ['30500'], 44.24, 4.25, 296),
  { ...town('01004', 'Ambérieu-en-Bugey', ['01500'], 45.95, 5.35, 15_934), precision: 'area' },
])

/** Dependencies on fakes, with one trial, and the log lines written. */
export async function fakeDeps(trials: Trial[] = [trialOf()]) {
  const lines: string[] = []
  const memory = memoryStore(trials)
  const index = plainIndex(new Map(trials.map(({ id, briefTitle }) => [id, briefTitle])))
  const now = () => Date.UTC(2026, 0, 12)
  const catalogue = createCatalogue({ store: memory.store, now, onError: () => undefined, pollMs: 1e6 })
  await catalogue.start()
  const deps: Deps = {
    store: memory.store,
    catalogue,
    index,
    places: PLACES,
    today: () => '2026-01-12',
    now,
    config: {
      publicUrl: 'http://localhost:3000',
      demo: false,
      requestsPerMinute: 0,
      maxEventLoopDelayMs: 0,
      trustProxy: false,
      version: '0.0.0',
      contact: 'contact@essais.example',
    },
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
  }
  return { deps, memory, index, lines, catalogue }
}
