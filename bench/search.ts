import { performance } from 'node:perf_hooks'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import { loadPlaces } from '../domain/places/places.ts'
import { cancerByMesh } from '../domain/vocabulary/cancers.ts'
import { type Corpus, createCorpus, putTrial } from '../ranking/corpus.ts'
import { type RankContext, rank } from '../ranking/rank.ts'
import { multiply } from './multiply.ts'
import { createReader, recordedStudies } from './recorded.ts'
import { type Asked, drawQuestions } from './search-questions.ts'

const SIZES = (process.env.SIZES ?? '10000,100000').split(',').map(Number)
const QUESTIONS = 400
const CONTEXT: Omit<RankContext, 'point'> = { today: '2026-11-21', textScores: null, dataVersion: '1', lang: 'fr' }

const places = loadPlaces()
const communes = Object.keys(DEPARTEMENTS).flatMap((code) => places.inDepartement(code))
const towns = communes.filter(({ population }) => population > 20_000)
const read = createReader(places)
const recorded = [...recordedStudies('french'), ...recordedStudies('other')].map(read).map((t) => {
  if (t.criteria.some(({ kind }) => kind === 'cancer')) return t
  const codes = new Set(t.meshTerms.flatMap(({ id }) => cancerByMesh(id)?.code ?? []))
  return {
    ...t,
    criteria: [
      ...t.criteria,
      ...[...codes].map((code) => ({
        kind: 'cancer' as const,
        polarity: 'required' as const,
        code,
        quote: 'x',
        section: 'registry' as const,
        start: null,
        end: null,
        rule: 'mesh',
        confidence: 1,
        cohort: null,
      })),
    ],
  }
})

for (const size of SIZES) {
  const corpus = createCorpus()
  const started = performance.now()
  let sites = 0
  for (const trial of multiply(recorded, communes, size)) {
    sites += trial.sites.length
    putTrial(corpus, trial)
  }
  const loadMs = performance.now() - started
  global.gc?.()
  const questions = drawQuestions(recorded, towns, QUESTIONS)
  const times = measure(corpus, questions)
  console.log(
    size,
    sites,
    'points',
    corpus.points.size(),
    `load ${Math.round(loadMs)} ms`,
    'heap',
    Math.round(process.memoryUsage().rss / 1e6),
    'MB',
    times,
  )
}

function measure(corpus: Corpus, questions: readonly Asked[]) {
  const ask = ({ question, point }: Asked) => rank(corpus, question, { ...CONTEXT, point })
  for (const asked of questions) ask(asked)
  const best = questions.map(() => Infinity)
  let total = 0
  const cpu = process.cpuUsage()
  for (let round = 0; round < 7; round++) {
    questions.forEach((asked, n) => {
      const from = performance.now()
      total += ask(asked).total
      best[n] = Math.min(best[n] ?? 0, performance.now() - from)
    })
  }
  const used = process.cpuUsage(cpu)
  const times = best.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3)
  return {
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    cpuMs: ((used.user + used.system) / 1000 / 7 / questions.length).toFixed(3),
    candidates: Math.round(total / 7 / times.length),
  }
}
