import { negative, positive } from '../grammar.ts'
import type { WordRow } from './row.ts'

/** Said of a marker with words that deny ("lack of expression", "not mutated"): read before these words alone. */
export const DENYING_ALTERATIONS: readonly WordRow[] = [
  [
    negative('negative'),
    ['negative', 'absent', 'lack of', 'loss of', 'no', 'absence of'].map((word) => `${word} (?:[a-z]+ )?expression`),
  ],
  [
    negative('wild_type'),
    [
      'wild[- ]?types?',
      'wt\\b',
      'non[- ]?mutate?d?\\b',
      'unmutated',
      'un-mutated',
      'germline sauvage',
      'sauvages?',
      'non[- ]mute\\w*',
      'not mutated',
      'without mutations?(?= (?:status|tumou?r))',
    ],
  ],
]

/** Said of a marker: mutated, fused, expressed, lost. */
export const ALTERATIONS: readonly WordRow[] = [
  [positive('resistance_mutation'), ['resistan\\w+ mutations?', 'mutations? de resistance']],
  [
    positive('activating_mutation'),
    [
      ...['activat\\w+', 'sensitiz\\w+', 'sensitis\\w+', 'activatrices?', 'sensibilisatrices?'].map(
        (word) => `${word} (?:[a-z]+ ){0,1}(?:mutations?|mutated|variants?|alterations?)`,
      ),
      'mutations? (?:activatrices?|sensibilisatrices?)',
    ],
  ],
  [
    positive('mutation'),
    ['mutations?\\b', 'mutants?\\b', 'mutated', 'mutational', 'mutee?s?\\b', 'mutated-?', 'mutation-'],
  ],
  [positive('fusion'), ['fusions?', 'rearrang\\w+', 'translocat\\w+', 'rearrangee?s?', 'inversions?']],
  [positive('amplification'), ['amplif\\w+', 'amp\\b', 'gene amplification', 'copy number gain']],
  [positive('overexpression'), ['over-?express\\w*', 'surexpress\\w*', 'surexprim\\w*']],
  [positive('low'), ['low[- ]?express\\w*', 'expression faible']],
  [positive('high'), ['high[- ]?express\\w*', 'highly express\\w*', 'expression elevee']],
  [positive('expression'), ['express\\w*', 'exprim\\w*', 'reactiv\\w+', 'immunoreactiv\\w+']],
  [positive('positive'), ['positiv\\w*', 'positif', '\\+ve\\b']],
  [negative('negative'), ['negativ\\w*', 'negatif', '-ve\\b']],
  [positive('ultralow'), ['ultra-?low']],
  [
    positive('alteration'),
    [
      'alterations?',
      'altered',
      'aberrations?',
      'aberrant',
      'abnormalit\\w+',
      'variants?',
      'anomalies?',
      'defects?',
      'deregulat\\w+',
      'dysregulat\\w+',
      'changes\\b',
      'genetic changes',
    ],
  ],
  [positive('deletion'), ['deletions?', 'deleted', 'deletee?s?', 'del\\b']],
  [positive('loss'), ['loss(?: of function| of expression)?', 'lost', 'inactivat\\w+', 'perte']],
  [positive('deficient'), ['deficien\\w+', 'deficits?', 'deficiente?s?']],
  [negative('proficient'), ['proficien\\w+', 'competent']],
  [positive('high'), ['high\\b', 'elevated', 'eleve\\w*']],
  [positive('low'), ['low\\b', 'faible']],
  [negative('stable'), ['stable\\b']],
]
