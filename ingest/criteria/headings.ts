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

/** People beside the patients: "Healthy controls", "CONTROL GROUP:", "Donors". */
const OTHER_PEOPLE =
  '(controls?|volunteers?|donors?|caregivers?|relatives|siblings|screen(?:ing)? failures?|temoins?|volontaires|donneurs?|aidants?)'
const PEOPLE_HEADING = new RegExp(
  `^[\\s*#_"'(\\[-]*(?:selection of |for |pour )?(?:the |les |l[ae] )?(?:(?:healthy|normal|matched|sains?) )?${OTHER_PEOPLE}(?: (?:group|subjects?|participants?|arm|cohort|sains?))?(?: \\([a-z ]{1,15}\\))?[\\])*_]*\\s*:?\\s*$`,
)
const OF_PEOPLE = new RegExp(
  `(?:\\b(?:for|of|pour|des)|[-:(]) ?(?:the |all |les )?(?:(?:healthy|normal|matched) )?${OTHER_PEOPLE}\\b`,
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

const COHORT_NAME =
  /\b((?:part|cohort|arm|phase|group|module|sub-?study|cohorte|partie|bras|groupe|sous-etude)s?) ((?:[a-z]?\d{1,2}[a-z]?|[ivx]{1,4}[ab]?|[a-h])(?:\d{0,2}[a-z]?)(?:(?: ?(?:,|and|et|or|ou|to|a|&|\/|-) ?)(?:(?:part|cohort|arm|phase|group|partie|cohorte|bras|groupe)s? )?(?:[a-z]?\d{1,2}[a-z]?|[ivx]{1,4}[ab]?|[a-h])\b){0,5})\b/
const NAMED_COHORT = /\b(?:([\w+-]{3,20}) (?:cohort|arm|substudy|sub-study)|cohorte ([\w+-]{3,20}))\b/
const ALL_COHORTS =
  /\b(?:all|both|each|any|every|toutes?|tous|les deux|whichever)(?: (?:the|of|les|study))*\s*(?:cohorts?|parts?|arms?|phases?|groups?|participants?|patients?|subjects?|modules?|cohortes?|parties?|bras|groupes?)\b/

/** The cohort a piece of folded text names: null for "all cohorts", undefined when none is named. */
export function cohortOf(folded: string): string | null | undefined {
  if (ALL_COHORTS.test(folded)) return null
  const match = COHORT_NAME.exec(folded)
  if (match) return `${match[1]} ${match[2]}`.trim()
  return OF_PEOPLE.exec(folded)?.[1]
}

/** Looked for first: most sentences name no cohort. */
const COHORT_WORD = /cohort| arm\b|sub-?study/

/** A cohort named by a word ("the lung cohort"), in sentences only. */
export function namedCohortOf(folded: string): string | undefined {
  if (!COHORT_WORD.test(folded)) return undefined
  const name = NAMED_COHORT.exec(folded)
  const word = name?.[1] ?? name?.[2]
  if (
    !word ||
    /^(?:this|the|each|any|all|both|one|a|an|study|control|placebo|same|age|treatment|dose|safety|during|which|after|before|comparator|experimental|intervention|observational|prospective|retrospective|historical|national|patient|that|for|and|per|la|le|un|une|chaque|que)$/.test(
      word,
    )
  )
    return undefined
  return `${word} cohort`
}

export interface CohortUnits {
  kind: string
  members: string[]
}

/** "parts 1 and 2" → part: 1, 2; "cohorts a to c" → cohort: a, b, c. Null for a cohort named by a word. */
export function cohortUnits(cohort: string): CohortUnits | null {
  const match = /^([a-z-]+?)s? (.+)$/.exec(cohort)
  if (!match?.[1] || !match[2]) return null
  const kind = match[1]
  const members = new Set<string>()
  const parts = match[2].split(/ ?(?:,|\/|&|\band\b|\bor\b|\bet\b|\bou\b) ?/)
  for (const part of parts) {
    const word = part.replace(/^[a-z-]{3,}s? /, '').trim()
    const range = /^([a-z]?)(\d{1,2}|[a-z])? ?(?:to|a|-) ?[a-z]?(\d{1,2}|[a-z])$/.exec(word)
    const [from, to] = [range?.[2] ?? range?.[1], range?.[3]]
    if (from && to && from.length === to.length && from < to) {
      for (let code = from.charCodeAt(from.length - 1); code <= to.charCodeAt(to.length - 1); code++) {
        members.add(`${from.slice(0, -1)}${String.fromCharCode(code)}`)
      }
    } else if (word !== '') members.add(word)
  }
  return { kind, members: [...members] }
}
