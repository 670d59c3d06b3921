import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { excluding, including, readKind } from './input.ts'

const therapies = (input: CriteriaInput, polarity: 'required' | 'excluded') =>
  readKind(input, 'prior_therapy')
    .filter((criterion) => criterion.polarity === polarity)
    .map(({ therapy }) => therapy)
    .sort()

describe('earlier treatments that rule out', () => {
  test.each([
    ['Prior treatment with nivolumab', ['nivolumab']],
    ['Previous exposure to AKT, PI3K or mTOR inhibitors', ['AKT inhibitor', 'PI3K inhibitor', 'mTOR inhibitor']],
    ['Has received a Janus protein (PI3K) inhibitor', ['PI3K inhibitor']],
    ['Has received any agent that targets EGFR or MET', ['EGFR-targeted therapy', 'MET-targeted therapy']],
    ['Prior treatment with anti-programmed death ligand 1 (PD-L1) drugs', ['anti-PD-L1']],
    ['Prior treatment with a CDK4/6 inhibitor (e.g., palbociclib or ribociclib)', ['CDK4/6 inhibitor']],
    ['Prior systemic therapy, including chemotherapy and immunotherapy', ['systemic therapy']],
    ['Prior immunotherapy with an anti-PD-1', ['anti-PD-1']],
    ['Prior treatment with an anti-TIGIT monoclonal antibody', ['anti-TIGIT']],
    ['Any prior or concurrent radiotherapy', ['radiotherapy']],
    ['Prior chemotherapy before surgery', ['chemotherapy']],
    ['Prior treatment with a therapeutic cancer vaccine', ['cancer vaccine']],
    ['Traitement antérieur par pembrolizumab', ['pembrolizumab']],
  ])('%s', (sentence, expected) => {
    expect(therapies(excluding(sentence), 'excluded')).toEqual(expected)
  })

  test.each([
    'Progression during earlier platinum chemotherapy',
    'Progression sous chimiothérapie antérieure',
    'Prior liver organ transplant',
    'Any earlier drug except (in the adjuvant setting) trastuzumab, lapatinib or neratinib',
    'Has received prednisone above 10 mg/day',
    'Ongoing use of corticosteroids for earlier symptoms',
    'Prior gemcitabine in combination with cisplatin',
    'Prior vaccination, chemotherapy within 2 weeks',
  ])('says of no treatment that it rules out by itself: %s', (sentence) => {
    expect(therapies(excluding(sentence), 'excluded')).toEqual([])
  })

  test.each([
    ['No prior treatment with a PARP inhibitor', ['PARP inhibitor']],
    ['Tyrosine kinase inhibitor (TKI) treatment naive', ['tyrosine kinase inhibitor']],
    ['Previously untreated with systemic therapy', ['systemic therapy']],
    ['Treatment-naive for systemic therapy', ['systemic therapy']],
  ])('among inclusions: %s', (sentence, expected) => {
    expect(therapies(including(sentence), 'excluded')).toEqual(expected)
    expect(therapies(including(sentence), 'required')).toEqual([])
  })
})
