import type { Term } from '../term.ts'

/** How far a disease reaches, from the narrowest to the widest. */
export const EXTENTS: readonly Term[] = [
  {
    code: 'localised',
    fr: 'Maladie localisée',
    en: 'Localised disease',
    everyday: ['localisé', 'précoce', 'non métastatique'],
    names: [
      'localized',
      'early stage',
      'early disease',
      'early breast cancer',
      'early lung cancer',
      'early prostate cancer',
      'early NSCLC',
      'organ confined',
      'non-metastatic',
      'stade précoce',
      'localisée',
      'clinically localized',
    ],
  },
  {
    code: 'locally_advanced',
    fr: 'Maladie localement avancée',
    en: 'Locally advanced disease',
    everyday: ['localement avancé'],
    names: [
      'locally advanced',
      'locoregionally advanced',
      'loco-regionally advanced',
      'regionally advanced',
      'localement avancée',
      'locorégionalement avancé',
    ],
  },
  {
    code: 'advanced',
    fr: 'Maladie avancée',
    en: 'Advanced disease',
    everyday: ['avancé'],
    names: ['advanced', 'advanced stage', 'avancée', 'advanced cancer', 'stade avancé'],
  },
  {
    code: 'metastatic',
    fr: 'Maladie métastatique',
    en: 'Metastatic disease',
    everyday: ['métastatique', 'avec métastases', 'généralisé'],
    names: [
      'metastatic',
      'metastasized',
      'metastases',
      'metastasis',
      'disseminated',
      'distant metastases',
      'distant metastasis',
      'métastasé',
      'métastases à distance',
      'with metastases',
    ],
  },
]
