import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { biomarkers } from './biomarker-words.ts'
import { excluding, including, readKind, trial } from './input.ts'

describe('biomarkers among inclusions', () => {
  test.each([
    ['Tumour with an ALK rearrangement', 'ALK fusion'],
    ['EGFR exon 19 deletion or L858R mutation', 'EGFR L858R | EGFR exon19_deletion'],
    ['Documented EGFR exon 20 insertion', 'EGFR exon20_insertion'],
    ['KRAS G12C-mutated tumour', 'KRAS G12C'],
    ['KRASG12C mutation by a local test', 'KRAS G12C'],
    ['Mutation in BRCA1 or BRCA2', 'BRCA1 mutation | BRCA2 mutation'],
    ['BRCA1/2 mutation', 'BRCA1 mutation | BRCA2 mutation'],
    ['Amplification of MET', 'MET amplification'],
    ['HER2-positive breast cancer', 'ERBB2 positive'],
    ['HER2 IHC 3+', 'ERBB2 expression IHC 3+'],
    ['HR+/HER2- breast cancer', 'ERBB2 negative & HR positive'],
    ['ER-positive, HER2-negative breast cancer', 'ER positive & ERBB2 negative'],
    ['Triple-negative breast cancer', 'ER negative & ERBB2 negative & PR negative'],
    ['PD-L1 TPS ≥ 50%', 'CD274 expression TPS>=50%'],
    ['PD-L1 expression (CPS ≥ 10)', 'CD274 expression CPS>=10'],
    ['MSI-H or dMMR tumour', 'MMR deficient | MSI high'],
    ['Fusion of NTRK1, NTRK2 or NTRK3', 'NTRK1 fusion | NTRK2 fusion | NTRK3 fusion'],
    ['KRAS G12C mutation and PD-L1 TPS ≥ 1%', 'CD274 expression TPS>=1% & KRAS G12C'],
    ['CD20-positive lymphoma', 'CD20 positive'],
    ['CD19+ Ph- acute lymphoblastic leukaemia', 'CD19 positive & PHILADELPHIA negative'],
    ['Metastatic NSCLC, HER2 -ve', 'ERBB2 negative'],
    ['FRα-H or positive by the central laboratory', 'FOLR1 high | FOLR1 positive'],
    ['EGFR exon20ins', 'EGFR exon20_insertion'],
    ['HER2 or EGFR exon 20 insertion', 'EGFR exon20_insertion | ERBB2 exon20_insertion'],
    ['MET exon 14 skipping mutation', 'MET exon14_skipping'],
    ['MLL/KMT2A rearrangement', 'KMT2A fusion'],
    ['BRAF mutation (class II or III)', 'BRAF mutation'],
    ['RAS mutation (K/N)', 'HRAS mutation | KRAS mutation | NRAS mutation'],
    ['Mutations or fusions of FGFR2', 'FGFR2 alteration'],
    ['Defect in HRR genes such as: BRCA1, ATM or PALB2', 'ATM alteration | BRCA1 alteration | PALB2 alteration'],
    ['Homologous recombination (HR) mutation including ATM, PALB2', 'ATM mutation | PALB2 mutation'],
    ['EGFR, ALK and RET test results are all negative', 'ALK negative & EGFR negative & RET negative'],
    ['HER2 overexpression or amplification negative', 'ERBB2 negative'],
    ['Wild-type EGFR and negative ALK fusion', 'ALK negative - EGFR mutation'],
    ['Negative reports of HER2 amplification', 'ERBB2 negative'],
    ['PD-L1 tumour area positivity (TAP) ≥ 5%', 'CD274 positive TAP>=5%'],
    ['≥ 25% staining of B7-H4', 'VTCN1 expression >=25%'],
    ['Tumour positive for B7-H3', 'CD276 positive'],
    ['B7H3-expressing solid tumour', 'CD276 expression'],
    ['CD276 overexpression', 'CD276 overexpression'],
    ['KRAS or NRAS mutation; NF1 del', 'KRAS mutation | NF1 deletion | NRAS mutation'],
    ['Mutation in ATM, CDK12 [also known as CRK7] or POLE', 'ATM mutation | CDK12 mutation | POLE mutation'],
    ['Tumour that expresses ER with or without PR', 'ER expression'],
    ['HR+ means: the cancer must express ER, with or without co-expression of PgR', 'ER expression & HR positive'],
    ['Ph+ ALL in which a TKI resistance mutation was found', 'ABL1 resistance_mutation & PHILADELPHIA positive'],
    [
      'Leucémie BCR-ABL1-positive avec mutation de résistance aux ITK',
      'ABL1 resistance_mutation & PHILADELPHIA positive',
    ],
    ['BCR::ABL1 TKI-resistant mutations', 'ABL1 resistance_mutation'],
    ['NSCLC with an ALK resistance mutation', 'ALK resistance_mutation'],
    ['The expression of GD2 will be assessed for eligibility', 'GD2 expression'],
    ['Mutation activatrice de l’EGFR', 'EGFR activating_mutation'],
    ['Présence d’une fusion de ALK ou de ROS1', 'ALK fusion | ROS1 fusion'],
    ['Surexpression de HER2', 'ERBB2 overexpression'],
    ['Cancer du sein triple négatif', 'ER negative & ERBB2 negative & PR negative'],
  ])('%s', (sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })

  test.each([
    ['No known EGFR or ALK alterations', '- ALK alteration - EGFR alteration'],
    ['Without EGFR mutation or ALK fusion', '- ALK fusion - EGFR mutation'],
    ['EGFR and ALK wild-type', '- ALK mutation - EGFR mutation'],
    ['Absence of sensitising EGFR mutations and of ALK rearrangements', '- ALK fusion - EGFR activating_mutation'],
    ['KRAS, NRAS and BRAF wild-type colorectal cancer', '- BRAF mutation - KRAS mutation - NRAS mutation'],
    ['Absence de mutation de EGFR', '- EGFR mutation'],
  ])('denied: %s', (sentence, expected) => {
    expect(biomarkers(including(sentence))).toBe(expected)
  })

  test.each([
    'Known EGFR mutation status',
    'NSCLC with any PD-L1 TPS',
    'PD-L1 expression, whatever its level, must have been tested',
    'Tissue available for testing of ALK rearrangements',
    'Progression after an EGFR inhibitor',
    'Previous treatment with an anti-PD-L1 antibody',
    'Patients with an EGFR mutation must have received osimertinib',
    'Any PD-L1 expression',
    'Tumour sample for the analysis of HER2 expression',
    'If BRAF mutated, progression on a BRAF inhibitor',
    'Previous therapy for HER2-positive breast cancer',
    'Statut HER2 connu',
    'BRAF-mutated or wild-type melanoma',
    'Thyroid cancer with mutated or non-mutated BRAF',
    'HER2-positive and HER2-negative breast cancer',
    'HR positive or negative',
    'TROP2 positivity is not required but tissue must be sent',
    'There is no minimum CLDN18.2 expression for entry',
    'Progression on a PARP inhibitor for patients with a known germline or somatic BRCA mutation',
    'Participants with lung cancer known to carry a driver other than EGFR (for instance RET fusion, MET exon 14 skipping) must also have received the targeted therapy of their alteration',
    'PET scan within 42 days of treatment in cohort B2 (ALK positive)',
    'Ph-like leukaemia',
    'HER2-positive participants must have received trastuzumab',
    'HPV-negative disease (stage III according to the eighth edition) OR high-risk HPV-positive disease',
    'Low platelets in the family (as in RUNX1 or ETV6 germline mutations)',
    'RAS and microsatellite instability status of each participant must be documented',
    'A BRAF inhibitor (encorafenib) in BRAF V600E-mutated disease',
    'An EGFR antibody if the tumour is RAS [KRAS/NRAS] wild-type',
    'Partial response (PR) or stable disease',
  ])('no condition: %s', (sentence) => {
    expect(biomarkers(including(sentence))).toBe('')
  })

  test.each(['Circulating tumour DNA with an EGFR mutation', 'ADN tumoral circulant portant une mutation de l’EGFR'])(
    'blood is where the marker was looked for: %s',
    (sentence) => {
      expect(biomarkers(including(sentence))).toBe('EGFR mutation')
    },
  )
})

