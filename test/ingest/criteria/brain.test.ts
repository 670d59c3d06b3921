import { describe, expect, test } from 'vitest'
import { excluding, including, readKind, trial } from './input.ts'

const brain = (input: ReturnType<typeof including>) => readKind(input, 'brain_metastases').map(({ value }) => value)
const onlyStable = 'allowed_if_treated_or_stable'

describe('brain metastases', () => {
  test.each([
    ['Brain metastases', 'excluded'],
    ['Known central nervous system involvement', 'excluded'],
    ['History of, or current, brain metastases', 'excluded'],
    ['Métastases cérébrales', 'excluded'],
    ['CNS metastases (active or treated)', 'excluded'],
    ['Active infection, brain metastases or cord compression', 'excluded'],
    ['History of CNS disease, seizures not controlled, or any brain metastases', 'excluded'],
    ['Active or untreated brain metastases', onlyStable],
    ['Symptomatic, untreated, or actively progressing CNS metastases', onlyStable],
    ['Symptomatic CNS metastases', onlyStable],
    ['Uncontrollable brain metastases', onlyStable],
    ['Symptomatic brain metastases. They may be treated or untreated, but must be asymptomatic.', onlyStable],
    ['Brain metastases may be treated or untreated, but patients must be asymptomatic', onlyStable],
    ['History of symptomatic CNS involvement', onlyStable],
    ['Uncontrolled brain metastases or history of cord compression', onlyStable],
    ['CNS metastases that are symptomatic, untreated or require steroids', onlyStable],
    ['Brain metastases unless treated and stable for 4 weeks', onlyStable],
    ['Known brain metastases. Patients with treated, stable metastases may be enrolled.', onlyStable],
    ['Current brain metastases. Prior CNS metastases are allowable if resected 8 weeks ago.', onlyStable],
    ['Active CNS metastases. For controlled CNS metastases, patients should be off steroids.', onlyStable],
    ['Métastases cérébrales symptomatiques ou non traitées', onlyStable],
    ['Métastases du système nerveux central actives', onlyStable],
  ])('excluded: %s', (sentence, expected) => {
    expect(brain(excluding(sentence))).toEqual([expected])
  })

  test.each([
    ['No brain metastases', 'excluded'],
    ['Patients with treated and stable brain metastases are eligible', onlyStable],
    ['Patients with brain metastases are eligible provided that they need no local therapy', onlyStable],
    ['Brain metastases without clinical symptoms', onlyStable],
    ['Participants with brain metastases are eligible, including those with untreated brain metastases', 'allowed'],
    ['Patients with brain metastases may be enrolled', 'allowed'],
    ['Patients with active brain metastases may be enrolled', 'allowed'],
    ['Confirmed brain metastases', 'required'],
    ['Absence de métastases cérébrales', 'excluded'],
  ])('included: %s', (sentence, expected) => {
    expect(brain(including(sentence))).toEqual([expected])
  })

  test.each([
    'Known primary CNS lymphoma',
    'Severe central nervous system disorder',
    'Leptomeningeal carcinomatosis',
    'Heart disease, cerebral vascular accident or active angina',
    'Seizures or cerebral disease',
    'Intracranial hemorrhage unrelated to the tumor',
    'Brain metastases in the brainstem',
    'Surgery for brain metastases within 4 weeks',
    'Other cancers than the CNS tumor of the trial',
    'Anticoagulation in people without known brain metastases',
  ])('not spread to the brain: %s', (sentence) => {
    expect(brain(excluding(sentence))).toEqual([])
  })

  test('a lesion in the brain that may not be the only one is not asked for', () => {
    expect(brain(including('At least one measurable lesion (brain metastasis must not be the only one)'))).toEqual([])
  })
})

describe('brain metastases, over several sentences', () => {
  const excludingAll = (...sentences: string[]) => excluding(sentences.join('\n* '))

  test.each([
    [['Brain metastases', 'Active CNS metastases'], 'excluded'],
    [['Active CNS metastases', 'Leptomeningeal disease'], onlyStable],
    [['Brain metastases', 'Patients with stable brain metastases are allowed'], onlyStable],
    [['Cohort A: brain metastases', 'Cohort B: active brain metastases'], onlyStable],
  ])('%s', (sentences, expected) => {
    expect(brain(excludingAll(...sentences))).toEqual([expected])
  })
})

describe('brain metastases, by title', () => {
  const titled = (briefTitle: string, exclusion: string) => ({ ...excluding(exclusion), briefTitle })

  test.each([
    ['Invented drug in lung cancer with brain metastases', 'Symptomatic brain metastases', ['required']],
    ['Invented drug in melanoma metastatic to the brain', 'Seizures', ['required']],
    ['Invented drug in glioma and in brain metastases', 'Brain metastases of the stem', ['allowed']],
    ['Radiation for the prevention of brain metastases', 'Brain metastases', ['excluded']],
    ['Invented drug in glioblastoma', 'Active disease of the central nervous system', []],
    ['Invented drug in glioblastoma', 'Brain metastases of another cancer', ['excluded']],
  ])('%s', (title, exclusion, expected) => {
    expect(brain(titled(title, exclusion))).toEqual(expected)
  })

  test('no criteria at all', () => {
    expect(brain(trial('', { briefTitle: 'Invented drug in lung cancer' }))).toEqual([])
  })
})
