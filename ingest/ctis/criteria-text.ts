import { decodeEntities, tidyLines } from '../text.ts'
import { FRENCH } from './codes.ts'
import type { PartI, Translation } from './trial.ts'

type Criteria = NonNullable<NonNullable<PartI['trialDetails']['trialInformation']>['eligibilityCriteria']>

interface Item {
  number: number
  original: string
  french: string | null
}

/**
 * The numbered criteria of a CTIS record as one text with headings, as filed and in French. The French text is null
 * unless the sponsor filed a translation; single criteria without one stay as they were filed, so that none is lost.
 */
export function writeCriteria(criteria: Criteria | undefined): { original: string | null; french: string | null } {
  const inclusion = (criteria?.principalInclusionCriteria ?? []).map((item) =>
    toItem(item.number, item.principalInclusionCriteria, item.principalInclusionCriteriaTranslations),
  )
  const exclusion = (criteria?.principalExclusionCriteria ?? []).map((item) =>
    toItem(item.number, item.principalExclusionCriteria, item.principalExclusionCriteriaTranslations),
  )
  const write = (pick: (item: Item) => string, headings: [string, string]) =>
    [section(headings[0], inclusion, pick), section(headings[1], exclusion, pick)].filter(Boolean).join('\n\n') || null
  const translated = [...inclusion, ...exclusion].some(({ french }) => french !== null)
  return {
    original: write(({ original }) => original, ['Inclusion Criteria:', 'Exclusion Criteria:']),
    french: translated
      ? write(({ french, original }) => french ?? original, ["Critères d'inclusion :", "Critères d'exclusion :"])
      : null,
  }
}

/** The French translation of a text, where one was filed. */
export function frenchOf(translations: Translation[] | undefined): string | null {
  const french = translations?.find(
    ({ languageDescription, language }) => languageDescription === FRENCH.description || language === FRENCH.code,
  )
  return tidyLines(decodeEntities(french?.attributeTranslation ?? '')) || null
}

function toItem(
  number: number | string | undefined,
  text: string | undefined,
  translations: Translation[] | undefined,
) {
  return {
    number: Number(number ?? Number.NaN),
    original: tidyLines(decodeEntities(text ?? '')),
    french: frenchOf(translations),
  }
}

/** CTIS sends criteria in the order 1, 10, 11, 2: the sponsor's numbers give it back. */
function section(heading: string, items: Item[], pick: (item: Item) => string): string {
  const lines = items
    .toSorted((a, b) => a.number - b.number || 0)
    .map(pick)
    .filter((text) => text !== '')
    .map((text, index) => `${index + 1}. ${text.replaceAll('\n', '\n   ')}`)
  return lines.length > 0 ? `${heading}\n\n${lines.join('\n')}` : ''
}
