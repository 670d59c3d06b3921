import { type Finding, foundElsewhere } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import type { Sentence } from '../sentences.ts'
import { fold } from '../text.ts'
import type { Bounds } from './bounds.ts'
import { readCounts } from './counted.ts'
import { placeInTitle } from './places.ts'
import { readProgressed } from './progressed.ts'

const LATER =
  /\b(?:second|2nd|third)[- ]line\b|\bpreviously[- ]treated\b|\brelapsed\b|\brefractory\b|\bdeuxieme ligne\b|\b(?:progress\w*|resistant) (?:on|after|to)\b|\bpretreated\b|en rechute|refractaire/
const UNTREATED =
  /\b(?:treatment[- ]na[iï]ve|previously[- ]untreated|non traite\w*|untreated (?:[a-z-]+ ){0,3}(?:cancers?|carcinomas?|lymphomas?|leuk\w+|myeloma|melanoma|mesothelioma|sarcomas?|nsclc|sclc|tumou?rs?))\b/
/** "In previously treated patients with …". */
const PRETREATED = /\b(?:pre-?treated|previously[- ]treated)\b(?! (?:with|by) (?:radi\w+|surg\w+|prostatectomy))/
/** "… and in patients with a mutation", "… or untreated": other people beside them. */
const AND_OTHERS =
  /\b(?:pre-?treated|previously[- ]treated)\b.*\b(?:and|or)\b[^.]{0,40}\b(?:untreated|na[iï]ve|patients|participants)\b/
const MAINTENANCE = /\b(?:after|following|post|progress\w+)\b[^.]{0,40}\b(?:first|1st)[- ]line|\bmaintenance\b/
const NONE: Titled = { line: null, finding: null, most: null }

/** What the titles say of earlier lines, and the finding when the criteria say nothing. */
export interface Titled {
  line: 'first' | 'later' | 'progressed' | null
  finding: Finding | null
  /** The most lines before the one that the title names: 1 of "second-line". */
  most: number | null
}

/** "First-line treatment of …", "… after failure of …": titles are believed less than criteria. */
export function titled(input: CriteriaInput): Titled {
  const titles = [input.officialTitle, input.briefTitle].flatMap((title) =>
    title ? [{ title, folded: fold(title) }] : [],
  )
  const read = (rule: (folded: string) => Bounds | null) => {
    for (const { title, folded } of titles) {
      const bounds = rule(folded)
      if (bounds) return { bounds, title }
    }
    return null
  }
  const progressed = read((folded) => readCounts(sentenceOf(folded))[0] ?? readProgressed(sentenceOf(folded)))
  const most = read(placeInTitle)?.bounds.max ?? null
  if (progressed) return { line: 'progressed', finding: findingOf(progressed.bounds, progressed.title, 0.6), most }
  const hasOthers = titles.some(({ folded }) => AND_OTHERS.test(folded))
  const treated = hasOthers ? null : read((folded) => matched(PRETREATED, folded, { min: 1, max: null }))
  if (treated) return { line: 'later', finding: findingOf(treated.bounds, treated.title, 0.6), most }
  if (titles.some(({ folded }) => LATER.test(folded))) return { line: 'later', finding: null, most }
  const first = read((folded) =>
    MAINTENANCE.test(folded) ? null : (firstLine(folded) ?? matched(UNTREATED, folded, { min: 0, max: 0 })),
  )
  return first ? { line: 'first', finding: findingOf(first.bounds, first.title, 0.7), most: null } : NONE
}

function firstLine(folded: string): Bounds | null {
  const place = placeInTitle(folded) ?? matched(/\b1l\b/, folded, { min: 0, max: 0 })
  return place?.max === 0 ? place : null
}

function matched(pattern: RegExp, folded: string, { min, max }: Pick<Bounds, 'min' | 'max'>): Bounds | null {
  const match = pattern.exec(folded)
  return match && { min, max, from: match.index, to: match.index + match[0].length }
}

const findingOf = ({ min, max }: Bounds, title: string, confidence: number): Finding =>
  foundElsewhere(
    { kind: 'prior_lines', polarity: 'required', min, max, setting: null },
    'lines-title',
    'title',
    title,
    confidence,
  )

/** A title as a sentence of the inclusions, for the rules that read these. */
const sentenceOf = (text: string): Sentence => ({
  index: 0,
  text,
  start: 0,
  end: text.length,
  side: 'in',
  section: 'inclusion',
  cohort: null,
  statement: 0,
  lead: null,
})
