import { readCriteria } from '../ingest/criteria/read.ts'
import { scoreBiomarkerTexts } from './criteria/biomarker-texts.ts'
import { readBiomarkerTexts, readGold, readOncotreeAncestors, readStudies, type Study } from './criteria/data.ts'
import { createGoldTallies, GOLD_FIGURES, type GoldFigure, scoreTrial } from './criteria/gold.ts'
import { scoresOf, type Tally } from './criteria/tally.ts'

/**
 * Scores structured criteria against the labelled data of ../shared/data/criteria.
 * `-v` lists the misses; `--part dev|check` takes two thirds or the other third; a last word keeps figures that name it.
 */
const args = process.argv.slice(2)
const verbose = args.includes('-v')
const part = args.includes('--part') ? args[args.indexOf('--part') + 1] : undefined
const only = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--part')

const studies = readStudies()
const byId = new Map(studies.map((study) => [study.nctId, study]))
const inPart = (index: number) => part === undefined || (index % 3 === 2) === (part === 'check')

function show(title: string, figures: [string, Tally][]) {
  console.log(`\n${title}`)
  for (const [figure, tally] of figures) {
    if (only && !figure.includes(only)) continue
    const { precision, recall, f1 } = scoresOf(tally)
    const cells = [f1, precision, recall].map((value) => value.toFixed(3))
    console.log(
      `  ${figure.padEnd(38)} F1 ${cells[0]}  P ${cells[1]}  R ${cells[2]}  (${tally.found} found, ${tally.expected} labelled)`,
    )
    if (verbose) for (const miss of tally.misses) console.log(`      ${miss}`)
  }
}

function scoreGold() {
  const tallies = createGoldTallies()
  const ancestors = readOncotreeAncestors()
  for (const [index, gold] of readGold().entries()) {
    const study = byId.get(gold.nctId)
    if (study && inPart(index)) scoreTrial(tallies, gold, readCriteria(study.input), ancestors)
  }
  show(
    'Hand-labelled trials',
    GOLD_FIGURES.map((figure: GoldFigure) => [figure, tallies[figure]]),
  )
}

function measureSpeed(all: readonly Study[]) {
  for (const study of all.slice(0, 300)) readCriteria(study.input)
  const started = process.cpuUsage()
  for (const study of all) readCriteria(study.input)
  const { user, system } = process.cpuUsage(started)
  const seconds = (user + system) / 1e6
  console.log(`\nSpeed: ${Math.round(all.length / seconds)} trials per second of processor time (${all.length} trials)`)
}

scoreGold()
show('Biomarker texts, train', scoreBiomarkerTexts(readBiomarkerTexts('train'), inPart))
if (args.includes('--validation')) {
  show(
    'Biomarker texts, validation',
    scoreBiomarkerTexts(readBiomarkerTexts('validation'), () => true),
  )
}
measureSpeed(studies)
