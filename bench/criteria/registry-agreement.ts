import { ageOfText } from '../../ingest/criteria/age.ts'
import { readDocument } from '../../ingest/criteria/sentences.ts'
import { sexOfText } from '../../ingest/criteria/sex.ts'
import type { Study } from './data.ts'

/** A bound of the text and of the registry agree to the month (the registry rounds months and weeks its own way). */
const agree = (text: number | null, field: number | null) =>
  text === null || (field !== null && Math.abs(text - field) < 0.09)

/** What the text alone says of age and sex beside the registry's coded fields, wherever the text says it. */
export function compareWithRegistry(studies: readonly Study[]): { summary: string; disagreements: string[] } {
  const disagreements: string[] = []
  const counts = { age: 0, ageAgrees: 0, sex: 0, sexAgrees: 0 }
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
        else disagreements.push(`${nctId} ${bound} age: text ${text}, registry ${field}`)
      }
    }
    const sex = sexOfText(document)?.fact
    if (sex?.kind === 'sex') {
      counts.sex++
      if (sex.value === input.sex) counts.sexAgrees++
      else disagreements.push(`${nctId} sex: text ${sex.value}, registry ${input.sex}`)
    }
  }
  return {
    summary: `age bounds ${counts.ageAgrees} of ${counts.age}, sex ${counts.sexAgrees} of ${counts.sex}`,
    disagreements,
  }
}
