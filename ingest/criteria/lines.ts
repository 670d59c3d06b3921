import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'
import { fold } from './text.ts'

interface Bounds {
  min: number | null
  max: number | null
  /** Offsets in the sentence. */
  from: number
  to: number
}

const NUMBER_WORDS: Record<string, number> = {
  one: 1,
  a: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
}
const NUMBER = '(\\d{1,2}|one|two|three|four|five|six|une?|deux|trois|quatre|cinq)(?: ?\\(\\d{1,2}\\))?'

/** A counted line of treatment: "lines of therapy", "prior systemic regimens", « lignes de chimiothérapie ». */
const KIND =
  '(?:(?:prior|previous|earlier|different|separate|distinct|additional|systemic|standard|approved|anti-?\\s?(?:cancer|neoplastic|tumou?r|myeloma|lymphoma|leuka?emi\\w*|dlbcl)|chemo\\w*|cytotoxic|endocrine|hormonal|hormone|palliative|platinum\\w*|platinum-based|platinum-containing|based|containing|targeted|immuno\\w*|biologic\\w*|treatment|therapeutic|metastatic|full|complete|multi-?agent|conventional|available|anterieures?|systemiques?|de|of|the|or|and|more|ou|plus|egfr|tki|tkis|available|salvage|single-agent|combination|total|successive|first|unsuccessful|failed)[ -/]+){0,7}'
const LINE =
  '(?:lines?|regimens?|lignes?|systemic (?:therap\\w+|treatments?|regimens?)|(?:prior|previous) (?:[a-z-]+ ){0,2}(?:therap\\w+|treatments?|regimens?|lines?)|therapies|treatments|systemic therapy)\\b'
const COUNTED = new RegExp(
  `(?:(at least|>=|>/=|≥|=>|minimum(?: of)?|no fewer than|not less than|au moins|a minimum of|> ?/ ?=|no less than)|(no more than|not more than|<=|</=|≤|up to|at most|maximum(?: of)?|a maximum of|no greater than|fewer than or equal to|less than or equal to(?: \\(<=\\)| \\(≤\\))?|au plus|au maximum|jusqu'a|limited to|not exceed\\w*)|(more than|greater than|>|over|exceeding|plus de)|(less than|fewer than|<|moins de)|(only|exactly|just|seulement|une seule))? ?(?:\\([≥≤<>=]+\\) ?|\\((?:<=|≤|>=|≥) ?)?${NUMBER}\\)?(?: ?(?:(-|to|a|or|ou|and|et|,|but)) ?(?:(no more than|not more than|up to|at most|≤|<=|maximum of|a maximum of|less than|fewer than) ?)?${NUMBER})?( or more| or greater| or fewer| or less| ou plus| ou moins|\\+| and (?:no|not) more than ${NUMBER})? ${KIND}${LINE}`,
  'g',
)
const NOT_COUNTED =
  /\b(?:cycles?|radiother\w+|radiation|surger\w+|doses?|weeks?|days?|months?|antibiotic\w*|antiretrovir\w*|antihypertens\w*|antiepilep\w*|transfus\w*|insulin|steroid\w*|contracepti\w*|treatment arms?|treatments? (?:groups?|arms?)|investigational|immunosuppress\w*|biologic(?:al)? (?:dmards?)?|dmards?)\b/

const SYSTEMIC =
  '(?:systemic|anti-?\\s?cancer|anti-?neoplastic|anti-?tumou?r|chemotherap\\w+|cytotoxic|pharmacotherap\\w+|anticancer|chimiotherapie|systemique|anti-cancereux|medical|oncologic\\w*)'
const UNTREATED =
  /\b(?:previously[- ]untreated|treatment[- ]na[iï]ve|chemo(?:therapy)?[- ]na[iï]ve|therapy[- ]na[iï]ve|untreated (?:for|with)|untreated (?:locally|metastatic|advanced|unresectable|extensive|stage)|naifs? de (?:tout )?traitement|non (?:pre)?traite\w*|jamais (?:recu|ete traite)|not (?:been )?previously treated(?! (?:with|by))|not (?:yet )?received (?:any )?(?:prior |previous )?(?:systemic|treatment|therapy|anti-?cancer|chemotherapy))/
