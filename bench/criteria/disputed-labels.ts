/**
 * A label that its own text does not bear out, read on 2026-11-22. It is scored as it is, and named with the misses.
 */
export interface DisputedLabel {
  set: 'train' | 'validation'
  /** Place in its file, from 0. */
  text: number
  side: 'required' | 'excluded'
  genes: readonly string[]
  /** What is labelled of them, or should be. */
  alteration: string
  /** Whether the label is there and should not be, or is missing. */
  fault: 'labelled' | 'left out'
  reason: string
}

/**
 * Labels of the biomarker texts that we hold to be wrong. Figures are given with all labels as they are and, beside
 * them, with these put right.
 */
export const DISPUTED_LABELS: readonly DisputedLabel[] = [
  {
    set: 'train',
    text: 28,
    side: 'required',
    genes: ['EBV'],
    alteration: 'positive',
    fault: 'left out',
    reason: 'asks for "metastatic EBV positive" nasopharyngeal carcinoma',
  },
  {
    set: 'train',
    text: 48,
    side: 'excluded',
    genes: ['BRCA1', 'BRCA2', 'MMR', 'MSI', 'TMB'],
    alteration: 'mutation',
    fault: 'labelled',
    reason:
      'keeps out those "who did not undergo" maintenance or immunotherapy; two cohorts ask for a BRCA1 or BRCA2 mutation',
  },
  {
    set: 'train',
    text: 54,
    side: 'required',
    genes: ['ERBB2'],
    alteration: 'positive',
    fault: 'labelled',
    reason: 'labelled HER2 positive; the text says "ER+ HER2- BC"',
  },
  {
    set: 'train',
    text: 54,
    side: 'required',
    genes: ['ERBB2'],
    alteration: 'negative',
    fault: 'left out',
    reason: 'the same: HER2 negative is asked for',
  },
  {
    set: 'train',
    text: 64,
    side: 'required',
    genes: ['CD73', 'CD274'],
    alteration: 'expression',
    fault: 'labelled',
    reason: 'a tissue sample is asked for, "to be assessed for CD73 and other biomarkers (PD-L1) expression"',
  },
  {
    set: 'train',
    text: 70,
    side: 'required',
    genes: ['ERBB2', 'ER', 'PR'],
    alteration: 'negative',
    fault: 'left out',
    reason:
      'part B takes "HER2-negative BC that is hormone-receptor positive … or TNBC"; only the receptors are labelled',
  },
  {
    set: 'train',
    text: 75,
    side: 'excluded',
    genes: ['ABL1'],
    alteration: 'T315I',
    fault: 'left out',
    reason: 'exclusion 3 is "Known presence of the T315I mutation"',
  },
  {
    set: 'train',
    text: 76,
    side: 'required',
    genes: ['PHILADELPHIA'],
    alteration: 'positive',
    fault: 'labelled',
    reason: 'those with Ph+ ALL "are eligible if they progressed after" an inhibitor: nobody need have it',
  },
  {
    set: 'train',
    text: 89,
    side: 'required',
    genes: ['ER', 'PR', 'ERBB2'],
    alteration: 'negative',
    fault: 'left out',
    reason: '"triple-negative breast cancer" stands in the same list as the MSI-high cancers that are labelled',
  },
  {
    set: 'train',
    text: 90,
    side: 'required',
    genes: ['EGFR', 'ALK', 'ROS1', 'NTRK1', 'NTRK2', 'NTRK3', 'BRAF'],
    alteration: 'mutation',
    fault: 'labelled',
    reason: '"in the presence of" these drivers another therapy comes first: nobody need have one',
  },
  {
    set: 'train',
    text: 91,
    side: 'required',
    genes: ['CCND1'],
    alteration: 'amplification',
    fault: 'left out',
    reason: 'cohort ECBF-D1 asks for "amplification of Cyclin D1"',
  },
]

/** The disputed labels of one text. */
export const disputedOf = (set: DisputedLabel['set'], text: number): DisputedLabel[] =>
  DISPUTED_LABELS.filter((one) => one.set === set && one.text === text)

export const describeDisputed = ({ set, text, side, genes, alteration, fault, reason }: DisputedLabel): string =>
  `${set} ${text}: ${fault}, ${side} ${genes.join(', ')} ${alteration}: ${reason}`
