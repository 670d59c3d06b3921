import { type Finding, foundElsewhere } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import { fold } from '../text.ts'
import { UNTREATED } from './untreated.ts'

const FIRST_LINE = /\b(?:first|1st|1)[- ]?line\b|\bpremiere ligne\b|\b1l\b/
const PROGRESSED_ON =
  /\b(?:progress\w*|failed|failure|resistant)\b[^.]{0,20}\b(?:on|after|to|of)\b[^.]{0,40}\b(?:therap\w+|treatments?|inhibitors?|tkis?|chemo\w*|line)\b|\bpreviously[- ]treated with\b/

/** What the titles say of earlier lines: a first line, a later one, or people whose disease progressed on a treatment. */
export type TitledLine = 'first' | 'later' | 'progressed'

export function titledLine(input: CriteriaInput): TitledLine | null {
  const titles = [input.briefTitle, input.officialTitle ?? ''].map(fold)
  if (titles.some((title) => PROGRESSED_ON.test(title))) return 'progressed'
  if (
    titles.some((title) =>
      /\b(?:second|2nd|third)[- ]line\b|\bpreviously[- ]treated\b|\brelapsed\b|\brefractory\b|\bdeuxieme ligne\b|\b(?:progress\w*|resistant) (?:on|after|to)\b|\bpretreated\b|en rechute|refractaire/.test(
        title,
      ),
    )
  )
    return 'later'
  if (
    titles.some(
      (title) =>
        (FIRST_LINE.test(title) &&
          !/\b(?:after|following|post|maintenance|progress\w+)\b[^.]{0,40}\b(?:first|1st)[- ]line|\bmaintenance\b/.test(
            title,
          )) ||
        /\b(?:treatment[- ]na|previously[- ]untreated|non traite)/.test(title),
    )
  )
    return 'first'
  return null
}

const titleOf = (input: CriteriaInput, pattern: RegExp) =>
  [input.officialTitle, input.briefTitle].find(
    (title) => title && (pattern.test(fold(title)) || UNTREATED.test(fold(title))),
  ) ?? input.briefTitle

/** "First-line treatment of …": none; titles are believed less than criteria. */
export const untreatedByTitle = (input: CriteriaInput): Finding =>
  foundElsewhere(
    { kind: 'prior_lines', polarity: 'required', min: 0, max: 0, setting: null },
    'lines-title',
    'title',
    titleOf(input, FIRST_LINE),
    0.7,
  )

/** "… after failure of …": at least one. */
export const progressedByTitle = (input: CriteriaInput): Finding =>
  foundElsewhere(
    { kind: 'prior_lines', polarity: 'required', min: 1, max: null, setting: null },
    'lines-title',
    'title',
    titleOf(input, PROGRESSED_ON),
    0.6,
  )