const NONE_BEFORE = new RegExp(
  `\\b(?:no|without|not (?:have )?(?:received|had)(?: any)?|never (?:received|had)|has not received|pas de|aucune?|sans)\\b (?:any )?(?:prior |previous |earlier |history of |known )*(?:[a-z-]+ (?:or|and) (?:other )?)?(?:${SYSTEMIC}|treatment|therapy|traitement)`,
)
const ANY_BEFORE = new RegExp(
  `(?:^|\\b(?:received|had|have had|has had|any|have received|patients? with|with|any of the following)\\b[^.;]{0,20}?|^\\W*)\\b(?:any |a |all )?(?:prior|previous|earlier|anterieure?s?|previously received|received prior)(?: or concurrent| or ongoing)? (?:lines? of )?(?:[a-z-]+,? (?:or |and )?){0,4}?${SYSTEMIC}(?:[ -](?:non-hormonal|anti-?cancer|cytotoxic|anticancer))*[ ,(]`,
)
const ANY_TREATMENT_BEFORE = /^\W*(?:any )?(?:prior|previous) (?:treatment|therapy|therapies) for\b/
/** The disease of the trial in the setting it is about, not a class of drugs or an adjuvant course. */
const FOR_DISEASE =
  /\b(?:for|of|in|pour|du|de|dans|against)\b[^.;]{0,60}\b(?:advanced|metasta\w+|unresectable|inoperable|recurrent|m(?:nsclc|crc|bc|uc|pc)\b|(?:[a-z-]+ )?(?:cancer|carcinoma|lymphoma|leuk\w+|myeloma|melanoma|disease|tumou?rs?|nsclc|sclc|hcc|tnbc|btc|crc|rcc|maladie|tnbc|sarcoma)|stage|avance\w*|metastatique)\b/
/** Recent treatment, drug classes, adjuvant courses: other conditions than a count of lines. */
const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past)|dans les|prior to \d)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|half-lives|jours?|semaines?|mois)\b|\b\d+ (?:days?|weeks?|months?) (?:of|prior|before|from|since)\b/
const ADJUVANT_ONLY = /\b(?:neo-?adjuvant|adjuvant|\(neo\)\s?adjuvant|radical|curative|perioperative)\b/

const LATER =
  /\b(?:second|2nd|third|3rd)[- ]line\b|\bdeuxieme ligne\b|\bafter (?:failure|progression)\b|\b(?:progress\w+|relapse\w*|refractory|failed|failure|intoleran\w+)\b[^.;]{0,60}\b(?:on|after|during|following|to|with|upon|under|apres|sous)\b[^.;]{0,60}\b(?:therap\w+|treatments?|lines?|inhibitors?|tkis?|chemo\w*|regimens?|traitement|ligne)\b/
const NOT_PROGRESSED = /\b(?:no|not|without|never|sans|pas)\b[^.;,]{0,40}$/
/** "After first-line chemotherapy", in a trial that goes on from it. */
const AFTER_FIRST =
  /\b(?:first|1st|1)[- ]?line (?:of )?(?:[a-z-]+ ){0,4}(?:chemo\w*|therap\w+|treatment|regimen)\b[^.;]{0,60}\b(?:received|completed|given|administered|without progress\w+|recu\w*)\b|\b(?:received|completed|after|following)\b[^.;]{0,40}\b(?:first|1st|1)[- ]?line\b/
const FIRST_LINE = /\b(?:first|1st|1)[- ]?line\b|\bpremiere ligne\b|\b1l\b/

/**
 * How many systemic lines someone may have had for the disease setting of the trial. Counts come first; then "no prior
 * systemic therapy", "previously untreated" or a first-line title (none); then "progressed on prior …" (at least one).
 * Cohorts are alternatives: the widest bounds hold.
 */
export function readPriorLines(document: Document, input: CriteriaInput): Finding[] {
  return linesOf(document, input).filter(
    ({ fact }) => fact.kind === 'prior_lines' && (fact.min !== null || fact.max !== null),
  )
}