describe('biomarkers among exclusions', () => {
  test.each([
    [
      'Known mutations in EGFR, ALK fusion, BRAF V600E or ROS1',
      '- ALK fusion - BRAF V600E - EGFR mutation - ROS1 mutation',
    ],
    ['EGFR mutation or ALK rearrangement', '- ALK fusion - EGFR mutation'],
    ['Driver alterations in genes such as EGFR, RET and ROS1', '- EGFR alteration - RET alteration - ROS1 alteration'],
    ['HER2-positive tumour', '- ERBB2 positive'],
    ['Tumeur porteuse d’une mutation de l’EGFR', '- EGFR mutation'],
    ['FLT3 mutation-positive status', '- FLT3 mutation'],
    ['Participants with a known EGFR mutation; EGFR status must be known', '- EGFR mutation'],
  ])('%s', (sentence, expected) => {
    expect(biomarkers(excluding(sentence))).toBe(expected)
  })

  test.each([
    'Previous treatment with a KRAS G12C inhibitor',
    'EGFR mutation, unless progression after a kinase inhibitor',
    'CD4 count below 200 cells per microlitre',
    'EGFR mutation previously treated with a third-generation inhibitor',
    'Not fit for surgery, unless the tumour has an ALK fusion',
    'CD4+ leukaemia (blood and marrow):',
    'Any other EGFR exon 20 insertion mutation-selective tyrosine kinase inhibitor',
    'HER2 mutation without HER2 protein expression',
    'Melanoma, renal cell carcinoma or MSI-high colorectal cancer',
    'Prior agents targeting the CD47 pathway including but not limited to CD47, SIRPA and CD24',
    'MSI-H colorectal cancer without prior immunotherapy',
  ])('no exclusion: %s', (sentence) => {
    expect(biomarkers(excluding(sentence))).toBe('')
  })
})

