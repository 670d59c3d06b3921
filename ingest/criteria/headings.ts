import { cohortOf, OTHER_PEOPLE } from './cohorts.ts'

/** Which side of the eligibility text a heading opens; `neutral` headings (a cohort, a topic) keep the side. */
export interface Heading {
  side: 'inclusion' | 'exclusion' | 'neutral'
  /** The cohort the heading is about; null when it says "all" or "both", undefined when it names none. */
  cohort: string | null | undefined
}

/** Longest line that can be a heading: real ones with a cohort list stay under it. */
const HEADING_LENGTH = 220

const BOTH_SIDES = /inclusion\s?(?:\/|and|&|et|or)\s?(?:non[- ])?(?:inclusion|exclusion)/
const EXCLUSION_WORDS =
  /\b(?:(?:non[- ]?|not )inclusion|exclu(?:sion|ded|ding|de|sions|s)|not (?:be )?(?:eligible|included|enrolled|allowed)|ineligib\w+|non[- ]?inclus\w*|ne pas inclure|disqualif\w+|non eligib\w+|contre-indications? a l'inclusion)\b/
const INCLUSION_WORDS = /\b(?:inclusion|inclus|inclure|eligible|eligibles|enrolled|included|to be included)\b/
const CRITERIA_WORDS =
  /\b(?:criteri(?:a|on|ums?)|criteres?|requirements?|conditions?|following|suivants?|suivantes?|any of)\b/

/** A heading names its side and the word "criteria" and little else. */
const SHORT_HEADING =
  /^[\s*#_"'(-]*(?:\d{1,2}[.)] )?(?:[\w'’/&-]+ ){0,6}?(?:(?:non[- ]?)?inclusion|exclusions?|non[- ]?inclusions?|inclusions?)(?: criteri(?:a|on))?(?:[ ,-]+(?:criteres?|criteria|list|liste|\(.{0,150}\)|(?:for|in|of|to|specific|only|pour|de|du|des|la|le|les|and|et|all|any|the|both|apply|following|[\w/&,'-]+)){0,14})?[\s*_:.)-]*$/
const REVERSED_HEADING =
  /^[\s*#_"'(-]*(?:[\w'-]+ ){0,4}?(?:criteria|criteres?|criterion)(?: (?:for|of|de|d'|pour|pour l'))? ?(?:l')?(?:[\w'-]+ )?(?:non[- ]?inclusion|exclusion|inclusion|eligibility|eligibilite)[^.;]{0,120}$/

const LEADING_HEADING =
  /^(?:(?!no |not )[\w'/&-]+ ){0,4}?(?:non[- ]?)?(?:inclusion|exclusion) criteria\b(?!.*\b(?:met|meets?|must|fulfil\w*|is|are|as)\b)/

/** "AML (excluding APL) with one of the following:" leads to conditions of its own side. */
const EXCEPTING = /[(\uff08][^()]*\bexclu\w+|\bexcluding\b(?! criteria)/

const COHORT_HEADING =
  /^[\s*#_"'(-]*(?:(?:additional|specific|disease-specific|for|pour|in|dans|only|the|la|le|les|applicable to|participants in|patients in|subjects in)[ ,]+){0,4}(?:part|cohort|arm|phase|group|module|sub-?study|stage|step|cohorte|partie|bras|groupe|etape|sous-etude|dose (?:escalation|expansion))s?\b[^.;]{0,150}:?\s*$/

/** "Healthy controls", "CONTROL GROUP:", "Donors". */
const PEOPLE_HEADING = new RegExp(
  `^[\\s*#_"'(\\[-]*(?:selection of |for |pour )?(?:the |les |l[ae] )?(?:(?:healthy|normal|matched|sains?) )?${OTHER_PEOPLE}(?: (?:group|subjects?|participants?|arm|cohort|sains?))?(?: \\([a-z ]{1,15}\\))?[\\])*_]*\\s*:?\\s*$`,
)

/** Reads one folded line as a heading; null when it is a statement. `bulleted` lines need the plain forms. */
export function readHeading(folded: string, bulleted: boolean): Heading | null {
  const line = folded.trim()
  if (line.length < 4 || line.length > HEADING_LENGTH) return null
  if (BOTH_SIDES.test(line) || /\b(?:apply|applied|applies)\b[^:]{0,20}$/.test(line)) return null
  const colon = line.endsWith(':')
  if (/\b(?:inclu|exclu|eligib|ineligib|disqualif|enrol)/.test(line)) {
    const short = SHORT_HEADING.test(line) || REVERSED_HEADING.test(line)
    if (
      !bulleted &&
      line.length < 160 &&
      LEADING_HEADING.test(line) &&
      (colon || !/\b(?:met|meets?|must|fulfil\w*)\b/.test(line))
    ) {
      return { side: sideOf(line), cohort: cohortOf(line) }
    }
    const sentence = colon && !bulleted && CRITERIA_WORDS.test(line) && !EXCEPTING.test(line)
    if (
      short &&
      (!bulleted || colon || line.length < 40) &&
      !/\b(?:met|meet|meets|fulfil\w*|fulfill\w*) (?:all|the|any)\b/.test(line)
    ) {
      return { side: sideOf(line), cohort: cohortOf(line) }
    }
    if (sentence && (EXCLUSION_WORDS.test(line) || INCLUSION_WORDS.test(line))) {
      return { side: sideOf(line), cohort: cohortOf(line) }
    }
  }
  if (!bulleted && PEOPLE_HEADING.test(line)) return { side: 'neutral', cohort: PEOPLE_HEADING.exec(line)?.[1] }
  if (!bulleted && COHORT_HEADING.test(line) && (colon || line.length < 80)) {
    return { side: 'neutral', cohort: cohortOf(line) }
  }
  return null
}

function sideOf(line: string): Heading['side'] {
  if (EXCLUSION_WORDS.test(line)) return 'exclusion'
  return INCLUSION_WORDS.test(line) ? 'inclusion' : 'neutral'
}