function linesOf(document: Document, input: CriteriaInput): Finding[] {
  const counts: { bounds: Bounds; sentence: Sentence }[] = []
  const none: { bounds: Bounds; sentence: Sentence }[] = []
  const some: { bounds: Bounds; sentence: Sentence }[] = []
  for (const sentence of document.sentences) {
    const counted = readCounts(sentence)
    counts.push(...counted.map((bounds) => ({ bounds, sentence })))
    if (counted.length > 0) continue
    const untreated = readNone(sentence)
    if (untreated) none.push({ bounds: untreated, sentence })
    const progressed = sentence.side === 'in' ? LATER.exec(sentence.text) : null
    if (
      progressed &&
      !NOT_PROGRESSED.test(sentence.text.slice(0, progressed.index)) &&
      !/\bineligible\b/.test(progressed[0]) &&
      !WINDOW.test(sentence.text.slice(progressed.index, progressed.index + 60))
    ) {
      some.push({
        bounds: { min: 1, max: null, from: progressed.index, to: progressed.index + progressed[0].length },
        sentence,
      })
    }
  }
  const titled = fromTitle(input)
  if (counts.length === 0 && none.length === 0 && titled !== 'first') {
    const after = document.sentences.find(
      ({ side, text }) => side === 'in' && AFTER_FIRST.test(text) && !/\bor (?:later|second|subsequent)/.test(text),
    )
    const match = after ? AFTER_FIRST.exec(after.text) : null
    if (after && match)
      some.unshift({
        bounds: { min: 1, max: 1, from: match.index, to: match.index + match[0].length },
        sentence: after,
      })
  }
  const all = counts.length > 0 ? withCohorts(counts, none) : none
  if (all.length > 0)
    return [
      toFinding(
        all,
        counts.length > 0 ? 'lines-counted' : 'lines-none',
        some.length > 0 || titled === 'later' || titled === 'progressed',
        cohortsOf(document),
      ),
    ]
  if (titled === 'first' && some.length === 0) {
    return [
      foundElsewhere(
        { kind: 'prior_lines', polarity: 'required', min: 0, max: 0, setting: null },
        'lines-title',
        'title',
        titleOf(input, FIRST_LINE),
        0.7,
      ),
    ]
  }
  const first = some.find(({ bounds }) => bounds.max !== null) ?? some[0]
  if (first) return [toFinding([first], 'lines-progressed', true, cohortsOf(document))]
  if (titled === 'progressed') {
    return [
      foundElsewhere(
        { kind: 'prior_lines', polarity: 'required', min: 1, max: null, setting: null },
        'lines-title',
        'title',
        titleOf(input, PROGRESSED_ON),
        0.6,
      ),
    ]
  }
  return []
}

/** An alternative cohort of untreated people widens the counts of the others. */
const withCohorts = <T extends { sentence: Sentence }>(counts: T[], none: T[]): T[] => [
  ...counts,
  ...none.filter(
    ({ sentence }) => sentence.cohort !== null && !counts.some((other) => other.sentence.cohort === sentence.cohort),
  ),
]

function toFinding(
  all: { bounds: Bounds; sentence: Sentence }[],
  rule: string,
  treatedBefore: boolean,
  known: ReadonlySet<string>,
): Finding {
  const cohorts = new Set(all.map(({ sentence }) => sentence.cohort))
  const alternatives = cohorts.size > 1
  const mins = all.map(({ bounds }) => bounds.min).filter((min) => min !== null)
  const maxs = all.map(({ bounds }) => bounds.max).filter((max) => max !== null)
  const stated = alternatives ? mins.length === all.length : mins.length > 0
  let min = stated ? (alternatives ? Math.min(...mins) : Math.max(...mins)) : null
  const partial = !cohorts.has(null) && [...known].some((cohort) => !cohorts.has(cohort))
  const max = maxs.length > 0 && !partial && (!alternatives || maxs.length === all.length) ? Math.max(...maxs) : null
  if (min === null && max !== null) min = treatedBefore && max > 0 ? 1 : 0
  const lead = all[0]
  if (min !== null && max !== null && min > max) min = max
  if (!lead) throw new RangeError('no statement of lines to join')
  return found(
    { kind: 'prior_lines', polarity: 'required', min, max, setting: settingOf(lead.sentence.text) },
    rule,
    lead.sentence,
    {
      from: lead.bounds.from,
      to: lead.bounds.to,
      cohort: alternatives ? null : lead.sentence.cohort,
      confidence: rule === 'lines-progressed' ? 0.6 : 0.85,
    },
  )
}

/** Names of the cohorts that inclusion statements are limited to. */
const cohortsOf = ({ statements }: Document): ReadonlySet<string> =>
  new Set(statements.flatMap(({ cohort, section }) => (cohort && section !== 'exclusion' ? [cohort] : [])))

function settingOf(text: string): string | null {
  if (/\bmetasta/.test(text)) return 'metastatic'
  if (/\blocally advanced\b|\blocalement avance/.test(text)) return 'locally_advanced'
  if (/\badvanced\b|\bavance/.test(text)) return 'advanced'
  return /\b(?:relapsed|refractory|recurrent|rechute|refractaire)\b/.test(text) ? 'relapsed' : null
}

