import { describe, expect, test } from 'vitest'
import { excluding, including, readKind, trial } from './input.ts'

const ages = (input: ReturnType<typeof including>) =>
  readKind(input, 'age').map(({ minYears, maxYears }) => `${minYears ?? ''}..${maxYears ?? ''}`)

describe('age of the text, where the registry has none', () => {
  test.each([
    ['Aged 18 to 75 years', '18..75'],
    ['Adults of 18~55 years of age', '18..55'],
    ['Between 40 to and including 55 years of age', '40..55'],
    ['Ages 20-35, with a bicycle', '20..35'],
    ['From birth to 2 years of age', '..2'],
    ['Aged 0-12 years', '..12'],
    ['Adolescents (12 to 18 years), and young adults (19 to 40 years)', '12..40'],
    ['Under the 2 years old', '..2'],
    ['Be at least 18 years of age on the day of signing consent', '18..'],
    ['Âge ≥ 18 ans', '18..'],
  ])('%s', (sentence, expected) => {
    expect(ages(including(sentence))).toEqual([expected])
  })

  test.each([
    'Lansky scale for participants less than 16 years of age',
    'Assent of patients under 18 years of age',
    'Aged within ± 5 years of the patient',
    'Less than 50 years of age at the time of migraine onset',
    'Child of 4 to 18 years of age at the time of first diagnosis',
    'Creatinine clearance by age: 2 to 6 years, 0.8',
    'Diabetes for ≥ 3 years at any age',
    'No older drug less than 60 days ago',
  ])('is another age: %s', (sentence) => {
    expect(ages(including(sentence))).toEqual([])
  })

  test.each([
    ['Sudden death under 40 years of age in relatives'],
    ['Individuals over 65 years of age with a low mental score'],
    ['Household contacts under the age of 2 years'],
  ])('rules nobody out: %s', (sentence) => {
    expect(ages(excluding(sentence))).toEqual([])
  })
})

describe('age of the text beside the registry’s', () => {
  const both = (sentence: string, minimumAgeYears: number | null, maximumAgeYears: number | null) =>
    readKind({ ...including(sentence), minimumAgeYears, maximumAgeYears }, 'age').map(
      ({ minYears, maxYears, confidence }) =>
        `${minYears ?? ''}..${maxYears ?? ''} ${confidence < 0.7 ? 'unsure' : 'sure'}`,
    )

  test.each([
    ['Aged 18 to 75 years', 18, null, ['18.. sure', '18..75 unsure']],
    ['Aged 18 to 75 years', 18, 80, ['18..80 sure', '18..75 unsure']],
    ['Aged 18 to 75 years', 18, 75, ['18..75 sure']],
    ['Aged 18 years or older', 18, 75, ['18..75 sure']],
    ['Aged 6 months to 18 years', 0.5, 18, ['0.5..18 sure']],
  ] as const)('%s, %s..%s', (sentence, minimum, maximum, expected) => {
    expect(both(sentence, minimum, maximum)).toEqual(expected)
  })
})

describe('sex of the text, where the registry has none', () => {
  const sexes = (...sentences: string[]) =>
    readKind(trial(`Inclusion Criteria:\n\n${sentences.map((one) => `* ${one}\n`).join('')}`), 'sex').map(
      ({ value }) => value,
    )

  test.each([
    [['Men over 18 years'], ['MALE']],
    [['Women only'], ['FEMALE']],
    [['Women over 50 are considered postmenopausal'], []],
    [['Females of child bearing age use contraception'], []],
    [['Male subjects of 50 kg or more', 'Female subjects of 45 kg or more'], []],
  ])('%s', (sentences, expected) => {
    expect(sexes(...sentences)).toEqual(expected)
  })
})
