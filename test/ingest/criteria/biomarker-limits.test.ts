import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { biomarkers } from './biomarker-words.ts'
import { excluding, including, readKind, trial } from './input.ts'

const headAndNeck = { briefTitle: 'Invented drug in head and neck cancer', conditions: ['Head and Neck Cancer'] }
const solid = { briefTitle: 'Invented drug in advanced solid tumours', conditions: ['Solid Tumor'] }
const lung = { briefTitle: 'Invented drug in NSCLC', conditions: ['Lung Cancer'] }

const inclusions = (lines: readonly string[], other: Partial<CriteriaInput>) =>
  trial(`Inclusion Criteria:\n\n${lines.join('\n')}\n`, other)
const some = (input: CriteriaInput) =>
  readKind(input, 'biomarker')
    .filter(({ polarity, group }) => polarity === 'required' && group === null)
    .map(({ gene }) => gene)

describe('what is asked of some people alone', () => {
  test.each([
    [
      'of one tumour of a wider disease',
      ['* Patients with oropharyngeal cancer must be p16-negative'],
      headAndNeck,
      'CDKN2A',
    ],
    ['the tumour first', ['* Oropharyngeal cancer must be HPV-positive'], headAndNeck, 'HPV'],
    ['for those', ['* For patients with oropharyngeal cancer, HPV-positive disease'], headAndNeck, 'HPV'],
    [
      'of a cohort, whatever the lead says of criteria',
      ['* For the melanoma cohort specific eligibility criteria apply:', '  * BRAF V600E mutation'],
      solid,
      'BRAF',
    ],
    ['under the name of a tumour', ['* Participants with melanoma:', '  * BRAF V600E mutation'], solid, 'BRAF'],
    [
      'told apart by another marker',
      ['* a. For participants with T315I, a test that shows the T315I mutation'],
      { conditions: ['Chronic Myeloid Leukemia'] },
      'ABL1',
    ],
    [
      'another way in',
      ['* Relapse after two lines of therapy, or must have other high-risk features including: an ALK fusion'],
      lung,
      'ALK',
    ],
    [
      'values told below',
      ['* PD-L1 expression that is either', '  * positive for part A', '  * negative for part B'],
      headAndNeck,
      '',
    ],
  ])('%s', (_, lines, other, genes) => {
    const input = inclusions(lines, other)
    expect(biomarkers(input)).toBe('')
    expect([...new Set(some(input))].join()).toBe(genes)
  })

  test.each([
    ['the disease itself', ['* Patients with NSCLC must have an ALK fusion'], lung],
    ['the disease itself, for', ['* For patients with NSCLC, ALK fusion'], lung],
    ['everybody', ['* For inclusion in the study, patients must have an ALK fusion'], lung],
    ['all of them', ['* For all participants: ALK fusion'], lung],
    ['a clause before', ['* Intolerance to, or progression on chemotherapy, with an ALK fusion'], lung],
  ])('is asked of all: %s', (_, lines, other) => {
    expect(biomarkers(inclusions(lines, other))).toBe('ALK fusion')
  })

  test('what keeps out those of a lead keeps out nobody else', () => {
    const input = inclusions(['* For NSCLC patients: stage IV. Not harbouring an EGFR mutation.'], solid)
    expect(readKind(input, 'biomarker')).toMatchObject([{ gene: 'EGFR', polarity: 'excluded', ofCancers: ['NSCLC'] }])
  })

  test('the name of a measure of tumours says nothing of who is taken', () => {
    const lines = ['* NSCLC without EGFR mutation', '* Measurable by Response Evaluation Criteria in Solid Tumors']
    expect(readKind(inclusions(lines, lung), 'biomarker')).toMatchObject([{ gene: 'EGFR', polarity: 'excluded' }])
    expect(readKind(inclusions(lines, lung), 'biomarker')[0]).not.toHaveProperty('ofCancers', ['NSCLC'])
  })
})

describe('what contradicts itself or asks for nothing', () => {
  test('nobody is kept out by what all are asked for', () => {
    const lines = ['* EGFR-mutated NSCLC', '* A second biopsy that shows no EGFR mutation']
    expect(biomarkers(inclusions(lines, lung))).toBe('EGFR mutation')
  })

  test.each([
    ['Participants without T315I and those with T315I'],
    ['EGFR mutation and ALK rearrangement assays are recommended'],
    ['Confirmed by testing, exclusion of people with an ALK fusion'],
  ])('%s', (sentence) => {
    expect(biomarkers(including(sentence))).toBe('')
  })

  test.each([
    ['PD-L1 expression assessed as high', '- CD274 high'],
    ['ALK fusion (others must have been tested)', '- ALK fusion'],
    ['MSI-high or deficient mismatch repair status, or unknown', '- MMR deficient - MSI high'],
    ['EGFR or anaplastic lymphoma kinase (ALK) genome tumour alterations', '- ALK alteration - EGFR alteration'],
  ])('keeps out: %s', (sentence, expected) => {
    expect(biomarkers(excluding(sentence))).toBe(expected)
  })

  test.each([['Positive Epstein-Barr virus (EBV) capsid antigen IgM test'], ['Active HPV infection']])(
    'an infection is no marker of the tumour: %s',
    (sentence) => {
      expect(biomarkers(excluding(sentence))).toBe('')
    },
  )

  test.each([
    ['No EGFR mutation or ALK fusion and have a high PD-L1 expression', 'CD274 high - ALK fusion - EGFR mutation'],
    ['Low HER2 expression (IHC 1+)', 'ERBB2 low IHC 1+'],
    ['HER2-negative, which is defined as no HER2 amplification', 'ERBB2 negative'],
  ])('%s', (sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })
})

describe('titles', () => {
  const titled = (briefTitle: string, ...lines: string[]) => biomarkers(inclusions(lines, { ...lung, briefTitle }))

  test.each([
    ['Invented drug in PD-L1-selected NSCLC', 'CD274 positive'],
    ['First-line treatment for pMMR/MSS colorectal cancer', 'MMR proficient & MSI stable'],
    ['Invented drug in disease with T315I and without T315I', ''],
    ['An EGFR inhibitor as treatment of NSCLC', ''],
  ])('%s', (title, expected) => {
    expect(titled(title)).toBe(expected)
  })

  test('name the kind of change that the criteria ask for in general', () => {
    expect(titled('Invented drug for HER2 exon 20 mutations', '* HER2 mutation')).toBe('ERBB2 exon20_mutation')
    expect(titled('Invented drug for HER2 mutations', '* HER2 exon 20 insertion')).toBe('ERBB2 exon20_insertion')
    expect(titled('Invented drug for T790M in EGFR-mutated NSCLC', '* L858R mutation of EGFR')).toBe('EGFR L858R')
  })

  test('ask for nothing that the criteria say is not required', () => {
    expect(titled('Invented cells for tumours expressing B7-H3', '* B7-H3 expression is NOT required')).toBe('')
  })
})
