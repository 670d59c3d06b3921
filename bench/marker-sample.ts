import { namesIn } from '../ingest/criteria/markers/found.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { readDocument } from '../ingest/criteria/sentences.ts'
import { readLabels, readStudies } from './criteria/data.ts'

/**
 * Prints recorded cancer studies that name markers and are in no labelled set, in an order drawn by lot (the same each
 * time): each sentence that names one, and what was read of it. To be judged by eye:
 * `node --import ./bin/strip-types.js bench/marker-sample.ts 0 60`.
 */
const [from = 0, to = 60] = process.argv.slice(2).map(Number)
const CANCER = /cancer|carcinom|tumou?r|neoplas|lymphom|leuk|myelom|melanom|sarcom|gliom|blastom/i

let seed = 20261122
function draw(): number {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32
  return seed / 2 ** 32
}

const namesMarker = (text: string | null) => text !== null && (namesIn(text)?.length ?? 0) > 0
const labelled = new Set(readLabels('shared').map(({ nctId }) => nctId))
const sample = readStudies()
  .filter(({ nctId, input }) => {
    const topics = [input.briefTitle, input.officialTitle, ...input.conditions]
    const texts = [input.briefTitle, input.officialTitle, ...(input.eligibilityCriteria ?? '').split('\n')]
    return !labelled.has(nctId) && CANCER.test(topics.join(' ')) && texts.some(namesMarker)
  })
  .map((study) => ({ study, lot: draw() }))
  .sort((a, b) => a.lot - b.lot)

console.log(`${sample.length} studies; ${from} to ${to}`)
for (const { study } of sample.slice(from, to)) {
  const { nctId, input } = study
  console.log(`\n${nctId} ${input.briefTitle} | ${input.officialTitle}`)
  const document = readDocument(input.eligibilityCriteria ?? '')
  for (const { start, end, section, side, cohort } of document.sentences) {
    const plain = document.plain.slice(start, end)
    if (namesMarker(plain)) console.log(`  [${section}, ${side}, ${cohort}] ${plain.replaceAll('\n', ' ')}`)
  }
  for (const one of readCriteria(input)) {
    if (one.kind !== 'biomarker') continue
    const group = one.polarity === 'required' ? ` group ${one.group}` : ''
    console.log(
      `    → ${one.polarity}${group} ${one.gene} ${one.alteration} ${one.threshold ?? ''} ${one.cohort ?? ''}`,
    )
  }
}
