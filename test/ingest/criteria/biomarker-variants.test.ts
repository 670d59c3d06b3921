import { describe, expect, test } from 'vitest'
import { biomarkers } from './biomarker-words.ts'
import { excluding, including, trial } from './input.ts'

const COMMON = 'EGFR L858R | EGFR exon19_deletion'

describe('variants apart from their gene', () => {
  test.each([
    ['before it', 'Exon 19 deletion or L858R mutation of EGFR', COMMON],
    ['before it, nothing between', 'Tumour with an Ex19del or L858R EGFR mutation', COMMON],
    ['before it, with its other changes', 'A G12D or G12V KRAS mutation', 'KRAS G12D | KRAS G12V'],
    ['in brackets', 'Confirmed EGFR mutation (exon 19 deletion, L858R)', COMMON],
    ['in brackets before a remark', 'EGFR mutation (L858R, Ex19del) (the result of any test will do)', COMMON],
    [
      'in brackets further on',
      'One of the EGFR mutations that are known to make an EGFR TKI work (Ex19del, L858R)',
      COMMON,
    ],
    [
      'whatever is found beside them',
      'EGFR mutation known to be sensitive to a TKI (Ex19del or L858R), alone or together with other EGFR mutations such as T790M',
      COMMON,
    ],
    ['beside the test of the gene', 'Exon 19 deletion or L858R mutation found by an EGFR mutation test', COMMON],
    ['without the gene', 'Tumour harbouring an Ex19del or exon 21 L858R substitution', COMMON],
    ['without the gene', 'Tumor that carries a V600E mutation', 'BRAF V600E'],
    ['in a list of several genes', 'KRAS G12C or BRAF V600E mutation', 'BRAF V600E | KRAS G12C'],
    ['number first', 'EGFR 20 exon insertion', 'EGFR exon20_insertion'],
    ['number first, another word', 'MET 14 exon jumping', 'MET exon14_skipping'],
    ['other than', 'Any KRAS mutation other than G12C', 'KRAS mutation'],
  ])('%s: %s', (_, sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })

  test.each([
    ['Patient with a T790M mutation', '- EGFR T790M'],
    ['A positive result for T790M in an EGFR test of the blood', '- EGFR T790M'],
    ['KRAS mutation, or BRAF V600E', '- BRAF V600E - KRAS mutation'],
  ])('keep out: %s', (sentence, expected) => {
    expect(biomarkers(excluding(sentence))).toBe(expected)
  })

  test.each([
    'Stage T1b N1 M0',
    'Ability to swallow V600 tablets',
    'A line with Q12H dosing',
    'Progression on a T790M inhibitor',
  ])('none: %s', (sentence) => {
    expect(biomarkers(including(sentence))).toBe('')
  })
})

describe('stained by a score', () => {
  test.each([
    ['HER2-negative: defined as IHC 0-1+', 'ERBB2 negative'],
    ['HER2 IHC 0 or 1+', 'ERBB2 negative'],
    ['HER2 IHC 2+/ISH-', 'ERBB2 negative'],
    ['HER2 IHC 2+ with FISH negative', 'ERBB2 negative'],
    ['HER2 IHC 3+ or 2+/ISH+', 'ERBB2 expression IHC 2+ | ERBB2 expression IHC 3+'],
    ['B7-H3 expression in more than 50% of cells', 'CD276 expression >50%'],
  ])('%s', (sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })
})

describe('what is found beside a marker', () => {
  test.each([
    ['Positive for EGFR or HER2 exon 20 mutations', 'EGFR exon20_mutation | ERBB2 exon20_mutation'],
    ['Tumour positive for CD20', 'CD20 positive'],
    ['Confirmed positive PIK3CA mutation status', 'PIK3CA mutation'],
    ['HLA-A*02:01 positive by the central laboratory', 'HLA-A*02:01 positive'],
  ])('%s', (sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })

  test('a value in times the normal is one of the laboratory', () => {
    expect(biomarkers(including('Ascites and a CA-125 > 2 x ULN'))).toBe('')
  })

  test('"the following criteria" are all to be met', () => {
    const text =
      'Inclusion Criteria:\n\nPatients must meet the following criteria for entry:\n\n* Consent\n* ALK fusion\n'
    expect(biomarkers(trial(text))).toBe('ALK fusion')
  })
})
