import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import { loadPlaces } from '../domain/places/places.ts'
import type { Question } from '../domain/question.ts'
import { type Registries, startRegistries } from '../test/registries/server.ts'
import { startTopology, type Topology } from '../test/topology/topology.ts'
import { createReader, type RawStudy, recordedStudies } from './recorded.ts'
import { drawQuestions } from './search-questions.ts'
import { type SteadyLoad, steadyLoad } from './steady-load.ts'

/** To each API process. */
const CONNECTIONS = 8
const LOAD_DEADLINE_MS = 15 * 60_000
const FRANCE = 'France'
/** One study in so many has one French site only: its status alone decides whether the trial is found. */
const LONE_SITE_EVERY = 5

export interface Served {
  topology: Topology
  registries: Registries
  /** Numbers of the studies whose only French site is open. */
  lone: string[]
  questions: Question[]
  /** The registry gives the first so many studies another title. */
  retitle(count: number, title: string): void
  stop(): Promise<void>
}

/**
 * PostgreSQL, Meilisearch, a worker and two API processes that hold so many trials, copied from the recorded studies
 * with a French site and read by the worker from a local registry.
 */
export async function startServed(trials: number): Promise<Served> {
  const recorded = recordedStudies('french')
  const registries = await startRegistries({ ctgov: copies(recorded, trials) })
  const topology = await startTopology({
    env: {
      CTGOV_URL: registries.ctgovUrl,
      CTIS_URL: registries.ctisUrl,
      INGEST_CRON_CTGOV: '20 5 * * *',
      LOG_LEVEL: 'warn',
    },
  })
  const places = loadPlaces()
  const towns = Object.keys(DEPARTEMENTS)
    .flatMap((code) => places.inDepartement(code))
    .filter(({ population }) => population > 20_000)
  const drawn = drawQuestions(recorded.map(createReader(places)), towns, 400)
  await Promise.all(topology.apis.map(({ url }) => holding(url ?? '', trials)))
  const questions: Question[] = []
  for (const { question, point } of drawn) {
    const asked = { ...question, ...(point && { place: point }) }
    const { ok } = await post(topology.apis[0]?.url ?? '', asked)
    if (ok) questions.push(asked)
  }
  return {
    topology,
    registries,
    lone: Array.from({ length: trials }, (_, n) => n)
      .filter((n) => n % LONE_SITE_EVERY === 0)
      .map(numberOf),
    questions,
    retitle(count, title) {
      const studies = [...copies(recorded, count)]
      for (const study of studies) study.protocolSection.identificationModule.briefTitle = title
      registries.ctgov.put(studies)
    },
    async stop() {
      await topology.stop()
      await registries.close()
    },
  }
}

/** One search. */
export function post(url: string, question: Question): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/v1/search`, { method: 'POST', headers, body: JSON.stringify(question) })
}

/**
 * Ask both API processes at half the rate each, at moments that do not
 * depend on the answers. Times: of the slower process.
 */
export async function load(served: Served, { seconds, rate }: { seconds: number; rate: number }): Promise<SteadyLoad> {
  const { apis } = served.topology
  const bodies = served.questions.map((question) => JSON.stringify(question))
  const results = await Promise.all(
    apis.map(({ url }) => steadyLoad({ url: `${url}/v1/search`, bodies, rate: rate / apis.length, seconds })),
  )
  const sum = (pick: (one: SteadyLoad) => number) => results.reduce((total, one) => total + pick(one), 0)
  return {
    answered: sum(({ answered }) => answered),
    failed: sum(({ failed }) => failed),
    turnedAway: sum(({ turnedAway }) => turnedAway),
    perSecond: sum(({ perSecond }) => perSecond),
    p50: Math.max(...results.map(({ p50 }) => p50)),
    p99: Math.max(...results.map(({ p99 }) => p99)),
  }
}

/** How many searches a second both API processes answer at most, together, and how many failed meanwhile. */
export async function mostPerSecond(
  { topology, questions }: Served,
  seconds: number,
): Promise<{ perSecond: number; failed: number }> {
  const requests = questions.map((question) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  }))
  const results = await Promise.all(
    topology.apis.map(({ url }) =>
      autocannon({ url: `${url}/v1/search`, connections: CONNECTIONS, duration: seconds, requests, workers: 1 }),
    ),
  )
  return {
    perSecond: results.reduce((total, { requests: { average } }) => total + average, 0),
    failed: results.reduce((total, { errors, non2xx }) => total + errors + non2xx, 0),
  }
}

/** Resident memory of a process of this machine, in megabytes. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

const numberOf = (n: number) => `NCT91${String(n).padStart(6, '0')}`

/** Open studies under numbers of their own. */
export function* copies(recorded: RawStudy[], count: number): Generator<RawStudy> {
  for (let n = 0; n < count; n++) {
    const study = structuredClone(recorded[n % recorded.length]) as RawStudy
    const { identificationModule, statusModule, contactsLocationsModule = {} } = study.protocolSection
    Object.assign(identificationModule, {
      nctId: numberOf(n),
      orgStudyIdInfo: { id: `COPY-${n}` },
      nctIdAliases: [],
      secondaryIdInfos: [],
    })
    statusModule.overallStatus = 'RECRUITING'
    const french = (contactsLocationsModule.locations ?? []).filter(({ country }) => country === FRANCE)
    const kept = french.slice(0, n % LONE_SITE_EVERY === 0 ? 1 : french.length)
    study.protocolSection.contactsLocationsModule = {
      locations: kept.map((site) => ({ ...site, status: 'RECRUITING' })),
    }
    yield study
  }
}

async function holding(url: string, trials: number): Promise<void> {
  const deadline = Date.now() + LOAD_DEADLINE_MS
  while (Date.now() < deadline) {
    const { catalogue, index } = (await (await fetch(`${url}/readyz`)).json()) as {
      catalogue: { trials: number }
      index: { ok: boolean }
    }
    if (catalogue.trials >= trials && index.ok) return
    await sleep(500)
  }
  throw new Error(`${url} did not load ${trials} trials`)
}
