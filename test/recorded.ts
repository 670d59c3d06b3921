import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

/** Recorded registry data beside the repository; used from there, never copied in. */
const ROOT = fileURLToPath(new URL('../../shared/data/', import.meta.url))

/** The path of a recorded file or folder. */
export function recorded(path: string): string {
  return `${ROOT}${path}`
}

/** The two files of recorded ClinicalTrials.gov studies: 200 with a French site, 1,830 others. */
export const RECORDED_CTGOV = [
  recorded('ctgov/studies-with-french-site.ndjson.gz'),
  recorded('ctgov/studies-other.ndjson.gz'),
]

const present = existsSync(ROOT)
if (!present) console.warn(`No recorded registry data in ${ROOT}: tests that need it are skipped.`)

/** A test that needs the recorded data: skipped, with the reason printed, where the folder is absent. */
export const recordedTest = test.skipIf(!present)
