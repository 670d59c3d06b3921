import { describe, expect, test } from 'vitest'
import { excluding, including, readKind, trial } from './input.ts'

const lines = (input: ReturnType<typeof including>) => readKind(input, 'prior_lines').map(({ min, max }) => [min, max])

describe('prior lines', () => {
  test.each([
    ['At least two prior lines of therapy', 2, null],
    ['1 to 3 prior lines of anti-myeloma therapy', 1, 3],
    ['No more than 2 prior systemic regimens', 0, 2],
    ['Received exactly one prior line of systemic therapy for metastatic disease', 1, 1],
    ['≥ 3 prior lines of treatment', 3, null],
    ['At least 2 but no more than 5 previous systemic regimens', 2, 5],
    ['No prior systemic therapy for metastatic disease', 0, 0],
    ['Previously untreated metastatic lung cancer', 0, 0],
    ['Treatment-naive advanced melanoma', 0, 0],
    ['Progression after a platinum-based chemotherapy', 1, null],
    ['Au moins une ligne de traitement systémique', 1, null],
    ['Au maximum deux lignes de chimiothérapie', 0, 2],
    ['Patient non traité pour sa maladie métastatique', 0, 0],
    ['No prior radiotherapy, chemotherapy or hormone therapy for breast cancer', 0, 0],
    ['Must not have received systemic therapy for advanced disease', 0, 0],
    ['No prior systemic therapy for metastatic disease (except therapy ended more than 6 months ago)', 0, 0],
    ['Treatment-naive patients with sarcoma', 0, 0],
    ['Candidate for first-line chemotherapy', 0, 0],
    ['No or at most one prior line of chemotherapy', 0, 1],
    ['Progressed after ≥ 1, but no more than 3 prior regimens', 1, 3],
    ['Cannot have more than 4 prior lines of therapy', 0, 4],
    ['Lymphoma refractory after two lines of therapy', 2, null],
    ['Tumour in the second- or third-line setting', 1, 2],
    ['Either treatment-naive or progressed on 1 or more lines of therapy', 0, null],
    ['Any number of prior therapies is permitted, including untreated patients', 0, null],
    ['Refractory to or intolerant of standard therapy', 1, null],
    ['Must have failed standard induction and salvage therapies', 1, null],
    ['Has received all approved therapies for the disease', 1, null],
    ['Recurring after standard treatment with an alkylating agent', 1, null],
    ['Relapsed or refractory disease after standard first-line therapy', 1, null],
    ['Completed first-line chemotherapy without progression', 1, 1],
    ['Sarcoma that failed standard treatment, and be intolerant of or unsuitable for other therapy', 1, null],
  ])('included: %s', (sentence, min, max) => {
    expect(lines(including(sentence))).toEqual([[min, max]])
  })

  test.each([
    ['More than 2 prior lines of chemotherapy', 0, 2],
    ['Prior systemic therapy for advanced or metastatic disease', 0, 0],
    ['Any prior systemic anti-cancer therapy for metastatic cancer', 0, 0],
    ['Received prior palliative chemotherapy', 0, 0],
    ['Prior radiotherapy, hormone therapy or chemotherapy for prostate cancer', 0, 0],
    ['Current or past treatment for prostate cancer', 0, 0],
    ['Patients must not have received any prior chemotherapy or immunotherapy', 0, 0],
    ['No more than 3 prior lines of chemotherapy', 0, 3],
    ['Prior treatment with any chemotherapy or radiotherapy for lung cancer', 0, 0],
    ['Previous systemic or radiation treatment for melanoma', 0, 0],
    ['Prior pelvic radiation or any anticancer treatment for MIBC', 0, 0],
    ['Participants must have had no prior systemic treatment for this cancer', 0, 0],
  ])('excluded: %s', (sentence, min, max) => {
    expect(lines(excluding(sentence))).toEqual([[min, max]])
  })

  test.each([
    'Systemic anti-cancer therapy within 4 weeks before the first dose',
    'Prior systemic corticosteroids for metastatic disease',
    'Adverse events of prior systemic therapy that have not recovered',
    'Previous use of an antitumour vaccine',
    'Prior high-dose chemotherapy with stem cell rescue',
    'Prior therapy with an anti-PD-1 antibody',
    'Prior chemotherapy for another malignancy',
    'Prior adjuvant chemotherapy',
    'Prior/concomitant therapy',
    'Prior systemic or inhaled corticosteroids',
    'Prior treatment for NMIBC or another malignancy',
    'Participants must have had no prior treatment with a CCR8 antibody',
    'Received anticancer treatment before the first dose',
  ])('says nothing of lines among exclusions: %s', (sentence) => {
    expect(lines(excluding(sentence))).toEqual([])
  })

  test.each([
    'Osimertinib treatment-naive lung cancer',
    'Previously untreated with tamoxifen',
    'No prior systemic bisphosphonate therapy',
    'Untreated brain metastases',
    'Has not received any prior therapy targeting CCR8',
    'Failure of standard therapy, or no standard therapy',
    'Refractory to standard therapy or for which no standard therapy exists',
    'Progressed on standard treatment, or cannot tolerate it, or there is no available treatment',
    'Leukaemia in relapse, for which no standard therapies are known',
    'Relapsed after radiation therapy',
    'Larynx cancer that recurred after chemo radiotherapy or irradiation',
    'Refractory sarcoma, and has progressed on standard therapy, or for whom there is no standard therapy',
    'Locally recurrent cancer after initial treatment',
    'At least 4 weeks since chemotherapy, except in disease that progressed during initial therapy',
    'For participants with the mutation, progression on at least one targeted therapy',
    'One line of therapy can contain induction and maintenance',
    'May have received up to 2 additional lines of therapy',
    'Treated with platinum (carboplatin/S-1) regimens',
    'Two prior treatment doses',
  ])('says nothing of lines among inclusions: %s', (sentence) => {
    expect(lines(including(sentence))).toEqual([])
  })

  test('a list under "including" counts one line at least where the title is of a relapse', () => {
    const list = (title: string) =>
      trial(
        'Inclusion Criteria:\n\nLeukaemia, including:\n\n* Disease outside the marrow\n* At least 2 prior lines of therapy\n',
        { briefTitle: title },
      )
    expect(lines(list('Cells for refractory leukaemia'))).toEqual([[1, null]])
    expect(lines(list('Cells for leukaemia'))).toEqual([])
  })

  test.each([
    ['Progressed within 6 months of adjuvant chemotherapy', 0],
    ['Progressed within 6 months of chemotherapy', 1],
  ])('a title after failure, and %s: a maximum alone is from %d on', (sentence, min) => {
    const input = trial(`Inclusion Criteria:\n\n* ${sentence}\n* No more than 2 prior lines for metastatic disease\n`, {
      briefTitle: 'Drug for colon cancer after failure of chemotherapy',
    })
    expect(lines(input)).toEqual([[min, 2]])
  })

  test('what one title says of some of its people, the other says of no more', () => {
    const officialTitle = 'Drug for leukaemia previously treated with two inhibitors and leukaemia with a mutation'
    const briefTitle = 'Drug for previously treated patients with leukaemia and for patients with a mutation'
    expect(lines(trial('Adults', { officialTitle }))).toEqual([[1, null]])
    expect(lines(trial('Adults', { officialTitle, briefTitle }))).toEqual([])
  })

  test('a first-line title means none before', () => {
    const input = trial('Inclusion Criteria:\n\n* Lung cancer\n', {
      briefTitle: 'A drug as first-line treatment of lung cancer',
    })
    expect(lines(input)).toEqual([[0, 0]])
  })

  test.each([
    ['Drug in untreated malignant mesothelioma', 0, 0],
    ['Drug as second-line treatment after failure of platinum chemotherapy', 1, 1],
    ['Drug in pretreated patients with lung cancer', 1, null],
    ['Drug for cancer that progressed following at least two prior therapies', 2, null],
  ])('of the title: %s', (briefTitle, min, max) => {
    expect(lines(trial('Adults', { briefTitle }))).toEqual([[min, max]])
  })

  test.each([
    'Drug for cancer that has not progressed after chemoradiotherapy',
    'Sexual health of men previously treated with radiotherapy for prostate cancer',
    'Drug for previously treated patients with leukaemia and untreated patients with a mutation',
  ])('a title that says nothing of lines: %s', (briefTitle) => {
    expect(lines(trial('Adults', { briefTitle }))).toEqual([])
  })

  test('who must have been treated is not kept out by a treatment before', () => {
    const text =
      'Inclusion Criteria:\n\n* Has failed standard therapy\n\nExclusion Criteria:\n\n* Prior anticancer therapy\n'
    expect(lines(trial(text))).toEqual([[1, null]])
  })

  test.each([
    ['* Relapsed twice\n  * Refractory after 2 lines of therapy', []],
    ['* 1 prior line of therapy\n  * 2 to 4 prior lines of therapy', [[1, 4]]],
  ])('items of "one of the following" are alternatives: %s', (items, expected) => {
    expect(lines(trial(`Inclusion Criteria:\n\n* One of the following:\n  ${items}\n`))).toEqual(expected)
  })

  test('lists by tumour are alternatives', () => {
    const text =
      'Inclusion Criteria:\n\n* Ovarian cancer: 2 to 4 prior lines\n* Colon cancer: 1 to 3 prior lines\n* Melanoma: at least 1 prior line\n'
    expect(lines(trial(text))).toEqual([])
  })

  test.each([
    ['at least 1 prior line of therapy', 'treatment-naive', 0, null],
    ['in the second-line setting', 'in the first-line setting', 0, 1],
    ['any line of therapy', 'no prior systemic therapy', 0, null],
  ])('cohorts of %s and of %s', (one, other, min, max) => {
    const text = `Inclusion Criteria:\n\n* Cohort A: ${one}\n* Cohort B: ${other}\n`
    expect(lines(trial(text))).toEqual([[min, max]])
  })

  test.each([
    ['Cohort 4a - treatment-naive', 'Cohort 4b (later lines) – at least 1 prior line of therapy', [[0, null]]],
    ['In cohort-like studies - treatment-naive', 'At least 1 prior line of therapy', [[1, null]]],
  ])('names of cohorts before a dash: %s', (one, other, expected) => {
    expect(lines(trial(`Inclusion Criteria:\n\n* ${one}\n* ${other}\n`))).toEqual(expected)
  })

  test('cohorts are alternatives', () => {
    const text =
      'Inclusion Criteria:\n\n* Cohort A: at least 1 prior line of therapy\n* Cohort B: at least 3 prior lines of therapy\n'
    expect(lines(trial(text))).toEqual([[1, null]])
  })
})
