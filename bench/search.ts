import { performance } from 'node:perf_hooks'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import { loadPlaces } from '../domain/places/places.ts'
import type { Trial } from '../domain/trial.ts'
import { createCorpus, putTrial } from '../ranking/corpus.ts'
import { type RankContext, rankIn } from '../ranking/rank.ts'
import { createResultWriter } from '../ranking/result-text.ts'
import { meilisearchBinary } from '../test/support/meilisearch.ts'
import { postgresBinaries } from '../test/support/postgres.ts'
import { multiply } from './multiply.ts'
import { record } from './record.ts'
import { createReader, recordedStudies } from './recorded.ts'
import { startMeilisearchRival } from './search/meilisearch.ts'
import { type Rival, startSql } from './search/sql.ts'
import { type Asked, drawQuestions } from './search-questions.ts'

/**
 * The same questions answered in process, by one SQL statement, and by Meilisearch with a second ranking.
 * `--sizes 10000,100000`, `--without sql,meilisearch`. At large sizes the two are asked every third question only: they
 * take a second for one.
 */
const args = process.argv.slice(2)
const argument = (name: string, otherwise: string) =>
  args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : otherwise
const sizes = argument('--sizes', '10000,100000').split(',').map(Number)
const without = argument('--without', '').split(',')
if (meilisearchBinary() === null) {
  console.warn('Meilisearch is not there (npm run fetch:meilisearch): left out')
  without.push('meilisearch')
}
if (postgresBinaries() === null) {
  console.warn('PostgreSQL is not installed: left out')
  without.push('sql')
}
const QUESTIONS = 300
const WARM_UP = 30
/** A service runs for weeks: it is measured as compiled for the questions it gets. */
const WARM_UP_ROUNDS = 5
const LARGE = 20_000
const CONTEXT: Omit<RankContext, 'point'> = { today: '2026-11-21', textScores: null, dataVersion: '1', lang: 'fr' }

const places = loadPlaces()
const communes = Object.keys(DEPARTEMENTS).flatMap((code) => places.inDepartement(code))
const towns = communes.filter(({ population }) => population > 20_000)
const read = createReader(places)
const recorded = [...recordedStudies('french'), ...recordedStudies('other')].map(read)
const questions = drawQuestions(recorded, towns, QUESTIONS)

interface Times {
  p50: number
  p99: number
  mean: number
}
const rows: Record<string, string | number>[] = []
const ours: Times[] = []

for (const size of sizes) {
  const trials = (): Generator<Trial> => multiply(recorded, communes, size)
  const { times, sites, loadSeconds } = measureOurs(trials())
  ours.push(times)
  const label = `${size.toLocaleString('en')} trials, ${sites.toLocaleString('en')} sites`
  add(label, `in process (loaded in ${loadSeconds.toFixed(1)} s)`, times, times)
  if (!without.includes('sql'))
    add(label, 'PostgreSQL, one statement', await measureRival(startSql(trials()), size), times)
  if (!without.includes('meilisearch'))
    add(label, 'Meilisearch, 300 ranked again', await measureRival(startMeilisearchRival(trials()), size), times)
}
const [small, large] = ours
record('Search: one question', rows, [
  `${QUESTIONS} questions (whole file 70 %, cancer only 10 %, another disease 10 %, place only 10 %), milliseconds, each answer with its 20 results; ours in JSON as the API gives them. In process five rounds after ${WARM_UP_ROUNDS} to warm up; the others one round after 30 questions (of every third question above 20,000 trials). SQL and Meilisearch answer on the same machine and judge less: no stages, settings or explanations.`,
  ...(small && large
    ? [
        `Ten times the trials: ${(large.p50 / small.p50).toFixed(1)} × the time at p50, ${(large.p99 / small.p99).toFixed(1)} × at p99.`,
      ]
    : []),
])

function add(label: string, way: string, times: Times, base: Times): void {
  const show = (ms: number) => Number(ms.toPrecision(3))
  rows.push({
    size: label,
    way,
    'p50 ms': show(times.p50),
    'p99 ms': show(times.p99),
    'mean ms': show(times.mean),
    'times ours, p50': Number((times.p50 / base.p50).toFixed(1)),
    'times ours, mean': Number((times.mean / base.mean).toFixed(1)),
  })
  console.log(rows.at(-1))
}

function measureOurs(trials: Iterable<Trial>): { times: Times; sites: number; loadSeconds: number } {
  const corpus = createCorpus()
  const started = performance.now()
  let sites = 0
  for (const trial of trials) {
    sites += trial.sites.length
    putTrial(corpus, trial)
  }
  const loadSeconds = (performance.now() - started) / 1000
  const ask = ({ question, point }: Asked) => rankIn(createResultWriter(), corpus, question, { ...CONTEXT, point })
  for (let round = 0; round < WARM_UP_ROUNDS; round++) for (const asked of questions) ask(asked)
  const all: number[] = []
  for (let round = 0; round < 5; round++) {
    for (const asked of questions) {
      const from = performance.now()
      ask(asked)
      all.push(performance.now() - from)
    }
  }
  return { times: timesOf(all), sites, loadSeconds }
}

async function measureRival(starting: Promise<Rival>, size: number): Promise<Times> {
  const rival = await starting
  const all: number[] = []
  try {
    for (const asked of questions.slice(0, WARM_UP)) await rival.ask(asked)
    for (const asked of size > LARGE ? questions.filter((_, at) => at % 3 === 0) : questions) {
      const from = performance.now()
      await rival.ask(asked)
      all.push(performance.now() - from)
    }
  } finally {
    await rival.close()
  }
  return timesOf(all)
}

function timesOf(all: number[]): Times {
  all.sort((a, b) => a - b)
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99), mean: all.reduce((sum, ms) => sum + ms, 0) / all.length }
}
