import { therapyAncestors, therapyIsWithin } from '../../../domain/vocabulary/therapies.ts'
import type { Finding } from '../evidence.ts'
import { untreatedIn } from '../lines/untreated.ts'
import { isOfSome } from '../some.ts'
import type { Mention } from './names.ts'
import { HARM_OF, LIMITED, OTHER_SUBJECT, type Told, type ToldMention, therapyFinding, WINDOW } from './told.ts'

/** The time since a treatment, in an inclusion: the wash-out of those who had it. */
const SINCE =
  /\b(?:elapsed|wash-?out|recovered|since (?:the )?(?:last|completion|end|prior|any|previous)|time (?:from|since)|(?<!free[- ])interval (?:of|between)|last dose|off therapy)\b|(?:\bat least|≥|>=|>|\bminimum of) ?(?:\d+|two|three|four|six) (?:days?|weeks?|months?)[^.;,]{0,20}\b(?:since|after|from|following|between|before|prior)\b|\bif (?:the |a |an )?(?:subject|patient|participant|tumou?r|eligible|indicated|available|they|it)\b/
/** "Participants without prior orchiectomy must go on with …": nobody is kept out. */
const ASKED_OF_UNTREATED =
  /\b(?:without|not (?:undergone|had|received))\b[^.;]{0,80}\b(?:must|should|are required|is required|need to|will)\b/
/** What counts as a line, or does not. */
const DEFINING = /\b(?:is|are) (?:not )?(?:counted|considered|regarded|defined) (?:as|to be)\b/
const ALTERNATIVES_LEAD = /\b(?:one of|either|any of|at least one|one or more|l'un d|au moins un)\b[^.;]{0,60}$/
/** "Patients who received adjuvant chemotherapy must have completed it": of those who did. */
const OF_TREATED =
  /\b(?:patients?|participants?|subjects?|those|women|men|if)\b[^.;]{0,20}\b(?:who|that|with) (?:have |has |had )?(?:also )?(?:previously )?(?:received|had|undergone|undergo|completed|prior|previous|an? (?:history|prior))[^.;]{0,140}\b(?:must|should|are (?:also )?(?:eligible|allowed|permitted)|may|need to|will be)\b/

/**
 * Treatments someone must have had, and those that an inclusion says they must not have had. `isOneWayIn`: the sentence
 * is one of several alternatives, and asks nothing of those who enter by another.
 */
export function requiredBy({ sentence, lead, mentions }: Told, isOneWayIn: boolean): Finding[] {
  const { text } = sentence
  const never =
    WINDOW.test(lead + text) || OTHER_SUBJECT.test(text) || ASKED_OF_UNTREATED.test(text)
      ? []
      : mentions.flatMap((mention) =>
          mention.history === 'never' ? [therapyFinding(sentence, mention, 'excluded', LIMITED.test(text))] : [],
        )
  const untreated = never.length === 0 ? untreatedIn(sentence) : null
  if (untreated)
    never.push(
      therapyFinding(
        sentence,
        { code: 'systemic therapy', start: untreated.from, end: untreated.to },
        'excluded',
        true,
      ),
    )
  if (
    isOneWayIn ||
    DEFINING.test(text) ||
    SINCE.test(text) ||
    OTHER_SUBJECT.test(text) ||
    (sentence.cohort === null && ALTERNATIVES_LEAD.test(lead)) ||
    /^\W*(?:or|ou)\b/.test(text)
  )
    return never
  if (isOfSome(text) || OF_TREATED.test(text)) return never
  return [
    ...never,
    ...togetherIn(
      text,
      mentions.filter(({ start }) => !HARM_OF.test(text.slice(0, start))),
    ).map((mention) => therapyFinding(sentence, mention, 'required', false)),
  ]
}

/**
 * The treatments someone must have had. Those joined by "or" are alternatives, of which only what they have in common
 * is asked; nothing, where one of them need not have been had.
 */
export function togetherIn(text: string, mentions: readonly ToldMention[]): Mention[] {
  return listsOf(text, mentions).flatMap(({ items, alternatives, combined }) => {
    if (alternatives && combined) return []
    const had = items.filter(({ history }) => history === 'received' || history === 'after' || history === 'ended')
    if (!alternatives) return had
    const [first] = had
    const isOpen = items.some(({ code, history }) => history === 'other' && had.every((one) => one.code !== code))
    const code = isOpen ? null : commonClass(had.map((mention) => mention.code))
    return first && code ? [{ code, start: first.start, end: had[had.length - 1]?.end ?? first.end }] : []
  })
}

interface List {
  items: ToldMention[]
  alternatives: boolean
  /** Some of them are given together ("A + B or A + C"). */
  combined: boolean
}

/** Treatments one after the other, joined by commas and "and" or "or". */
function listsOf(text: string, mentions: readonly ToldMention[]): List[] {
  const lists: List[] = []
  for (const mention of mentions) {
    if (OPTIONAL.test(text.slice(0, mention.start))) continue
    const open = lists[lists.length - 1]
    const last = open?.items[open.items.length - 1]
    const between = last ? text.slice(last.end, mention.start) : ''
    const joined = ALTERNATIVE.test(between)
    if (open && last && between.length < 80 && (joined || COMMA.test(between) || PLUS.test(between))) {
      open.items.push(mention)
      open.alternatives ||= joined
      open.combined ||= PLUS.test(between)
    } else
      lists.push({ items: [mention], alternatives: EXAMPLE_OF.test(text.slice(0, mention.start)), combined: false })
  }
  return lists
}

/** "… (+/- a CDK4/6 inhibitor)" need not have been had. */
const OPTIONAL = /(?:\bwith or without|\+ ?\/ ?-|±|\bavec ou sans)(?: an?| prior)? ?$/
const ALTERNATIVE = /\b(?:or|ou|such as|e\.g|eg)\b|(?<![+])\/(?!-)/
const COMMA = /^[^,;:]{0,14}, ?(?:an? |the )?(?:and )?$/
const PLUS = /^[^,;:]{0,14}\+ ?$/
const EXAMPLE_OF = /\b(?:such as|e\.g\.?|eg|comme)[ ,:(]{1,3}$/

/** The nearest class that all of several treatments belong to; null when only everything has them in common. */
function commonClass(codes: readonly string[]): string | null {
  const [first, ...others] = codes
  if (!first) return null
  if (others.length === 0) return first
  return (
    therapyAncestors(first).find(
      (candidate) => !WHOLE.has(candidate) && others.every((code) => therapyIsWithin(code, candidate)),
    ) ?? null
  )
}

const WHOLE = new Set(['systemic therapy', 'anticancer therapy'])
