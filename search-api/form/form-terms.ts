import { ALTERATIONS } from '../../domain/vocabulary/biomarkers/alterations.ts'
import { findVariants } from '../../domain/vocabulary/biomarkers/variants.ts'
import { BIOMARKER_ENTRIES, BIOMARKERS, type MarkerSense } from '../../domain/vocabulary/biomarkers.ts'
import { CANCER_ENTRIES } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { lexiconEntries } from '../../domain/vocabulary/term.ts'

// What a person types alone in a field is meant: abbreviations count whatever their case.
const cancers = createLexicon(CANCER_ENTRIES.map(({ surface, value }) => ({ surface, value: value.code })))
const markers = createLexicon<MarkerSense>([
  ...BIOMARKER_ENTRIES.map(({ surface, value }) => ({ surface, value })),
  ...BIOMARKERS.map(({ code }) => ({
    surface: code,
    value: { code, alteration: null, state: 'present' as const, unsure: false },
  })),
])
const alterations = createLexicon(
  lexiconEntries(ALTERATIONS).map(({ surface, value }) => ({ surface, value: value.code })),
)

/** The cancer that a text names, as a whole; null when it names none. */
export function readCancer(text: string): string | null {
  return cancers.lookUp(text)
}

/** One marker named in a text: `EGFR L858R`, `HER2 amplifié`, `dMMR`, `ALK`. */
export interface ReadBiomarker {
  gene: string
  alteration: string | null
  state: 'present' | 'absent'
}

/** Words that may stand around a marker without changing what is meant. */
const FILLERS = /\b(?:gene|gène|du|de|des|d|l|le|la|statut|status|of|the|and|et)\b/giu

/** The marker a text names and what it says of it. Null when some word is left that was not understood. */
export function readBiomarker(text: string): ReadBiomarker | null {
  const [marker, ...others] = markers.findAll(text)
  if (!marker || others.some(({ value }) => value.code !== marker.value.code)) return null
  let rest = text.slice(0, marker.start) + text.slice(marker.end)
  const [variant] = findVariants(rest)
  if (variant) rest = rest.slice(0, variant.start) + rest.slice(variant.end)
  const named = alterations.findAll(rest)
  for (const { start, end } of named.toReversed()) rest = rest.slice(0, start) + rest.slice(end)
  if (/[\p{L}\d]/u.test(rest.replace(FILLERS, ''))) return null
  const alteration = variant?.variant ?? named[0]?.value ?? marker.value.alteration
  return { gene: marker.value.code, alteration, state: marker.value.state }
}