/** "Has not received more than three lines". */
const NOT_RECEIVED = /\bnot (?:have |has )?(?:previously )?(?:received|had|undergone) (?:any )?$/

function readCounts(sentence: Sentence): Bounds[] {
  const all: Bounds[] = []
  if (!/line|regimen|ligne|therap|treatment/.test(sentence.text)) return all
  for (const match of sentence.text.matchAll(COUNTED)) {
    const from = match.index
    const to = from + match[0].length
    const tail = sentence.text.slice(to, to + 30)
    if (NOT_COUNTED.test(match[0]) || /^ (?:arms?|groups?|cycles?|of (?:radio|radiation|antibiotic))/.test(tail))
      continue
    if (
      /\bline\b/.test(match[0]) === false &&
      !/\b(?:prior|previous|systemic|regimens?|lignes?|lines?|anterieur\w*)\b/.test(match[0])
    )
      continue
    if (ADJUVANT_ONLY.test(match[0])) continue
    const [, atLeast, atMost, above, below, only, low, , upper, high, more, also] = match
    const first = toNumber(low)
    const second = high === undefined ? null : toNumber(high)
    const bounds = boundsOf({ atLeast, atMost, above, below, only, first, second, upper, more, also })
    const isTurned = sentence.side === 'out' || NOT_RECEIVED.test(sentence.text.slice(0, from))
    const turned = isTurned ? complement(bounds, match[0]) : bounds
    if (sentence.side === 'allowed' && turned.max === null) continue
    if (sentence.side === 'allowed') turned.min = null
    if (turned.min !== null || turned.max !== null) all.push({ ...turned, from, to })
  }
  return all
}

interface Parts {
  atLeast: string | undefined
  atMost: string | undefined
  above: string | undefined
  below: string | undefined
  only: string | undefined
  first: number
  second: number | null
  upper: string | undefined
  more: string | undefined
  also: string | undefined
}

function boundsOf({ atLeast, atMost, above, below, only, first, second, upper, more, also }: Parts): {
  min: number | null
  max: number | null
} {
  if (also) return { min: first, max: toNumber(also) }
  if (second !== null) return { min: first, max: upper && /less|fewer/.test(upper) ? second - 1 : second }
  if (more && /more|greater|plus|\+/.test(more)) return { min: first, max: null }
  if (more) return { min: null, max: first }
  if (atLeast) return { min: first, max: null }
  if (atMost) return { min: null, max: first }
  if (above) return { min: first + 1, max: null }
  if (below) return { min: null, max: first - 1 }
  if (only) return { min: first, max: first }
  return { min: first, max: first }
}

/** What an exclusion rules out leaves the rest: "> 2 lines" leaves at most 2. */
function complement(
  { min, max }: { min: number | null; max: number | null },
  words: string,
): { min: number | null; max: number | null } {
  if (min !== null && max === null) return { min: null, max: min - 1 }
  if (max !== null && min === null) return { min: max + 1, max: null }
  return /\b(?:more|greater|>|≥)/.test(words) && min !== null ? { min: null, max: min - 1 } : { min: null, max: null }
}

const toNumber = (words: string | undefined) => NUMBER_WORDS[words ?? ''] ?? Number(words)

function readNone(sentence: Sentence): Bounds | null {
  const { text } = sentence
  const whole = (match: RegExpExecArray): Bounds => ({
    min: 0,
    max: 0,
    from: match.index,
    to: Math.min(text.length, match.index + match[0].length + 80),
  })
  if (sentence.side === 'in') {
    const untreated = untreatedMatch(text)
    if (untreated) return whole(untreated)
    const none = NONE_BEFORE.exec(text)
    const isOne = none !== null && ONE_TREATMENT.test(text.slice(none.index + none[0].length))
    if (none && !isOne && !WINDOW.test(text) && aboutDisease(text, none) && !isClassOnly(text.slice(none.index)))
      return whole(none)
    return null
  }
  if (sentence.side !== 'out' || WINDOW.test(text)) return null
  const head = /^[^:;.]{0,40}: /.exec(text)?.[0].length ?? 0
  const body = text.slice(head)
  const any = ANY_BEFORE.exec(body) ?? ANY_TREATMENT_BEFORE.exec(body)
  if (!any || isClassOnly(body.slice(any.index)) || NOT_ALL.test(body)) return null
  any.index += head
  if (/\b(?:no|not|without|never)\b/.test(text.slice(0, any.index + any[0].length))) return null
  if (
    /\b(?:toxicit\w+|adverse|recover\w+|progress\w+ (?:on|during|within|after)|hypersensitiv\w+|discontinu\w+|unless)\b/.test(
      text.slice(0, any.index + any[0].length + 40),
    )
  )
    return null
  return aboutDisease(text, any) ? whole(any) : null
}

