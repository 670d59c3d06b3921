import { ageOfText } from '../../ingest/criteria/age.ts'
import { readDocument } from '../../ingest/criteria/sentences.ts'
import { sexOfText } from '../../ingest/criteria/sex.ts'
import { EXPLAINED_BY_HAND } from './age-explained.ts'
import type { Study } from './data.ts'

/** A bound of the text and of the registry agree to the month (the registry rounds months and weeks its own way). */
const agree = (text: number | null, field: number | null) =>
  text === null || (field !== null && Math.abs(text - field) < 0.09)

/**
 * Those not read by hand: an open field, or one whole year between the two ("under 18" is 17 years in the registry).
 */
function explain(nctId: string, text: number | null, field: number | null): string {
  const byHand = EXPLAINED_BY_HAND[nctId]
  if (byHand) return byHand
  if (field === null) return 'the registry leaves the bound open'
  if (text !== null && Math.abs(text - field) <= 1.01)
    return 'whole years: the registry gives the last or first year that is in, or is one year off'
  return 'not explained'
}

/**
 * What the text alone says of age and sex beside the registry's coded fields, wherever the text says it, and why they
 * differ where they do.
 */
export function compareWithRegistry(studies: readonly Study[]): {
  summary: string
  explanations: Record<string, number>
  disagreements: string[]
} {
  const disagreements: string[] = []
  const explanations: Record<string, number> = {}
  const counts = { age: 0, ageAgrees: 0, sex: 0, sexAgrees: 0 }
  const note = (nctId: string, words: string, explanation: string) => {
    disagreements.push(`${nctId} ${words}: ${explanation}`)
    explanations[explanation] = (explanations[explanation] ?? 0) + 1
  }
  for (const { nctId, input } of studies) {
    const document = readDocument(input.eligibilityCriteria ?? '')
    const age = ageOfText(document)?.fact
    if (age?.kind === 'age') {
      for (const [bound, text, field] of [
        ['min', age.minYears, input.minimumAgeYears],
        ['max', age.maxYears, input.maximumAgeYears],
      ] as const) {
        if (text === null) continue
        counts.age++
        if (agree(text, field)) counts.ageAgrees++
        else note(nctId, `${bound} age, text ${text}, registry ${field}`, explain(nctId, text, field))
      }
    }
    const sex = sexOfText(document)?.fact
    if (sex?.kind === 'sex') {
      counts.sex++
      if (sex.value === input.sex) counts.sexAgrees++
      else note(nctId, `sex, text ${sex.value}, registry ${input.sex}`, EXPLAINED_BY_HAND[nctId] ?? 'not explained')
    }
  }
  return {
    summary: `age bounds ${counts.ageAgrees} of ${counts.age}, sex ${counts.sexAgrees} of ${counts.sex}`,
    explanations,
    disagreements,
  }
}
