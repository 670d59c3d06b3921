import { DISEASE_SHORT, END_OF_LIST, oneOf, WHOLE_THERAPY } from './words.ts'

/** Brackets say something beside what is stated: blanks of the same length. */
export const withoutAsides = (text: string) =>
  text.replace(/\([^()]*\)|\[[^[\]]*\]/g, (aside) => ' '.repeat(aside.length))

/** The treatments listed after a word such as "prior", and what the sentence says of them then. */
export interface Listed {
  items: string[]
  /** Where the list ends in the text. */
  end: number
}

const STOP = new RegExp(`[.;:]| ${END_OF_LIST}(?= |$)`)
const SPECIFIED = /^ (?:with|by|using)(?: any| an?| prior| previous)* /
const LONGEST = 200

/** The list of treatments at `at`: of "treatment with chemotherapy or surgery for …", chemotherapy and surgery. */
export function listedAt(text: string, at: number): Listed {
  const words = text.slice(at, at + LONGEST)
  const stop = STOP.exec(words)?.index ?? words.length
  const specified = /\b(?:treatment|therapy|treated) *$/.test(words.slice(0, stop)) && SPECIFIED.exec(words.slice(stop))
  if (specified && stop < 60) return listedAt(text, at + stop + specified[0].length)
  const items = words
    .slice(0, stop)
    .split(/,|\/|\b(?:and|or|ou|et)\b/)
    .map((item) => item.replace(/\s+/g, ' ').trim())
    .filter((item) => item !== '')
  return { items, end: at + stop }
}

const FRENCH_AFTER = '(?: (?:systemique|anticancereux|anti-cancereux|anterieure?|prealable|specifique)s?)*'
const WHOLE = new RegExp(
  `^(?:${WHOLE_THERAPY}[ -])*(?:(?:mono|poly)?chemo-?therap(?:y|ies)|(?:mono)?therap(?:y|ies)|treatments?|pharmacotherap(?:y|ies)|medications?|chimiotherapies?|traitements?)(?: regimens?| treatments?| agents?)?${FRENCH_AFTER}$`,
)
const GENERIC = /^(?:(?:any|other|the|an?|prior|previous|past) )*(?:therap(?:y|ies)|treatments?|traitements?)$/

/** "Systemic or local therapy", "systemic and/or radiation treatment". */
const SHORTENED = /^(?:(?:any|prior|previous) )*(?:systemic|systemique)$/
const TREATMENT_LAST = /\b(?:therap(?:y|ies)|treatments?)$/

/** Whether a list takes in systemic treatment as such, and whether only by the bare word "treatment". */
export function wholeOf(items: readonly string[]): 'systemic' | 'generic' | null {
  const whole = items.filter(
    (item, at) => WHOLE.test(item) || (SHORTENED.test(item) && TREATMENT_LAST.test(items[at + 1] ?? '')),
  )
  if (whole.length === 0) return null
  return whole.every((item) => GENERIC.test(item)) ? 'generic' : 'systemic'
}

/** The disease of the trial, in the setting it is about. */
const FOR_DISEASE = new RegExp(
  `\\b(?:for|of|in|pour|du|de|dans|against)\\b[^.;]{0,60}?\\b(?:${oneOf([
    'advanced',
    'metasta\\w+',
    'unresectable',
    'inoperable',
    'recurrent',
    'stage',
    '(?:[a-z-]+)?(?:cancers?|carcinomas?|lymphomas?|leuk\\w+|myeloma|melanoma|sarcomas?|gliomas?|blastomas?|mesothelioma)',
    'disease',
    'tumou?rs?',
    'malignan\\w+',
    'maladie',
    'avance\\w*',
    'metastatique\\w*',
  ])}|${DISEASE_SHORT}\\b)`,
)
const OTHER_DISEASE =
  /\b(?:another|other|different|second|concurrent|unrelated|autre) (?:[a-z-]+ )?(?:malignan\w+|cancers?|tumou?rs?|neoplas\w+|diseases?|indications?|conditions?)\b/
const OF_OTHER_SETTING =
  /^[ ,]*(?:(?:in|as|for|given|the|of) )*(?:\(?neo\)?-?\s?adjuvant|adjuvant|curative|localis|localiz)/
/** What narrows the treatment after all, or tells of what it did. */
const NARROWED =
  /^ ?(?:with|by|using|directed|targeting|containing|requiring|resulting|for (?:autoimmune|other)|(?:and|who|that|which) |(?:prior to|before) (?:the )?(?:first|initiation|start|study))/
const SHORT_REST = 50

/** Whether what follows a list of treatments leaves it about the disease of the trial. */
export function isAboutDisease(rest: string): boolean {
  if (OTHER_DISEASE.test(rest) || OF_OTHER_SETTING.test(rest) || NARROWED.test(rest)) return false
  return FOR_DISEASE.test(rest.slice(0, 140)) || (rest.length <= SHORT_REST && !/ (?:for|pour) /.test(` ${rest} `))
}

/** Whether the rest names the disease, as a bare "prior treatment" needs. */
export const namesDisease = (rest: string) => isAboutDisease(rest) && FOR_DISEASE.test(rest.slice(0, 140))