/** Untreated lesions, one of several alternatives, or what the trial gives to untreated people. */
const NOT_UNTREATED =
  /\b(?:brain|cns|metastases|hepatitis|(?:or|and) (?:previously|pre)[- ]?treated|treated or|either|or (?:have |has |had )?(?:progress\w+|relaps\w+|refractory|failed|recurr\w+)|for (?:the )?(?:previously[- ]untreated|treatment[- ]naive))\b/
/** "No prior treatment targeting …": one treatment. */
const ONE_TREATMENT =
  /^[^.;,]{0,12}\b(?:with|by|targeting|directed)\b(?! (?:any |prior |previous )*(?:systemic|anti-?\s?cancer|treatment|therapy|medical))/

function untreatedMatch(text: string): RegExpExecArray | null {
  const match = UNTREATED.exec(text)
  if (!match) return null
  const around = text.slice(Math.max(0, match.index - 40), match.index + 60)
  return NOT_UNTREATED.test(around) || ONE_TREATMENT.test(text.slice(match.index + match[0].length)) ? null : match
}

/** Where an inclusion says "previously untreated"; offsets in the sentence. */
export function untreatedIn({ side, text }: Sentence): { from: number; to: number } | null {
  const match = side === 'in' ? untreatedMatch(text) : null
  return match ? { from: match.index, to: match.index + match[0].length } : null
}

/** Only for the setting the trial is about; adjuvant courses alone are not lines of it. */
function aboutDisease(text: string, match: RegExpExecArray): boolean {
  const after = text.slice(match.index, match.index + match[0].length + 140)
  return (
    FOR_DISEASE.test(after) ||
    (/^[^,;.]{0,90}$/.test(
      text
        .slice(match.index + match[0].length)
        .trim()
        .slice(0, 90)
        .replace(/[.;]+$/, ''),
    ) &&
      text.length - match.index < 90)
  )
}

/** Some treatment is admitted all the same. */
const NOT_ALL = /\b(?:not part of|other than|outside of|besides)\b/

/** "No prior systemic immunotherapy", "prior systemic steroids": a class of drugs, not all treatment. */
const isClassOnly = (words: string) =>
  /^[^.;,(]{0,60}\b(?:steroid\w*|corticosteroid\w*|immunosuppress\w*|antibiotic\w*|antifungal\w*|radiosensit\w*|estrogen\w*|inhibitors?)\b/.test(
    words,
  )

const PROGRESSED_ON =
  /\b(?:progress\w*|failed|failure|resistant)\b[^.]{0,20}\b(?:on|after|to|of)\b[^.]{0,40}\b(?:therap\w+|treatments?|inhibitors?|tkis?|chemo\w*|line)\b|\bpreviously[- ]treated with\b/

function fromTitle(input: CriteriaInput): 'first' | 'later' | 'progressed' | null {
  const titles = [input.briefTitle, input.officialTitle ?? ''].map(fold)
  if (titles.some((title) => PROGRESSED_ON.test(title))) return 'progressed'
  if (
    titles.some((title) =>
      /\b(?:second|2nd|third)[- ]line\b|\bpreviously[- ]treated\b|\brelapsed\b|\brefractory\b|\bdeuxieme ligne\b|\b(?:progress\w*|resistant) (?:on|after|to)\b|\bpretreated\b|en rechute|refractaire/.test(
        title,
      ),
    )
  )
    return 'later'
  if (
    titles.some(
      (title) =>
        (FIRST_LINE.test(title) &&
          !/\b(?:after|following|post|maintenance|progress\w+)\b[^.]{0,40}\b(?:first|1st)[- ]line|\bmaintenance\b/.test(
            title,
          )) ||
        /\b(?:treatment[- ]na|previously[- ]untreated|non traite)/.test(title),
    )
  )
    return 'first'
  return null
}

const titleOf = (input: CriteriaInput, pattern: RegExp) =>
  [input.officialTitle, input.briefTitle].find(
    (title) => title && (pattern.test(fold(title)) || UNTREATED.test(fold(title))),
  ) ?? input.briefTitle
