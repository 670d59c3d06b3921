interface Origin {
  named: RegExp
  tumours: readonly string[]
  carcinomas: readonly string[]
}

/**
 * Where a neuroendocrine neoplasm started, and the OncoTree codes of its well-differentiated tumours and of its
 * carcinomas there. The names of organs are those of the WHO classification ("gastroenteropancreatic", "thoracic").
 */
const ORIGINS: readonly Origin[] = [
  {
    named:
      /\b(?:gastro-?\s?entero-?\s?pancrea\w+|gastro-?\s?intestinal|digestive tract|digestifs?|digestives?|tube digestif|gep(?:-net|-nec|-nen)?s?)\b/,
    tumours: ['GINET', 'SWDNET'],
    carcinomas: ['HGNEE', 'HGNES', 'HGNEC'],
  },
  {
    named: /\b(?:\w*-?pancrea(?:s|tic|tique)s?|entero-?\s?pancrea\w+|gep(?:-net|-nec|-nen)?s?)\b/,
    tumours: ['PANET'],
    carcinomas: ['PANEC'],
  },
  {
    named: /\b(?:lungs?|pulmonary|bronch\w+|thoracic|poumons?|pulmonaires?|thoraciques?)\b/,
    tumours: ['LUCA', 'ALUCA'],
    carcinomas: [],
  },
  { named: /\b(?:thymus|thymic|thymiques?|thoracic|thoraciques?)\b/, tumours: ['TNET'], carcinomas: [] },
]
const UNKNOWN_ORIGIN = /\b(?:unknown (?:primary|origin)|primitif inconnu|origine inconnue|cup)\b/
const ORIGIN_WORDS = /\b(?:from|origin(?:s|e|ating)?|primar(?:y|ies)|primitifs?|arising)\b/

/** The codes for which a sentence says "of … origin"; null where it names none. Folded text. */
export function neuroendocrineByOrigin(code: 'NETNOS' | 'NECNOS', folded: string): string[] | null {
  if (!ORIGIN_WORDS.test(folded)) return null
  const codes = ORIGINS.flatMap(({ named, tumours, carcinomas }) =>
    named.test(folded) ? (code === 'NETNOS' ? tumours : carcinomas) : [],
  )
  if (codes.length === 0) return null
  return UNKNOWN_ORIGIN.test(folded) ? [...codes, code] : codes
}
