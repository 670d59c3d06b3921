const SITE =
  '(?:brain|cerebral(?:es?)?|cns|snc|central nervous system|systeme nerveux central|leptomeningeal|mening\\w+|intracranial|cranial|parenchymal)'
/** What is done to the brain, or befalls it, beside a cancer's spread. */
const NOT_A_SITE =
  '(?! (?:vascular|vasculitis|injur|damage|infarct|isch|embol|thromb|accident|oedema|edema|stroke|pressure|syndrome|biops|surg|radi|irradi|imaging|mri|scan|tissue|atrophy|palsy|prophyla|depress|stimul|disorder|infection)|[- ]*(?:ha?emorr?h|bleed))'
const DISEASE =
  '(?:metasta\\w+|lesions?|involvement|disease(?!s)|leuka?emia|lymphoma|tumou?rs?|localisations?|atteinte|spread|infiltration|secondary|mets?|malignanc\\w+|lymphomatous|manifestations?)'
const SPREAD = new RegExp(
  `\\b(?<!non-)${SITE}\\b${NOT_A_SITE}[^.;]{0,45}?\\b${DISEASE}\\b|\\b(?:metasta\\w+|involvement|atteinte|localisations?|spread|disease|infiltration|progression)\\b[^.;,]{0,40}?\\b(?:brain|cerebral\\w*|cns|snc|central nervous system|systeme nerveux central|intracranial\\w*)\\b${NOT_A_SITE}`,
)
/** Diseases of the brain that are not spread of the cancer the trial is about. */
const NOT_SPREAD =
  /\b(?:primary (?:brain|cns|central nervous system)(?: \(cns\))? (?:tumou?rs?|cancers?|malignanc\w+|lymphoma)|brain stem glioma|cns-directed|cerebral disease|(?:other (?:[a-z]+ )?than|due to) (?:the )?(?:brain|cns) tumou?rs?|(?:organic|psychiatric|epilep\w+|seizures?|dementia|parkinson\w*|vasculitis)\b)/
const ONLY_LEPTOMENINGEAL = /\b(?:leptomening\w+|mening\w+|carcinomatous)\b/
const PARENCHYMAL = /\b(?:brain|cerebral\w*|cns|snc|central nervous system|intracranial|systeme nerveux central)\b/
/** Sentences about a drug or an examination, in which people without brain metastases are named. */
const OTHER_SUBJECT =
  /\b(?:anti-?coagula\w+|without (?:known )?brain metasta\w+ (?:who|may|are)|measurable (?:tumou?r )?lesions?\b.{0,80}\b(?:only|not)|major surgery|washout|wash-out)\b/
const EXAMINATION = /\b(?:imaging|mri|irm|scan|ct|assess\w*|screening|evaluat\w*)\b/
const SPREAD_WORD = /\b(?:metasta|involvement|lesions|disease)/
/** Parts of the central nervous system: spread to the others is another matter. */
const PART_ONLY = /\bmetasta\w+ (?:in|to|of) (?:the )?(?:brain ?stem|midbrain|pons|medulla|spinal cord)/

/** A treatment that must lie some time back: "surgery for brain metastases within 4 weeks". */
const TREATMENT_OF =
  /\b(?:radio\w+|radiation|irradiation|surgery|treatment|therapy|resection|radiosurgery)\b[^.;]{0,20}\b(?:for|of|to) [^.;]{0,20}$/
const TIME_BACK = /^[^.;]{0,25}\b(?:within|less than|in the (?:last|past)|<)/

/** Looked for first: most sentences name none of them. */
const NAMES = ['brain', 'cereb', 'cns', 'nerv', 'mening', 'crani', 'snc', 'parenchym']

/**
 * Where a sentence names spread to the brain or its coverings; null where it names none, or speaks of something else.
 */
export function spreadIn(text: string): RegExpExecArray | null {
  if (!NAMES.some((name) => text.includes(name))) return null
  const match = SPREAD.exec(text)
  if (!match || isOtherDisease(text)) return null
  const end = match.index + match[0].length
  if (OTHER_SUBJECT.test(text.slice(Math.max(0, match.index - 160), end + 30))) return null
  if (TREATMENT_OF.test(text.slice(0, match.index)) && TIME_BACK.test(text.slice(end))) return null
  if (PART_ONLY.test(text.slice(match.index, end + 30))) return null
  return EXAMINATION.test(text) && !SPREAD_WORD.test(text) ? null : match
}

function isOtherDisease(text: string): boolean {
  if (NOT_SPREAD.test(text) && !/metasta/.test(text)) return true
  return ONLY_LEPTOMENINGEAL.test(text) && !PARENCHYMAL.test(text)
}
