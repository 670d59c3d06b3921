import { describe, expect, test } from 'vitest'
import { readHeading } from '../../../ingest/criteria/headings.ts'
import { splitStatements } from '../../../ingest/criteria/split.ts'
import { fold, readableText } from '../../../ingest/criteria/text.ts'

const split = (raw: string) => {
  const text = readableText(raw)
  return splitStatements(text).map(({ start, end, section, cohort, parent }) => ({
    text: text.plain.slice(start, end),
    section,
    cohort,
    parent,
  }))
}
const side = (line: string) => readHeading(fold(line), false)?.side ?? null

describe('headings', () => {
  test.each([
    'Inclusion Criteria:',
    'INCLUSION CRITERIA',
    'Key Inclusion Criteria',
    'Main criteria for inclusion',
    'Part 1 additional inclusion criteria:',
    'Inclusion criteria specific to Cohort A1:',
    "Critères d'inclusion :",
    "CRITERES D'INCLUSION",
    "Principaux critères d'inclusion",
    'Patients are eligible if they meet all of the following criteria:',
  ])('inclusion: %s', (line) => {
    expect(side(line)).toBe('inclusion')
  })

  test.each([
    'Exclusion Criteria:',
    'Key exclusion criteria only for phase III:',
    'EXCLUSION CRITERIA',
    'Exclusion Criteria for participants who receive the combination (Part B)',
    "Critères d'exclusion :",
    'Critères de non-inclusion :',
    'Critères de non inclusion',
    'Non-inclusion criteria:',
    'Participants are excluded if any of the following criteria apply:',
  ])('exclusion: %s', (line) => {
    expect(side(line)).toBe('exclusion')
  })

  test.each([
    'Other protocol-defined inclusion/exclusion criteria apply.',
    'Histologically confirmed lung cancer',
    'Age over 18 years',
    'Patients must meet all inclusion criteria of the main study.',
  ])('no heading: %s', (line) => {
    expect(side(line)).not.toBe('inclusion')
    expect(side(line)).not.toBe('exclusion')
  })
})

describe('cohorts', () => {
  const cohorts = (raw: string) => split(raw).map(({ section, cohort }) => `${section} ${cohort}`)

  test('a heading after the exclusions names whom they keep out', () => {
    const raw = 'Inclusion criteria:\n\n* One\n\nExclusion criteria:\n\n* Two\n\nPart 2\n\n* Three\n'
    expect(cohorts(raw)).toEqual(['inclusion null', 'exclusion null', 'exclusion part 2'])
  })

  test('a block headed by its people holds for both of its sides', () => {
    const block = (name: string) => `${name}\n\nInclusion Criteria:\n\n* One\n\nExclusion Criteria:\n\n* Two\n\n`
    expect(cohorts(`Inclusion Criteria:\n\n* A\n\n${block('HEALTHY CONTROLS')}`)).toEqual([
      'inclusion null',
      'inclusion controls',
      'exclusion controls',
    ])
    expect(cohorts(block('Cohort A:') + block('Cohort B:'))).toEqual([
      'inclusion cohort a',
      'exclusion cohort a',
      'inclusion cohort b',
      'exclusion cohort b',
    ])
  })

  test('the only people there are make the whole trial', () => {
    expect(cohorts('Inclusion criteria for healthy volunteers:\n\n* One\n')).toEqual(['inclusion null'])
  })
})

describe('statements', () => {
  test('bullets, escaped bullets and numbers', () => {
    const raw = 'Inclusion Criteria:\n\n* One\n\\* Two\n• Three\n4. Four\n5) Five\n- Six\n'
    expect(split(raw).map(({ text }) => text)).toEqual(['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
  })

  test('lines wrapped by hand are joined', () => {
    const raw =
      'Inclusion Criteria:\n\n - Patients with a histologically confirmed cancer that is measurable by the usual\n criteria\n - Adults\n'
    expect(split(raw).map(({ text }) => text.replace(/\s+/g, ' '))).toEqual([
      'Patients with a histologically confirmed cancer that is measurable by the usual criteria',
      'Adults',
    ])
  })

  test('nested items know their lead', () => {
    const read = split('Inclusion Criteria:\n\n* One of the following:\n\n  * ALK fusion\n  * ROS1 fusion\n* Adults\n')
    expect(read.map(({ parent }) => parent)).toEqual([null, 0, 0, null])
  })

  test('cohorts: headings, heads of statements, brackets at the end', () => {
    const read = split(
      'Inclusion Criteria:\n\n* All adults\n* Part A: one lesion\n* Two lesions (Part B)\n\nCohort C:\n\n* Three lesions\n\nExclusion Criteria:\n\n* Pregnancy\n',
    )
    expect(read.map(({ cohort }) => cohort)).toEqual([null, 'part a', 'part b', 'cohort c', null])
  })

  test('a list of all parts is the whole trial', () => {
    const read = split('Inclusion Criteria (Parts 1 and 2):\n\n* Adults\n\nPart 1:\n\n* One\n\nPart 2:\n\n* Two\n')
    expect(read.map(({ cohort }) => cohort)).toEqual([null, 'part 1', 'part 2'])
  })

  test.each([
    [
      'Inclusion Criteria: adults with cancer. Exclusion Criteria: pregnancy.',
      [
        ['inclusion', 'adults with cancer.'],
        ['exclusion', 'pregnancy.'],
      ],
    ],
    [
      'Inclusion Criteria: - adults with cancer - Exclusion Criteria: - pregnancy',
      [
        ['inclusion', 'adults with cancer'],
        ['exclusion', 'pregnancy'],
      ],
    ],
    [
      'Adults with cancer. Non - inclusion criteria: pregnancy',
      [['population', 'Adults with cancer. Non - inclusion criteria: pregnancy']],
    ],
  ])('headings inside a paragraph: %s', (text, expected) => {
    const read = split(text).map(({ section, text: said }) => [section, said.replace(/^- | -$/g, '')])
    expect(read.slice(0, expected.length)).toEqual(expected)
    expect(read.some(([section, said]) => section === 'inclusion' && said?.includes('pregnancy'))).toBe(false)
  })

  test('without headings the population is described', () => {
    expect(split('Adults with diabetes\n').map(({ section }) => section)).toEqual(['population'])
  })

  test('French text', () => {
    const read = split("Critères d'inclusion :\n- Adulte\n- Cancer du sein\nCritères de non-inclusion :\n- Grossesse\n")
    expect(read.map(({ section }) => section)).toEqual(['inclusion', 'inclusion', 'exclusion'])
  })
})
