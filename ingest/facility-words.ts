import { wordsOf } from '../domain/places/place-name.ts'

/**
 * Kinds of organisation, each under one word in French and English, as registries write them. Order matters: the
 * longer expression first. Applied to lower case words without accents, separated by one space.
 */
const ORGANISATIONS: [RegExp, string][] = [
  [
    /\b(?:assistance publique|public assistance)(?: des| of)?(?: hopital| hopitaux| hospitals)?(?: de| of)? paris(?: hospitals)?\b/g,
    'aphp',
  ],
  [
    /\b(?:assistance publique|public assistance)(?: des| of)?(?: hopital| hopitaux| hospitals)?(?: de| of)? marseille(?: hospitals)?\b/g,
    'aphm',
  ],
  [/\b(?:ap hp|a p h p|a p h paris|aphp paris|ghu aphp)\b/g, 'aphp'],
  [/\b(?:ap hm|a p h m|aphm marseille)\b/g, 'aphm'],
  [/\b(?:hospices? civils? de lyon|civil hospices of lyon)\b/g, 'hcl'],
  [/\bhos?pi?t?a?lier\b/g, 'hospitalier'],
  [/\b(?:centre?|center|ctre) (?:regional |anti ?cancereux )?de lutte contre le cancer\b/g, 'clcc'],
  [/\b(?:c ?r ?l ?c ?c)\b/g, 'clcc'],
  [/\bhopita(?:l|ux)(?: civils?)? d instruction des armees\b/g, 'hia'],
  [/\b(?:military (?:teaching |training )?hospital)\b/g, 'hia'],
  [
    /\b(?:centre?|center|ctre)s? (?:regional )?hospitalo? ?(?:lier )?(?:et )?(?:regional(?: et)? )?universitaire\b/g,
    'chu',
  ],
  [/\b(?:centre?|center|ctre)s? hospitalier(?: et)?(?: regional)?(?: et)? universitaire\b/g, 'chu'],
  [/\b(?:regional )?(?:university|universitary|teaching)(?: medical)? hospitals?(?: cent(?:er|re))?s?\b/g, 'chu'],
  [
    /\b(?:university medical cent(?:er|re)|hospital university|hopita(?:l|ux) universitaires?|grp? hospitalier universitaire)\b/g,
    'chu',
  ],
  [/\b(?:c h r? ?u|chru|chur|chu|uh)\b/g, 'chu'],
  [/\b(?:centre?|center|ctre) hospitalier regional\b/g, 'chr'],
  [/\bregional hospital(?: cent(?:er|re))?\b/g, 'chr'],
  [/\b(?:centre?|center|ctre) hospitalier prive\b/g, 'chp'],
  [
    /\b(?:centre?|center|ctre)s? hospitaliers?(?: (?:inter ?communal|general|departemental|local|d agglomeration))?\b/g,
    'ch',
  ],
  [/\b(?:groupe|group|groupement) hospitalier(?: (?:inter ?communal|de territoire))?\b/g, 'ch'],
  [/\b(?:hospital cent(?:er|re)|general hospital|intercommunal hospital)\b/g, 'ch'],
  [/\b(?:c h(?: i)?|chi|chic|chg|chd|gh|ghi)\b/g, 'ch'],
  [/\b(?:hopitaux|hospitals|hospital|hopital|hostpial|hop|hospices?)\b/g, 'hopital'],
  [/\b(?:cent(?:er|re|ro)|ctre)s?\b/g, 'centre'],
  [/\b(?:institute?|intitut|insitut|instituts)\b/g, 'institut'],
  [/\bclinics?\b/g, 'clinique'],
  [/\bpolyclinics?\b/g, 'polyclinique'],
  [/\b(?:private|privee|prives|privees)\b/g, 'prive'],
  [/\bfoundation\b/g, 'fondation'],
]

/** Words that link others and name nothing. */
const LINKS = new Set(
  'a au aux d de des du e en et for l la le les of and the in at sur site sites s i ii de l service services'.split(
    ' ',
  ),
)

/** Words of what is done in a hospital, not of which hospital it is. */
const CARE = new Set(
  `department departement departments dept unit units unite unites division pole polyvalent ward medical medicale medico
  medecine medicine interne internal oncologie oncology onco oncologique cancerologie hematologie hematology haematology
  hemato pneumologie pneumology pulmonology pulmonary respiratory thoracique thoracic dermatologie dermatology neurologie
  neurology neurosciences urologie urology andrologie andrology chirurgie surgery chirurgical chirurgicale obstetricale radiotherapie radiotherapy
  radiologie radiology imagerie imaging pediatrie pediatrics pediatric paediatric cardiologie cardiology rhumatologie
  rheumatology nephrologie nephrology endocrinologie endocrinology diabetologie hepatologie hepatology hepato gastro
  gastroenterologie enterologie gastroenterology digestive digestif maladies infectieuses infectious diseases tropicales
  tropical ophtalmologie ophthalmology psychiatrie psychiatry geriatrie geriatrics gynecologie gynecology obstetrique
  pathologies pathology nutrition addictologie immunologie allergologie anesthesie reanimation critical care clinical
  research recherche investigation investigations cic crc ppds secretariat consultation consultations adult adultes
  france`.split(/\s+/),
)

/**
 * The words by which an establishment is known, in order: accents, links and everything but letters and digits left
 * out, kinds of organisation brought to one word ("University Hospital, Bordeaux" and "CHU de Bordeaux" both have
 * `chu` and `bordeaux`).
 */
export function readFacilityWords(facility: string): string[] {
  const plain = wordsOf(facility.replace(/(\p{Ll})(\p{Lu}{2,})/gu, '$1 $2')).join(' ')
  const named = ORGANISATIONS.reduce((text, [expression, word]) => text.replace(expression, word), plain)
  return named.split(' ').filter((word) => word !== '' && !LINKS.has(word))
}

/** Without the words of departments and specialities: what is left names the establishment. */
export function withoutCare(words: string[]): string[] {
  return words.filter((word) => !CARE.has(word))
}