describe('cohorts', () => {
  const text = (...parts: string[]) => trial(`Inclusion Criteria:\n\n${parts.join('\n')}\n`)

  test('what each cohort requires are alternatives', () => {
    const read = biomarkers(text('Cohort A:', '', '* ALK fusion', '', 'Cohort B:', '', '* ROS1 fusion'))
    expect(read).toBe('ALK fusion | ROS1 fusion')
  })

  test('what one cohort alone requires binds nobody else', () => {
    const input = text(
      '* Advanced lung cancer',
      '',
      'Cohort A:',
      '',
      '* ALK fusion',
      '',
      'Cohort B:',
      '',
      '* Any histology',
    )
    expect(biomarkers(input)).toBe('')
    expect(readKind(input, 'biomarker')).toMatchObject([
      { gene: 'ALK', polarity: 'required', group: null, cohort: 'cohort a' },
    ])
  })

  const two = ['Cohort 1:', '* HER2-mutated NSCLC', 'Cohort 2:', '* MET amplification']
  test.each([
    ['lists of cohorts', ['Cohorts 1 and 2:', '* HER2-mutated NSCLC', 'Cohort 3:', '* MET amplification']],
    ['parts by letter', ['Part A:', '* HER2-mutated NSCLC', 'Part B:', '* MET amplification']],
    ['parts by roman number', ['Part I:', '* HER2-mutated NSCLC', 'Part II:', '* MET amplification']],
    ['numbers behind a letter', ['Cohort B1:', '* HER2-mutated NSCLC', 'Cohort B2:', '* MET amplification']],
    ['named again elsewhere', ['* Biopsy within 28 days (cohort 1) or 42 days (cohort 2)', ...two]],
  ])('are alternatives where all are known: %s', (_, lines) => {
    expect(biomarkers(text(...lines))).toBe('ERBB2 mutation | MET amplification')
  })

  test.each([
    ['one that asks for no marker', [...two, 'Exclusion Criteria:', '* Cohort 3: prior osimertinib']],
    ['one left out between', ['Cohort 1:', '* HER2-mutated NSCLC', 'Cohort 3:', '* MET amplification']],
    ['the first not spoken of', ['Cohort B:', '* HER2-mutated NSCLC', 'Cohort C:', '* MET amplification']],
    [
      'phases within cohorts',
      ['Cohort 1:', '* HER2-mutated NSCLC', 'Inclusion criteria for cohort 2, phase 2:', '* MET amplification'],
    ],
    ['named by a word in a sentence', ['* HER2-mutated NSCLC in the expansion cohort']],
  ])('bind nobody else where one may ask for nothing: %s', (_, lines) => {
    expect(biomarkers(text(...lines))).toBe('')
  })

  test('a marker of the title that no cohort asks for by itself is that of one of them', () => {
    const input = { ...text(...two), briefTitle: 'Invented drug in lung cancer with a KRAS mutation' }
    expect(biomarkers(input)).toBe('ERBB2 mutation | MET amplification')
    expect(readKind(input, 'biomarker')).toContainEqual(expect.objectContaining({ gene: 'KRAS', group: null }))
  })

  test('what all cohorts that are known share is asked of everybody', () => {
    const shared = ['Cohort B:', '* KRAS G12C mutation', 'Cohort C:', '* KRAS mutation and PD-L1 TPS ≥ 50%']
    expect(biomarkers(text(...shared))).toBe('KRAS mutation')
  })

  const free = (...parts: string[]) => readKind(text(...parts), 'biomarker').filter(({ group }) => group === null)

  test.each([
    ['tumours of different organs, one a line', ['* NSCLC: after one line', '* HER2-positive breast cancer'], 'ERBB2'],
    ['a list of tumours', ['* Melanoma, renal cell carcinoma or MSI-high tumours'], 'MSI'],
    [
      'triple-negative breast cancer among tumours',
      ['* Melanoma, triple-negative breast cancer or NSCLC'],
      'ER ERBB2 PR',
    ],
    ['lines joined by or', ['* HER2-negative breast cancer OR', '* Ovarian cancer after platinum'], 'ERBB2'],
    ['what hangs under "for …:"', ['* For the combination arm:', '  * PD-L1 CPS ≥ 1'], 'CD274'],
    [
      'a marker asked for both ways, of different people',
      ['* HPV-positive stage I', '* HPV-negative stage II'],
      'HPV HPV',
    ],
    ['another way in', ['* Patients with lower risk and SF3B1 mutations are also eligible'], 'SF3B1'],
  ])('binds nobody else: %s', (_, lines, genes) => {
    expect(biomarkers(text(...lines))).toBe('')
    expect(
      free(...lines)
        .map(({ gene }) => gene)
        .sort()
        .join(' '),
    ).toBe(genes)
  })

  test.each([
    ['Breast or gastric cancer with HER2 amplification', 'ERBB2 amplification'],
    ['HER2-positive breast or gastric cancer', 'ERBB2 positive'],
    ['Solid tumours with a BRAF V600 mutation (melanoma, thyroid cancer or NSCLC)', 'BRAF V600'],
  ])('binds all: %s', (sentence, expected) => {
    expect(biomarkers(text(`* ${sentence}`))).toBe(expected)
  })

  test('a list under "one of the following" is one of alternatives', () => {
    const read = biomarkers(text('* One of the following alterations:', '  * EGFR mutation', '  * ALK fusion'))
    expect(read).toBe('ALK fusion | EGFR mutation')
  })
})

