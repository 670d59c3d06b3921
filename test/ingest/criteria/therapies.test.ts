import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { excluding, including, readKind, trial } from './input.ts'

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
    ['Any of: a. Earlier treatment with nivolumab. b. Surgery within 2 weeks.', ['nivolumab']],
    ['Vitamin therapy for lack of b. Prior nivolumab within 2 weeks', []],
    ['Prior monoclonal antibodies (mAbs) in the past', ['monoclonal antibody']],
    ['Previous or current treatment with a PARP inhibitor', ['PARP inhibitor']],
    ['Previous treatment to inhibit the EGFR', ['EGFR inhibitor']],
    [
      'Orlotamab, enoblituzumab or other B7-H3 targeted agents',
      ['B7-H3-targeted therapy', 'enoblituzumab', 'orlotamab'],
    ],
    ['Exposed to any anti-TIGIT, PD-1 or CTLA-4 drugs', ['anti-CTLA-4', 'anti-PD-1', 'anti-TIGIT']],
    ['Patients must not have received any prior chemotherapy or immunotherapy', ['chemotherapy', 'immunotherapy']],
    ['Took part in a trial within one month, or have received CAR-T cell therapy', ['CAR-T']],
    ['Prior allogeneic bone marrow transplant (prior autologous one allowed)', ['allogeneic stem cell transplant']],
    ['History of allogeneic bone marrow, stem-cell, or solid organ transplant', ['allogeneic stem cell transplant']],
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
    'Prior monoclonal antibodies (mAbs) directed against a ligand',
    'Previous chemotherapy in the 12 months preceding inclusion',
  ])('says of no treatment that it rules out by itself: %s', (sentence) => {
    expect(therapies(excluding(sentence), 'excluded')).toEqual([])
  })

  test.each([
    ['Radiation pneumonitis of the lung in the past'],
    ['Significant toxicity of grade 2 or more from earlier chemotherapy'],
    ['Prior anti-PD-1 therapy and was discontinued because of an adverse event'],
    ['Unresolved AEs from prior immune checkpoint inhibitors'],
    ['Tumours that will be treated with radioembolisation'],
    ['Hormone therapy during the year before the study'],
    ['Immune-related events that led to discontinuation of immunotherapy'],
    ['Participants treated with an anti-PD-1 who had an immune-mediated toxicity'],
    ['Prior high-dose chemotherapy requiring stem cell rescue'],
    ['Has not undergone mastectomy'],
    ['Earlier bowel resection'],
    ['Prior treatment with nivolumab for another malignancy'],
    ['For patients with prior bortezomib, no response to it'],
  ])('names a treatment for another reason: %s', (sentence) => {
    expect(therapies(excluding(sentence), 'excluded')).toEqual([])
  })

  test.each([
    ['Prior chemotherapy for metastatic disease', 'chemotherapy'],
    ['Prior treatment with more than one JAK inhibitor', 'JAK inhibitor'],
    ['Any earlier anti-HER2 therapy, except trastuzumab', 'HER2-targeted therapy'],
    ['Any line of chemotherapy for advanced disease', 'chemotherapy'],
  ])('only some of those who had it, so unsure: %s', (sentence, therapy) => {
    const criteria = readKind(excluding(sentence), 'prior_therapy')
    expect(criteria.map((criterion) => [criterion.therapy, criterion.confidence < 0.5])).toEqual([[therapy, true]])
  })

  test.each([
    ['Prior exposure to an ADC carrying a topoisomerase I inhibitor payload', ['topoisomerase I conjugate']],
    ['Any therapy directed against KRAS G12C mutations in any setting', ['KRAS G12C inhibitor']],
    [
      'Previous treatment with any antibody targeting T-cell costimulation or immune checkpoint pathways',
      ['T-cell costimulatory agent', 'immune checkpoint inhibitor'],
    ],
    ['Androgen deprivation therapy', ['androgen deprivation therapy']],
    ['History of splenectomy or planned splenectomy', ['splenectomy']],
  ])('short ways of naming: %s', (sentence, expected) => {
    expect(therapies(excluding(sentence), 'excluded')).toEqual(expected)
  })

  test.each([
    ['No prior treatment with a PARP inhibitor', ['PARP inhibitor']],
    ['Tyrosine kinase inhibitor (TKI) treatment naive', ['tyrosine kinase inhibitor']],
    ['Previously untreated with systemic therapy', ['systemic therapy']],
    ['Treatment-naive for systemic therapy', ['systemic therapy']],
    ['Relapsed leukaemia that has not been previously treated with blinatumomab', ['blinatumomab']],
    ['Previous cytotoxic chemotherapy for metastatic disease has not been given', ['chemotherapy']],
  ])('among inclusions: %s', (sentence, expected) => {
    expect(therapies(including(sentence), 'excluded')).toEqual(expected)
    expect(therapies(including(sentence), 'required')).toEqual([])
  })
})

