import type { CriteriaInput } from '../ingest/criteria/input.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { HOSTILE } from '../test/ingest/criteria/hostile.ts'
import { scoreBiomarkerTexts } from './criteria/biomarker-texts.ts'
import { scoreChia, scoreLabelledSpans } from './criteria/corpora.ts'
import {
  type LabelSet,
  readBiomarkerTexts,
  readLabels,
  readOncotreeAncestors,
  readStudies,
  type Study,
} from './criteria/data.ts'
import { DISPUTED_LABELS, describeDisputed, disputedOf } from './criteria/disputed-labels.ts'
import { createGoldTallies, GOLD_FIGURES, type GoldFigure, scoreTrial } from './criteria/gold.ts'
import { compareWithRegistry } from './criteria/registry-agreement.ts'
import { scoresOf, type Tally } from './criteria/tally.ts'
import { record } from './record.ts'

/**
 * Scores structured criteria against the labelled data of ../shared/data/criteria.
 * `-v` lists the misses; `--part dev|check` takes two thirds or the other third; a last word keeps the figures that
 * name it. Only the whole, without `--part` and word, is written into RESULTS.md.
 */
const args = process.argv.slice(2)
const verbose = args.includes('-v')
const part = args.includes('--part') ? args[args.indexOf('--part') + 1] : undefined
const only = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--part')

const studies = readStudies()
const byId = new Map(studies.map((study) => [study.nctId, study]))
const inPart = (index: number) => part === undefined || (index % 3 === 2) === (part === 'check')

const EMPTY: CriteriaInput = {
  briefTitle: '',
  officialTitle: null,
  conditions: ['cancer'],
  keywords: [],
  eligibilityCriteria: null,
  minimumAgeYears: null,
  maximumAgeYears: null,
  sex: null,
}

const rows: Record<string, string | number>[] = []

/**
 * Misses of the trials that nobody looks at are not printed: reading them would make the set one more to learn from.
 */
function show(title: string, figures: [string, Tally][], listed = verbose) {
  if (listed) console.log(`\n${title}`)
  for (const [figure, tally] of figures) {
    if (only && !figure.includes(only)) continue
    const { precision, recall, f1 } = scoresOf(tally)
    const [one, two, three] = [f1, precision, recall].map((value) => value.toFixed(3))
    rows.push({
      set: title,
      figure,
      F1: one ?? '',
      precision: two ?? '',
      recall: three ?? '',
      found: tally.found,
      labelled: tally.expected,
    })
    if (listed) console.log(`  ${figure}: F1 ${one}  P ${two}  R ${three}`)
    if (listed) for (const miss of tally.misses) console.log(`      ${miss}`)
  }
}

function scoreLabelled(title: string, set: LabelSet = 'shared', keep: (index: number) => boolean = () => true) {
  const tallies = createGoldTallies()
  const ancestors = readOncotreeAncestors()
  for (const [index, gold] of readLabels(set).entries()) {
    const study = byId.get(gold.nctId)
    if (study && keep(index)) scoreTrial(tallies, gold, readCriteria(study.input), ancestors)
  }
  show(
    title,
    GOLD_FIGURES.map((figure: GoldFigure) => [figure, tallies[figure]]),
    verbose && set !== 'unseen',
  )
}

/**
 * Trials per second of processor time, splitting and extraction
 * together: the median of three rounds after one to warm up.
 */
function measureSpeed(all: readonly Study[]): number {
  const rounds = [0, 1, 2, 3].map(() => {
    const started = process.cpuUsage()
    for (const study of all) readCriteria(study.input)
    const { user, system } = process.cpuUsage(started)
    return Math.round(all.length / ((user + system) / 1e6))
  })
  return rounds.slice(1).sort((a, b) => a - b)[1] ?? 0
}

/**
 * The worst ratio of processor time when a hostile text doubles
 * (128,000 to 256,000 characters): 2 where work is linear.
 */
