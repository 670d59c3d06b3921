import { WEIGHTS } from '../ranking/weights.ts'
import { LABEL_SETS, type LabelSet } from './criteria/data.ts'
import { bm25, keyword, ours } from './ranking/baselines.ts'
import { type Labelled, readLabelled } from './ranking/labelled.ts'
import { nearestSites } from './ranking/nearest.ts'
import { score } from './ranking/score.ts'
import { sensitivityOf } from './ranking/sensitivity.ts'
import { record } from './record.ts'

/**
 * Questions built from hand-labelled trials and judged by their labels, one set of trials at a time. `-v` lists what
 * was contradicted in a top ten and what was left out, except of the trials that nobody looks at (`unseen`).
 */
const verbose = process.argv.includes('-v')

const rowsOf = (set: LabelSet, labelled: Labelled) =>
  (['fully', 'partly'] as const).flatMap((told) => {
    const questions = labelled.asked.filter((one) => one.told === told)
    const listed = verbose && set !== 'unseen' ? (line: string) => console.log(set, line) : undefined
    const row = (way: string, figures: Record<string, number>) => ({ trials: set, way, 'panel told': told, ...figures })
    return [
      row('Essais proches', score(ours(labelled), questions, labelled, listed)),
      row('keyword, nearest site of any status', score(keyword(labelled), questions, labelled)),
      row('BM25', score(bm25(labelled), questions, labelled)),
    ]
  })

const sets = LABEL_SETS.map((set) => ({ set, labelled: readLabelled(set) }))
const counts = sets.map(({ set, labelled: { asked } }) => {
  return `${asked.length} questions from ${new Set(asked.map(({ person }) => person.fits)).size} trials of \`${set}\``
})
record(
  'Ranking: questions from labelled trials',
  sets.flatMap(({ set, labelled }) => rowsOf(set, labelled)),
  [
    `${counts.join(', ')}, in French towns, seeded; answers judged by the labels, not by our reading. P@k: share of the first k that the whole file does not contradict. Leakage: share of the first ten that what was told contradicts. Tier A: share that the whole file fits. Recall@20: of the trials that the whole file fits.`,
    ...sets.map(({ set, labelled }) => `\`${set}\`: ${nearestSites(labelled, verbose && set !== 'unseen')}`),
  ],
)
const [first] = sets
if (first)
  record(
    'Ranking: sensitivity of the order to ±50 % on each weight',
    sensitivityOf(first.labelled.corpus, first.labelled.asked.slice(0, 120), WEIGHTS),
    [
      'Kendall τ of the order and overlap of the first ten with the order by the weights in force; tiers do not move with weights. The lower of the two figures for +50 % and −50 %.',
    ],
  )