describe('earlier treatments asked for', () => {
  test.each([
    ['Must have received platinum-based chemotherapy', ['platinum chemotherapy']],
    ['Progression on or after osimertinib', ['osimertinib']],
    ['Relapsed or refractory to a BTK inhibitor and venetoclax', ['BTK inhibitor', 'venetoclax']],
    ['Platinum-resistant ovarian cancer', ['platinum chemotherapy']],
    ['Disease has not progressed following chemoradiotherapy', ['chemoradiotherapy']],
    ['At least one prior line including a taxane', ['taxane']],
    ['Previously treated with nivolumab or pembrolizumab', ['anti-PD-1']],
    ['Completed adjuvant endocrine therapy (tamoxifen or letrozole)', ['hormone therapy']],
    ['Completed two years of endocrine therapy (+/- CDK4/6 inhibitor)', ['hormone therapy']],
    ['Maladie en progression après un traitement par bévacizumab', ['bevacizumab']],
    ['Prior chemotherapy, of which platinum chemotherapy', ['platinum chemotherapy']],
  ])('%s', (sentence, expected) => {
    expect(therapies(including(sentence), 'required')).toEqual(expected)
  })

  test.each([
    'Prior rituximab or radiotherapy',
    'Eligible for cisplatin',
    'Patients may have received chemotherapy',
    'No more than one prior chemotherapy',
    'Prior chemotherapy is permitted',
    'At least 4 weeks since the last radiotherapy',
    'Recovered from the effects of prior surgery',
    'Participants with an ALK fusion must have received an ALK inhibitor',
    'Patients who received radiotherapy must have completed it',
    'Effective contraception for 30 days after the last dose of cyclophosphamide',
    'A biopsy taken after chemotherapy, of at least one specimen',
    'Not refractory to lenalidomide',
    'Toxicities of grade 2 or worse from prior chemotherapy must not be greater than before',
    'No restriction on the number of prior hormone therapies',
    'Men without prior orchiectomy are required to go on with hormone therapy',
    'Adjuvant chemotherapy after radiotherapy is not counted as a line',
    'In individuals previously treated with blinatumomab, expression of CD19',
    'Standard treatment was of no avail (eg: relapse after surgery, progression on chemotherapy)',
    'Good pre-prostatectomy function',
  ])('asks for none: %s', (sentence) => {
    expect(therapies(including(sentence), 'required')).toEqual([])
  })

  test('what keeps out of an optional part keeps nobody out of the trial', () => {
    const input = trial(`Inclusion Criteria:

* Adults

Exclusion Criteria:

* These keep out of the exploratory genetic research:
  * Prior allogeneic bone marrow transplant
`)
    expect(therapies(input, 'excluded')).toEqual([])
    expect(readKind(input, 'transplant')).toEqual([])
  })

  test('one of two ways in, joined by "or" at the end of a line', () => {
    const input = trial('Inclusion Criteria:\n\n* Progression after chemotherapy OR\n* Unfit for surgery\n')
    expect(therapies(input, 'required')).toEqual([])
  })

  test('alternatives of a list, of which only the class they share is asked', () => {
    const input = trial(`Inclusion Criteria:

* One of the following:
  * prior cisplatin
  * prior radiotherapy
`)
    expect(therapies(input, 'required')).toEqual([])
  })

  test.each([
    ['A drug in people whose cancer progressed on an EGFR inhibitor', ['EGFR inhibitor']],
    ['Nivolumab after radiotherapy, compared with surgery', []],
  ])('of the title: %s', (officialTitle, expected) => {
    expect(therapies(trial('Adults', { officialTitle }), 'required')).toEqual(expected)
  })
})