describe('exclusions of people with one of several cancers', () => {
  const lungAndSkin = { conditions: ['Lung Cancer', 'Melanoma'] }
  const of = (sentence: string, other: Partial<CriteriaInput> = lungAndSkin) =>
    readKind({ ...excluding(sentence), ...other }, 'biomarker').map(
      ({ gene, ofCancers, cohort }) => `${gene} ${ofCancers?.join() ?? 'all'}${cohort ? ` ${cohort}` : ''}`,
    )

  test.each([
    ['ALK fusion (melanoma cohort only)', ['ALK MEL']],
    ['ROS1 rearrangement, for the lung cohort', ['ROS1 LUNG']],
    ['Réarrangement de ROS1 dans la cohorte poumon', ['ROS1 LUNG']],
    ['Patients with NSCLC whose tumour has an ALK fusion', ['ALK NSCLC']],
    ['BRAF-mutated melanoma', ['BRAF MEL']],
    ['ALK fusion in the pretreated lung cohort', ['ALK all lung cohort']],
    ['ALK fusion (lung cohort 2)', ['ALK all cohort 2']],
    ['ALK fusion, NSCLC or melanoma', ['ALK all']],
    ['Anaplastic lymphoma kinase (ALK) fusion', ['ALK all']],
    ['EGFR mutation or a history of melanoma', ['EGFR all']],
    ['BRCA1 mutation in breast cancer', ['BRCA1 all']],
  ])('%s', (sentence, expected) => {
    expect(of(sentence)).toEqual(expected)
  })

  test('a name tells nobody apart in a trial of one organ', () => {
    expect(of('NSCLC with an ALK fusion', { conditions: ['Lung Cancer'] })).toEqual(['ALK all'])
  })
  test('a trial of all solid tumours takes others beside', () => {
    expect(of('Colorectal cancer with a KRAS mutation', { conditions: ['Solid Tumor'] })).toEqual(['KRAS COADREAD'])
  })
})
