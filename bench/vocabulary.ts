import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { BIOMARKER_ENTRIES, BIOMARKERS } from '../domain/vocabulary/biomarkers.ts'
import { CANCER_ENTRIES, CANCERS } from '../domain/vocabulary/cancers.ts'
import { createLexicon, type LexiconEntry } from '../domain/vocabulary/lexicon.ts'
import { THERAPIES, THERAPY_ENTRIES } from '../domain/vocabulary/therapies.ts'

/** How fast the terms of each vocabulary are found in recorded eligibility texts, on one core. */
const STUDIES = '../shared/data/ctgov/studies-other.ndjson.gz'
const ROUNDS = 5

interface Study {
  protocolSection: { eligibilityModule?: { eligibilityCriteria?: string } }
}

function measure(
  name: string,
  terms: number,
  entries: readonly LexiconEntry<unknown>[],
  texts: readonly string[],
): void {
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const building = process.cpuUsage()
  const lexicon = createLexicon(entries)
  const built = process.cpuUsage(building).user / 1000
  let found = 0
  const finding = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round++) for (const text of texts) found += lexicon.findAll(text).length
  const microseconds = process.cpuUsage(finding).user
  const speed = (characters * ROUNDS) / microseconds
  console.log(
    `${name}: ${terms} terms, ${entries.length} ways of writing them, built in ${built.toFixed(0)} ms; ` +
      `${found / ROUNDS} found at ${speed.toFixed(0)} MB per second of processor time`,
  )
}

if (existsSync(STUDIES)) {
  const rows = gunzipSync(readFileSync(STUDIES)).toString().trim().split('\n')
  const texts = rows.map(
    (row) => (JSON.parse(row) as Study).protocolSection.eligibilityModule?.eligibilityCriteria ?? '',
  )
  measure('cancers', CANCERS.length, CANCER_ENTRIES, texts)
  measure('biomarkers', BIOMARKERS.length, BIOMARKER_ENTRIES, texts)
  measure('therapies', THERAPIES.length, THERAPY_ENTRIES, texts)
} else {
  console.log(`skipped: ${STUDIES} is not there`)
}