function measureGrowth(): string {
  const ratios = Object.entries(HOSTILE).map(([name, make]) => {
    const [small, large] = [128_000, 256_000].map((size) => {
      const text = make(size)
      const times = [0, 1, 2].map(() => {
        const started = process.cpuUsage()
        readCriteria({ ...EMPTY, eligibilityCriteria: text })
        const { user, system } = process.cpuUsage(started)
        return user + system
      })
      return Math.max(Math.min(...times), 1)
    })
    return { name, ratio: (large ?? 1) / (small ?? 1) }
  })
  const worst = ratios.reduce((most, one) => (one.ratio > most.ratio ? one : most))
  return `${worst.ratio.toFixed(1)} (${worst.name})`
}

if (part) scoreLabelled(`hand-labelled trials, ${part}`, 'shared', inPart)
else {
  scoreLabelled('hand-labelled trials')
  scoreLabelled('hand-labelled trials, checking third', 'shared', (index) => index % 3 === 2)
  scoreLabelled('other labelled trials, misses read', 'own')
  scoreLabelled('other labelled trials, unseen', 'unseen')
}
for (const set of part ? (['train'] as const) : (['train', 'validation'] as const)) {
  const texts = readBiomarkerTexts(set)
  const keep = part ? inPart : () => true
  show(`biomarker texts, ${set}${part ? `, ${part}` : ''}`, scoreBiomarkerTexts(texts, keep))
  show(
    `biomarker texts, ${set}${part ? `, ${part}` : ''}, disputed labels put right`,
    scoreBiomarkerTexts(texts, keep, (text) => disputedOf(set, text)),
  )
  if (!part && set === 'train')
    show(
      'biomarker texts, train, checking third',
      scoreBiomarkerTexts(texts, (index) => index % 3 === 2),
    )
}
if (verbose) for (const one of DISPUTED_LABELS) console.log(`disputed label, ${describeDisputed(one)}`)
if (!part) {
  show('labelled spans (Facebook)', scoreLabelledSpans())
  show('labelled documents (Chia)', scoreChia())
}
const agreement = compareWithRegistry(studies)
if (verbose) for (const line of agreement.disagreements) console.log(line)
const notes = [
  `Age and sex read from the text alone against the registry's fields, ${studies.length} studies: ${agreement.summary}. The others: ${Object.entries(
    agreement.explanations,
  )
    .map(([explanation, count]) => `${explanation} ${count}`)
    .join('; ')}. One by one: \`npm run bench:criteria -- -v\`.`,
  `Speed: ${measureSpeed(studies)} trials per second of processor time (all ${studies.length} recorded studies, median of three rounds after one to warm up).`,
  `Twice the text, at worst ${measureGrowth()} times the processor time, over ${Object.keys(HOSTILE).length} hostile texts (\`test/ingest/criteria/hostile.ts\`).`,
  `Disputed labels (${DISPUTED_LABELS.length}, \`bench/criteria/disputed-labels.ts\`, each with its reason; listed by \`-v\`) count as they are except where the row says otherwise. HRD, HRR and DDR count only where the labels name them: labels that name their genes instead are as right.`,
  'Facebook: a name of ours is right where it overlaps a span of the label; texts are of any disease, and their words in lower case. Chia: pregnancy, HIV and hepatitis keep out where an exclusion document has the Condition, or an inclusion document denies it; age by its numbers. The pairs of TrialGPT label whether one patient fits one criterion of mostly other diseases than cancer: they ask for a reading of patients, which this is not, and are not scored.',
  'Labels: ../shared/data/criteria, and bench/criteria/labels for the two other sets of trials. Misses of every set but one were read while the rules were written, those of the checking third and of the validation texts last. Of the unseen trials only the figures were looked at.',
]
if (part || only) {
  console.table(rows)
  for (const note of notes) console.log(note)
} else record('Structured criteria', rows, notes)
