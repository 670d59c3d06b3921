import { loadPlaces } from '../domain/places/places.ts'
import type { Question } from '../domain/question.ts'
import { createCorpus, putTrial } from '../ranking/corpus.ts'
import { rank } from '../ranking/rank.ts'
import { createReader, recordedStudies } from './recorded.ts'

/**
 * Five questions a clinician would ask of the recorded trials, with the
 * first answers in whole, in French, to be read by eye.
 */
const QUESTIONS: { words: string; town: string; question: Question }[] = [
  {
    words: 'Adénocarcinome pulmonaire métastatique, EGFR L858R, ALK négatif, une ligne reçue, 64 ans, Lyon',
    town: '69388',
    question: {
      cancer: 'LUAD',
      stage: 'IV',
      biomarkers: [
        { gene: 'EGFR', alteration: 'L858R', state: 'present' },
        { gene: 'ALK', state: 'absent' },
      ],
      priorLines: 1,
      ecog: 1,
      age: 64,
      sex: 'FEMALE',
    },
  },
  {
    words: 'Cancer du sein RH+ HER2−, métastatique, première ligne, 58 ans, Rennes',
    town: '35238',
    question: {
      cancer: 'BRCA',
      stage: 'metastatic',
      biomarkers: [
        { gene: 'HR', alteration: 'positive', state: 'present' },
        { gene: 'ERBB2', alteration: 'negative', state: 'present' },
      ],
      priorLines: 0,
      age: 58,
      sex: 'FEMALE',
    },
  },
  {
    words: 'Myélome en rechute, deux lignes, lénalidomide reçu, 71 ans, Nantes',
    town: '44109',
    question: { cancer: 'PCM', setting: ['relapsed'], priorLines: 2, priorTherapies: ['lenalidomide'], age: 71 },
  },
  {
    words: 'Cancer bronchique non à petites cellules, sans panel, 70 ans, Bordeaux',
    town: '33063',
    question: { cancer: 'NSCLC', age: 70 },
  },
  {
    words: 'Mélanome réséqué de stade III, ECOG 0, 45 ans, Marseille',
    town: '13055',
    question: { cancer: 'MEL', stage: 'III', setting: ['resected'], ecog: 0, age: 45, brainMetastases: 'none' },
  },
]

const places = loadPlaces()
const corpus = createCorpus()
for (const trial of recordedStudies('french').map(createReader(places))) putTrial(corpus, trial)

for (const { words, town, question } of QUESTIONS) {
  const place = places.byCode(town)
  const point = place?.point ?? null
  const context = { today: '2026-11-21', point, textScores: null, dataVersion: '1', lang: 'fr' as const }
  const { total, tiers, results } = rank(corpus, { ...question, size: 4 }, context)
  console.log(`\n# ${words}\n${total} essais (A ${tiers.A}, B ${tiers.B}, écartés ${tiers.C})`)
  for (const { rank: place, briefTitle, tier, points, explanation, cautions, site, criteria } of results) {
    console.log(`\n${place}. [${tier}] ${briefTitle}`)
    console.log(
      `   ${points.total} = ${points.clinical} + ${points.distance} + ${points.freshness}; ${site?.facility ?? site?.city ?? 'sans centre'}`,
    )
    console.log(`   ${explanation}`)
    for (const { text } of cautions) console.log(`   ! ${text}`)
    for (const { text, quote } of criteria) console.log(`   - ${text}${quote ? ` « ${quote.slice(0, 90)} »` : ''}`)
  }
}
