import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { excluding, including, readKind, trial } from './input.ts'

/** Required groups as `A & B | C`, then the excluded ones as `- D`. */
function biomarkers(input: CriteriaInput): string {
  const all = readKind(input, 'biomarker')
  const groups = new Map<number, string[]>()
  for (const { polarity, group, gene, alteration, threshold } of all) {
    if (polarity !== 'required' || group === null) continue
    const words = `${gene} ${alteration}${threshold ? ` ${threshold}` : ''}`
    groups.set(group, [...(groups.get(group) ?? []), words])
  }
  const required = [...groups.values()].map((group) => group.sort().join(' & ')).sort()
  const excluded = all.filter(({ polarity }) => polarity === 'excluded').map((one) => `- ${one.gene} ${one.alteration}`)
  return [required.join(' | '), ...excluded.sort()].filter((part) => part !== '').join(' ')
}

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
  ])('%s', (sentence, expected) => {
    expect(biomarkers(excluding(sentence))).toBe(expected)
  })

  test.each([
    'Previous treatment with a KRAS G12C inhibitor',
    'EGFR mutation, unless progression after a kinase inhibitor',
    'CD4 count below 200 cells per microlitre',
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

  test('a list under "one of the following" is one of alternatives', () => {
    const read = biomarkers(text('* One of the following alterations:', '  * EGFR mutation', '  * ALK fusion'))
    expect(read).toBe('ALK fusion | EGFR mutation')
  })
})
