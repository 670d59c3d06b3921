/** People beside the patients, as a part of a regular expression with one group. */
export const OTHER_PEOPLE =
  '(controls?|volunteers?|donors?|caregivers?|relatives|siblings|screen(?:ing)? failures?|temoins?|volontaires|donneurs?|aidants?)'
const OF_PEOPLE = new RegExp(
  `(?:\\b(?:for|of|pour|des)|[-:(]) ?(?:the |all |les )?(?:(?:healthy|normal|matched) )?${OTHER_PEOPLE}\\b`,
)

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

/** "Cohort 4a - …", "Part B (expansion) – …". */
const DASHED = /^(?:cohort|part|arm|cohorte|partie|bras)s? [a-z\d]{1,3}(?: \([^()]{1,60}\))? ?[-\u2013\u2014] /

/** "Part A: …", "Phase 2 only: …", "(Cohort D)" at either end of a statement limit it to that cohort. */
export function ownCohort(folded: string): string | undefined {
  const head = (/^(?:for |in |pour |only |additional )?[^.:;]{0,70}:/.exec(folded) ?? DASHED.exec(folded))?.[0]
  const fromHead =
    head && /\b(?:part|cohort|arm|phase|group|module|sub-?study|cohorte|partie|bras|groupe)s? /.test(head)
      ? cohortOf(head)
      : undefined
  if (fromHead) return fromHead
  const intro =
    /^(?:for|in|pour|dans)(?: (?:participants|patients|subjects|the|les|la|le|in|of|de|dans|enrolled))* ((?:cohort|part|arm|phase|group|cohorte|partie|bras|groupe)s? [^,:;.]{1,30})[,:]/.exec(
      folded,
    )?.[1]
  const fromIntro = intro ? cohortOf(intro) : undefined
  if (fromIntro) return fromIntro
  const tail = /\(([^()]{1,60})\)[\s.;]*$/.exec(folded.slice(-80))?.[1]
  return (tail && cohortOf(tail)) || undefined
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

/** The members that a name of cohorts counts: of `parts 1 and 2`, parts 1 and 2. */
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

const COHORT_NAMES = new RegExp(COHORT_NAME, 'g')
const KINDS = /(?:part|cohort|arm|phase|group|module|sub-?study|cohorte|partie|bras|groupe|sous-etude)(?=s? )/g

/**
 * Whether the cohorts of these names are all that a text (folded) speaks of: of one kind, counted from the first
 * without a gap, and none named beside them. "Sub-study B, phase 2" counts in two kinds and says nothing of the rest of
 * B.
 */
export function areAllCohorts(folded: string, names: Iterable<string>): boolean {
  const own = new Set<string>()
  for (const name of names) {
    const members = COHORT_NAME.test(name) ? (cohortUnits(name)?.members ?? []) : []
    if (members.length === 0) return false
    for (const member of members) own.add(member)
  }
  const kinds = new Set<string>()
  for (const [spoken] of folded.matchAll(COHORT_NAMES)) {
    for (const [kind] of spoken.matchAll(KINDS)) kinds.add(kind)
    if (kinds.size > 1 || cohortUnits(spoken)?.members.some((member) => !own.has(member))) return false
  }
  // Which phases a trial has is a choice of its own; other parts are counted from the first.
  return kinds.has('phase') || isSeries([...own])
}

/** 1, 2, 3; a, b; a1, a2; i, ii: from the first on. */
function isSeries(members: readonly string[]): boolean {
  const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi']
  const numbered = members.map((member) => /^([a-z]?)(\d+)$/.exec(member))
  const letters = new Set(numbered.map((match) => match?.[1]))
  const from = (first: readonly string[]) => first.slice(0, members.length).every((one) => members.includes(one))
  if (numbered.every((match) => match !== null))
    return letters.size === 1 && from(members.map((_, at) => `${[...letters][0]}${at + 1}`))
  return from(ROMAN) || from([...'abcdefgh'])
}
