import type { Sentence } from '../sentences.ts'
import { THERAPY_NAMES } from '../therapies/names.ts'
import type { Bounds } from './bounds.ts'
import { isAboutDisease, listedAt, namesDisease, wholeOf, withoutAsides } from './treatments.ts'

/** People who had no systemic treatment, in folded text. */
export const UNTREATED =
  /\b(?:previously[- ]untreated|treatment[- ]na[iï]ve|chemo(?:therapy)?[- ]na[iï]ve|therapy[- ]na[iï]ve|untreated (?:for|with)|untreated (?:locally|metastatic|advanced|unresectable|extensive|stage)|naifs? de (?:tout )?traitement|non (?:pre)?traite\w*|jamais (?:recu|ete traite)|not (?:been )?previously (?:been )?treated(?! (?:with|by)))/
/** Recent treatment: a wash-out, and no count of lines. */
export const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past)|dans les|prior to \d)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|half-lives|jours?|semaines?|mois)\b|\b\d+ (?:days?|weeks?|months?) (?:of|prior|before|from|since)\b/

/** "No prior systemic therapy", "previously untreated": none; null when a sentence does not say so. */
export function readNone({ side, text }: Sentence): Bounds | null {
  if (side === 'allowed') return null
  const found = side === 'in' || DENIED_AGAIN.test(text) ? noneAskedFor(text) : anyRuledOut(text)
  return found === null ? null : { min: 0, max: 0, from: found.from, to: Math.min(text.length, found.to + 80) }
}

/** An exclusion that says once more what must not be: "Patients must not have received …". */
export const DENIED_AGAIN =
  /^\W*(?:note:? )?(?:the )?(?:patients?|participants?|subjects?)? ?(?:(?:must|should|may) not have (?:previously )?(?:received|had|undergone)|(?:must|should) have (?:had|received|undergone) no)\b/

/** "No standard therapy" exists; "no other therapy" than that. */
const NOT_THERE = /^(?:[a-z]+ )*(?:standard|available|effective|approved|alternative|other|further)\b/

interface Place {
  from: number
  to: number
}

const SAYS_HAD = '(?:received|had|undergone|treated with|recu|prior|previous|earlier|past)'
const DENIED = new RegExp(
  `\\b(?:(?:no|without|aucune?|sans)|(?:not|never|pas|jamais)(?: (?:have|has|had|be|been|yet|previously|any))* ${SAYS_HAD})\\b(?: (?:${SAYS_HAD}|de|any|history of|known))* `,
  'g',
)

function noneAskedFor(folded: string): Place | null {
  const untreated = untreatedMatch(folded)
  if (untreated) return placeOf(untreated)
  const text = withoutAsides(folded)
  if (WINDOW.test(text)) return null
  for (const match of text.matchAll(DENIED)) {
    const at = match.index + match[0].length
    const { items, end } = listedAt(text, at)
    const whole = wholeOf(items)
    if (whole && !NOT_THERE.test(items[0] ?? '') && isAboutDisease(text.slice(end)))
      return { from: match.index, to: end }
  }
  return null
}

const HAD = /\b(?:prior|previous|previously received|earlier|past|anterieure?s?|received|undergone|had) (?!to\b|or\b)/g
/** All that may stand before it in an exclusion: whoever had it, and no other reason to name it. */
const BEFORE_HAD =
  /^\W*(?:(?:patients?|participants?|subjects?|those|individuals|men|women|who|have|has|had|having|received|with|any|an?|of|the|all|known|history|either|or|current|concurrent|previously|prior|previous|use|receipt|includes?|including)\W+)*$/
const HEAD = /^[^:;.]{0,40}: /
/** Some treatment is admitted all the same, or what it did is what rules out. */
const NOT_ALL =
  /\b(?:not part of|other than|outside of|besides|unless|toxicit\w+|adverse|recover\w+|progress\w+ (?:on|during|within|after)|hypersensitiv\w+|discontinu\w+|high[- ]dose)\b/

function anyRuledOut(folded: string): Place | null {
  const text = withoutAsides(folded)
  if (WINDOW.test(folded) || NOT_ALL.test(text)) return null
  const head = HEAD.exec(text)?.[0].length ?? 0
  for (const match of text.slice(head).matchAll(HAD)) {
    if (match.index > 120 || !BEFORE_HAD.test(text.slice(head, head + match.index))) return null
    const { items, end } = listedAt(text, head + match.index + match[0].length)
    const whole = wholeOf(items)
    const rest = text.slice(end)
    if (whole === 'systemic' ? isAboutDisease(rest) : whole === 'generic' && namesDisease(rest))
      return { from: head + match.index, to: end }
  }
  return null
}

/** Untreated lesions, or what the trial gives to untreated people. */
const NOT_UNTREATED =
  /\b(?:brain|cns|metastases|hepatitis|(?:or|and) (?:previously|pre)[- ]?treated|treated or|either|or (?:have |has |had )?(?:progress\w+|relaps\w+|refractory|failed|recurr\w+)|for (?:the )?(?:previously[- ]untreated|treatment[- ]naive))\b/
/** "Untreated with X", "naive to X": one treatment. */
const ONE_TREATMENT =
  /^ (?:with|by|to) (?!(?:any |prior |previous )*(?:systemic|anti-?\s?cancer|treatment|therapy|medical|palliative|chemotherapy))/
const OF_PURPOSE = / with$/

function untreatedMatch(text: string): RegExpExecArray | null {
  const match = UNTREATED.exec(text)
  if (!match) return null
  const around = text.slice(Math.max(0, match.index - 40), match.index + 60)
  const after = text.slice(match.index + match[0].length)
  const isOne = ONE_TREATMENT.test(OF_PURPOSE.exec(match[0])?.[0] + after) || ONE_TREATMENT.test(after)
  return NOT_UNTREATED.test(around) || isOne || namesClass(text.slice(Math.max(0, match.index - 30), match.index))
    ? null
    : match
}

/** "osimertinib treatment-naive": naive of that one. */
const namesClass = (before: string) =>
  THERAPY_NAMES.findAll(before).some(({ end }) => end >= before.length - 1) ||
  /\b(?:io|tkis?|inhibitors?)[ -]?$/.test(before)

const placeOf = (match: RegExpExecArray): Place => ({ from: match.index, to: match.index + match[0].length })

/** Where an inclusion says "previously untreated"; offsets in the sentence. */
export function untreatedIn({ side, text }: Sentence): Place | null {
  const match = side === 'in' ? untreatedMatch(text) : null
  return match ? placeOf(match) : null
}
