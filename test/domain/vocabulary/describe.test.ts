import { describe, expect, it } from 'vitest'
import type { Criterion } from '../../../domain/criterion.ts'
import { describeCriterion } from '../../../domain/vocabulary/describe.ts'

const evidence = {
  quote: 'q',
  section: 'inclusion',
  start: 0,
  end: 1,
  rule: 'test',
  confidence: 1,
  cohort: null,
} as const
const biomarker = (
  gene: string,
  alteration: string,
  polarity: 'required' | 'excluded' = 'required',
  threshold: string | null = null,
  state: 'present' | 'absent' = 'present',
) => ({ kind: 'biomarker', polarity, group: null, gene, alteration, state, threshold, ...evidence }) as const
const lines = (min: number | null, max: number | null, setting: string | null = null) =>
  ({ kind: 'prior_lines', polarity: 'required', min, max, setting, ...evidence }) as const
const age = (minYears: number | null, maxYears: number | null) =>
  ({ kind: 'age', polarity: 'required', minYears, maxYears, ...evidence }) as const

describe('describeCriterion', () => {
  it.each<[Criterion, string, string]>([
    [
      { kind: 'cancer', polarity: 'required', code: 'LUAD', ...evidence },
      'Cancer : Adénocarcinome du poumon',
      'Cancer: Lung adenocarcinoma',
    ],
    [
      { kind: 'cancer', polarity: 'excluded', code: 'SCLC', ...evidence },
      'Cancer exclu : Cancer du poumon à petites cellules',
      'Cancer excluded: Small cell lung cancer',
    ],
    [
      { kind: 'stage', polarity: 'required', anyOf: ['IIIB', 'IV', 'metastatic'], ...evidence },
      'Stade : IIIB, IV ou maladie métastatique',
      'Stage: IIIB, IV or metastatic disease',
    ],
    [
      { kind: 'setting', polarity: 'required', anyOf: ['relapsed', 'refractory'], ...evidence },
      'Situation : en rechute ou réfractaire',
      'Setting: relapsed or refractory',
    ],
    [
      { kind: 'setting', polarity: 'excluded', anyOf: ['remission'], ...evidence },
      'Situation exclue : en rémission',
      'Setting excluded: in remission',
    ],
    [biomarker('EGFR', 'mutation'), 'Mutation EGFR exigée', 'EGFR mutation required'],
    [
      biomarker('EGFR', 'exon20_insertion'),
      'Mutation EGFR exigée (insertion de l’exon 20)',
      'EGFR mutation required (exon 20 insertion)',
    ],
    [
      biomarker('EGFR', 'exon19_mutation'),
      'Mutation EGFR exigée (mutation de l’exon 19)',
      'EGFR mutation required (exon 19 mutation)',
    ],
    [biomarker('BRAF', 'V600E', 'excluded'), 'Mutation BRAF exclue (V600E)', 'BRAF mutation excluded (V600E)'],
    [
      biomarker('EGFR', 'activating_mutation', 'excluded'),
      'Mutation activatrice EGFR exclue',
      'EGFR activating mutation excluded',
    ],
    [biomarker('ALK', 'fusion', 'excluded'), 'Fusion ALK exclue', 'ALK fusion excluded'],
    [
      { ...biomarker('ALK', 'fusion', 'excluded'), ofCancers: ['NSCLC'] },
      'Fusion ALK exclue (cancer du poumon non à petites cellules seulement)',
      'ALK fusion excluded (non-small cell lung cancer only)',
    ],
    [biomarker('ALK', 'fusion', 'required', null, 'absent'), 'Absence de fusion ALK exigée', 'No ALK fusion: required'],
    [biomarker('KRAS', 'wild_type'), 'Absence de mutation KRAS exigée', 'No KRAS mutation: required'],
    [biomarker('ERBB2', 'positive'), 'HER2 : statut positif exigé', 'HER2: positive status required'],
    [biomarker('ERBB2', 'amplification'), 'Amplification de HER2 exigée', 'HER2 amplification required'],
    [
      biomarker('CD274', 'expression', 'required', 'TPS>=50%'),
      'Expression de PD-L1 exigée (TPS ≥ 50 %)',
      'PD-L1 expression required (TPS ≥ 50%)',
    ],
    [
      biomarker('MMR', 'deficient', 'excluded'),
      'Système MMR de réparation de l’ADN : statut déficient exclu',
      'DNA mismatch repair (MMR): deficient status excluded',
    ],
    [biomarker('DEL17P', 'deletion'), 'Délétion 17p exigée', '17p deletion required'],
    [
      biomarker('MET', 'exon14_skipping'),
      'Mutation MET exigée (saut de l’exon 14)',
      'MET mutation required (exon 14 skipping)',
    ],
    [biomarker('MGMT', 'unmethylated'), 'Absence de méthylation de MGMT exigée', 'No MGMT methylation: required'],
    [biomarker('NEWGENE', 'overexpression'), 'Surexpression de NEWGENE exigée', 'NEWGENE overexpression required'],
    [lines(1, 2), 'Au moins 1 et au plus 2 lignes de traitement', 'At least 1 and at most 2 prior lines of treatment'],
    [lines(0, 0), 'Aucune ligne de traitement antérieure', 'No prior line of treatment'],
    [lines(null, 1), 'Au plus 1 ligne de traitement', 'At most 1 prior line of treatment'],
    [lines(3, null), 'Au moins 3 lignes de traitement', 'At least 3 prior lines of treatment'],
    [
      lines(1, 1, 'metastatic'),
      'Exactement 1 ligne de traitement (maladie métastatique)',
      'Exactly 1 prior line of treatment (metastatic disease)',
    ],
    [lines(null, null), 'Nombre de lignes de traitement indifférent', 'Any number of prior lines of treatment'],
    [
      { kind: 'prior_therapy', polarity: 'excluded', therapy: 'anti-PD-1/PD-L1', ...evidence },
      'Traitement antérieur exclu : anti-PD-1 ou anti-PD-L1',
      'Prior treatment excluded: anti-PD-1 or anti-PD-L1',
    ],
    [
      { kind: 'prior_therapy', polarity: 'required', therapy: 'pemetrexed', ...evidence },
      'Traitement antérieur exigé : pémétrexed',
      'Prior treatment required: pemetrexed',
    ],
    [
      { kind: 'performance', polarity: 'required', scale: 'ECOG', min: null, max: 1, ...evidence },
      'État général : ECOG 0 à 1',
      'Performance status: ECOG 0 to 1',
    ],
    [
      { kind: 'performance', polarity: 'required', scale: 'ECOG', min: null, max: 0, ...evidence },
      'État général : ECOG 0',
      'Performance status: ECOG 0',
    ],
    [
      { kind: 'performance', polarity: 'required', scale: 'Karnofsky', min: 70, max: null, ...evidence },
      'État général : Karnofsky d’au moins 70 %',
      'Performance status: Karnofsky of at least 70%',
    ],
    [age(18, null), '18 ans ou plus', '18 years or older'],
    [age(18, 75), 'De 18 à 75 ans', 'From 18 to 75 years'],
    [age(0.5, 18), 'De 6 mois à 18 ans', 'From 6 months to 18 years'],
    [age(null, 1), 'Jusqu’à 1 an', 'Up to 1 year'],
    [age(null, null), 'Tout âge', 'Any age'],
    [{ kind: 'sex', polarity: 'required', value: 'FEMALE', ...evidence }, 'Femmes uniquement', 'Women only'],
    [
      { kind: 'brain_metastases', polarity: 'excluded', value: 'allowed_if_treated_or_stable', ...evidence },
      'Métastases cérébrales : acceptées si traitées ou stables',
      'Brain metastases: accepted if treated or stable',
    ],
    [
      { kind: 'measurable_disease', polarity: 'required', ...evidence },
      'Maladie mesurable exigée',
      'Measurable disease required',
    ],
    [
      { kind: 'transplant', polarity: 'excluded', procedure: 'allogeneic', ...evidence },
      'Antécédent d’allogreffe de cellules souches : exclu',
      'Prior allogeneic stem cell transplant: excluded',
    ],
    [
      { kind: 'infection', polarity: 'excluded', agent: 'HIV', ...evidence },
      'Infection par le VIH : exclue',
      'HIV infection: excluded',
    ],
    [
      { kind: 'pregnancy', polarity: 'excluded', ...evidence },
      'Grossesse ou allaitement : exclus',
      'Pregnancy or breastfeeding: excluded',
    ],
    [
      { kind: 'autoimmune', polarity: 'excluded', ...evidence },
      'Maladie auto-immune : exclue',
      'Autoimmune disease: excluded',
    ],
    [
      { kind: 'ild', polarity: 'excluded', ...evidence },
      'Pneumopathie interstitielle : exclue',
      'Interstitial lung disease: excluded',
    ],
    [
      { kind: 'second_malignancy', polarity: 'excluded', ...evidence },
      'Autre cancer : exclu',
      'Other malignancy: excluded',
    ],
    [
      { ...biomarker('ALK', 'fusion'), cohort: 'A1' },
      'Fusion ALK exigée (cohorte : A1)',
      'ALK fusion required (cohort: A1)',
    ],
  ])('%j', (criterion, fr, en) => {
    expect(describeCriterion(criterion, 'fr').replaceAll('\u00a0', ' ')).toBe(fr)
    expect(describeCriterion(criterion, 'en').replaceAll('\u00a0', ' ')).toBe(en)
  })
})
