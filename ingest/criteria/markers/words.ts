import { type Alteration, negative, positive, type WordRole } from './grammar.ts'

/** What a word or a group of words means to the grammar of markers. */
export type Meaning = Alteration | Exclude<WordRole, 'open' | 'close' | 'colon' | 'word'> | 'and' | 'or'

/**
 * Folded words, English and French, as pieces of expressions that begin with a letter of their own; longest first where
 * one begins like another. The first meaning that fits wins.
 */
const WORDS: readonly (readonly [Meaning, readonly string[]])[] = [
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
  [
    'negation',
    [
      'without',
      'absence(?: of)?',
      'lack(?:ing|s)?(?: of)?',
      'no\\b',
      'not\\b',
      'none',
      'neither',
      'nor\\b',
      'non(?= (?:porteu|connu))',
      'never',
      'negative for',
      'free of',
      'sans\\b',
      "absence d['e]",
      "pas d['e]",
      'aucune?',
      'ni\\b',
      'ne\\b',
      'rule out',
      'ruled out',
    ],
  ],
  [
    'exception',
    [
      'other than',
      'except(?:ion)?(?: for| of)?',
      'excluding',
      'unless',
      'autres? que',
      'sauf',
      'hormis',
      'with the exception of',
      "a l'exception",
    ],
  ],
  ['or', ['and/or', 'et/ou', 'or\\b', 'ou\\b', 'either', 'soit']],
  ['and', ['and\\b', 'et\\b', '&', '\\+(?= )', 'with\\b(?= (?:or )?)', 'as well as', 'plus\\b', 'avec\\b']],
  [
    'such',
    [
      'such as',
      'includ\\w+(?:,? but not limited to)?',
      'e\\.?g\\.?,?',
      'i\\.?e\\.?,?',
      'eg\\b',
      'ie\\b',
      'namely',
      'but not limited to',
      'not limited to',
      'like\\b',
      'comme',
      'tels? que',
      'telles? que',
      'dont',
      'par exemple',
      'notamment',
      'the following',
      'following',
    ],
  ],
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
  [
    'anti',
    [
      'anti(?:-| (?=[a-z]))',
      'antagoni\\w+ of',
      'against\\b',
      'targeting',
      'targets?\\b',
      'block(?:s|ing)\\b',
      'inhibit(?:s|ing)\\b',
      'directed at',
      'directed against',
      'contre',
    ],
  ],
  [
    'therapy',
    [
      'blockers?',
      'blockade',
      'inhibit\\w*',
      'inhibiteurs?',
      'tkis?\\b',
      't\\.k\\.i',
      ...['targeted\\b', 'directed\\b'].map((word) => `${word} ?(?:therap\\w+|agents?|treatments?|drugs?)?`),
      'antibod\\w+',
      'anticorps',
      'antagonists?',
      'agonists?',
      'degraders?',
      'therap\\w+',
      'traitements?',
      'treatments?',
      'agents?',
      'adcs?\\b',
      'vaccin\\w*',
      'bispecific\\w*',
      'drugs?',
      'conjugates?',
      'checkpoints?',
      'ligands?\\b',
      'car[- ]t',
      'car\\b',
      'cart\\b',
      'engagers?',
      'pathway inhibitors?',
      'trastuzumab',
      'cetuximab',
    ],
  ],
  [
    'test',
    [
      'status',
      'statut',
      'tests?\\b',
      'reports?\\b',
      'testing\\b',
      'analys[ei]s\\b',
      'assessments?\\b',
      'evaluations?\\b',
      'assays?\\b',
      'results?\\b',
      'determinations?\\b',
      'profil\\w+',
      'screening\\b',
      'recherche\\b',
      'unknown',
      'known or unknown',
      'inconnu\\w*',
      'availab\\w+',
      'measurements?\\b',
      'quantif\\w+',
      'stratif\\w+',
    ],
  ],
  ['filler', fillers()],
]

/** Words that may stand between a marker and what is said of it without a meaning of their own. */
function fillers(): string[] {
  const whole =
    'the all an? of in for to on at any is are be been was were must should by via per one more ihc ish fish have has with le la les du des? un une cps tps tc ic tap whole disease other as'
  const begun =
    'genes? oncogenes? proto-oncogenes? known documented tumou?rs? activating sensitizing sensitising driver oncogenic pathogenic deleterious suspected likely germline somatic genomic genetic molecular proteins? receptors? local(?:ly)? confirmed both least levels? surface cells? points? kinase domain common classical sensitive rare uncommon specific chromosom\\w+ immunohistochemi\\w+ tyrosine harbou?r\\w* presence present evidence having carry\\w* actionable targetable additional validated concurrent co-?occurring presentant porteu\\w+ connue?s? tumorale?s? exons?(?!\\s?\\d) hotspot combined proportion score percentage percent whose bearing centrally identified mono-?allelic bi-?allelic homozygous heterozygous inactivating significant clinically relevant function\\w* truncating frameshift nonsense missense antigens? class type group subtype copy number certain selected defined membrane membranous nuclear strong partial complete intensity staining region homolog\\w* family member viral human classic typical atypical eligible qualifying detectable single double either primary secondary original diagnostic selective area extent'
  return [
    'at least one',
    'gain of function',
    'mutational status',
    "d'",
    "l'",
    ...whole.split(' ').map((word) => `${word}\\b`),
    ...begun.split(' '),
  ]
}

interface Pattern {
  expression: RegExp
  meaning: Meaning
}

/** By the character a word begins with, so that most meanings need not be tried. */
const BY_INITIAL = patternsByInitial()

function patternsByInitial(): Map<string, Pattern[]> {
  const byInitial = new Map<string, Pattern[]>()
  for (const [meaning, pieces] of WORDS) {
    const initials = new Set(pieces.map(initialOf))
    for (const initial of initials) {
      const alternatives = pieces.filter((piece) => initialOf(piece) === initial)
      const expression = new RegExp(`^(?:${alternatives.join('|')})`)
      byInitial.set(initial, [...(byInitial.get(initial) ?? []), { expression, meaning }])
    }
  }
  return byInitial
}

function initialOf(piece: string): string {
  return (piece.startsWith('\\') ? piece[1] : piece[0]) ?? ''
}

/**
 * The words at the beginning of `rest` (folded) and what they mean; null for a word that means nothing here. `goesOn`
 * tells whether the word goes on after so many characters: then it is another word, unless it begins a name ("antiCD38").
 */
export function wordAt(rest: string, goesOn: (length: number) => boolean): { text: string; meaning: Meaning } | null {
  for (const { expression, meaning } of BY_INITIAL.get(rest[0] ?? '') ?? []) {
    const text = expression.exec(rest)?.[0]
    if (!text || (meaning !== 'anti' && /[a-z0-9]$/.test(text) && goesOn(text.length))) continue
    return { text, meaning }
  }
  return null
}

const NOUN =
  /^(?:negative \w*expression|absent|lack|mutat|fusion|rearr|transloc|amplif|over|alter|aberr|abnorm|variant|anomal|defect|delet|loss|expression|activ|sensit|chang|dysreg|dereg|resist|inver|perte|surexp|presence)/

/** Whether words that say something of a marker may head a list of markers: "mutations in EGFR, ALK". */
export const isNoun = (text: string) => NOUN.test(text)
