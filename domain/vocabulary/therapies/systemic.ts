import type { TherapyClass } from './therapy-term.ts'

/** The top of the tree: what treatments are by their nature. */
export const SYSTEMIC: readonly TherapyClass[] = [
  {
    code: 'anticancer therapy',
    fr: 'Traitement anticancéreux',
    en: 'Anticancer therapy',
    within: [],
    names: [
      'anti-cancer treatment',
      'cancer treatment',
      'cancer therapy',
      'antineoplastic therapy',
      'antineoplastic agent',
      'antitumor therapy',
      'traitement du cancer',
    ],
  },
  {
    code: 'systemic therapy',
    fr: 'Traitement systémique',
    en: 'Systemic therapy',
    substances: [
      ['anagrelide', 'anagrélide', 'Xagrid'],
      ['rusfertide', 'rusfertide'],
      ['pelabresib', 'pélabresib', 'CPI-0610'],
      ['tagraxofusp', 'tagraxofusp', 'Elzonris'],
      ['birtamimab', 'birtamimab'],
      ['anselamimab', 'ansélamimab', 'CAEL-101'],
      ['tretinoin', 'trétinoïne', 'ATRA', 'all-trans retinoic acid', 'acide tout-trans rétinoïque'],
      ['arsenic trioxide', 'trioxyde d’arsenic', 'Trisenox', 'ATO'],
      ['bexarotene', 'bexarotène', 'Targretin'],
      ['isotretinoin', 'isotrétinoïne', '13-cis-retinoic acid'],
      ['mitotane', 'mitotane', 'Lysodren'],
    ],
    within: ['anticancer therapy'],
    names: [
      'systemic treatment',
      'anticancer pharmacotherapy',
      'systemic anticancer therapy',
      'systemic anti-cancer treatment',
      'systemic antineoplastic therapy',
      'traitement par voie générale',
    ],
  },
  {
    code: 'targeted therapy',
    fr: 'Thérapie ciblée',
    en: 'Targeted therapy',
    within: ['systemic therapy'],
    everyday: ['thérapie ciblée'],
    names: [
      'targeted treatment',
      'targeted agent',
      'molecularly targeted therapy',
      'biologic therapy',
      'biological therapy',
      'traitement ciblé',
    ],
  },
]
