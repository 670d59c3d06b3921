import type { Finding } from '../evidence.ts'
import type { Mention } from './names.ts'
import { HARM_OF, LIMITED, OTHER_SUBJECT, type Told, therapyFinding, WINDOW } from './told.ts'

const COUNTED_LINES =
  /(?:\b(?:more than|greater than|at least|exceeding|plus de|up to|no more than|fewer than|less than)|[≥≤<>]=?) ?(?:\w+ ){0,2}(?:prior |previous )?(?:[a-z]+ ){0,2}(?:lines?|regimens?|lignes?)\b/
/** "For patients with prior …": what follows is asked of these only. */
const FOR_SOME = /^\W*for (?:patients|participants|subjects) (?:who|with)\b/

/** Treatments that keep out whoever had them. */
export function excludedBy({ sentence, lead, mentions }: Told): Finding[] {
  const { text } = sentence
  if (OTHER_SUBJECT.test(text)) return []
  if (COUNTED_LINES.test(text) || FOR_SOME.test(text)) return []
  return mentions.flatMap((mention) => {
    if (COMBINED.test(text.slice(mention.end)) || COMBINED_BEFORE.test(text.slice(0, mention.start))) return []
    if (CONJOINED.test(text.slice(mention.end)) || HARM_OF.test(text.slice(0, mention.start))) return []
    if (!isOfCancer(mention, text, mentions) || WINDOW.test(lead + clauseOf(text, mention).replace(ALLOWANCE, ' ')))
      return []
    const isReceived =
      mention.history === 'received' ||
      (mention.history === null && (isWholeStatement(text, mention) || isBareList(text, mentions)))
    return isReceived ? [therapyFinding(sentence, mention, 'excluded', LIMITED.test(text.replace(EXAMPLE, ' ')))] : []
  })
}

const CLAUSE = /[,;] (?:or|and) (?:who )?(?:have|has|had) /g

/**
 * What a sentence says of a treatment in one breath: "took part in a trial within a month, or | have had a transplant".
 */
function clauseOf(text: string, { start }: Mention): string {
  let [from, to] = [0, text.length]
  for (const { index } of text.matchAll(CLAUSE)) {
    if (index <= start) from = index
    else to = Math.min(to, index)
  }
  return text.slice(from, to)
}

/** One of several treatments given together: neither alone rules out. */
const COMBINED = /^[^.;,]{0,40}\b(?:in combination|combined with|associee?s? a|en association)\b/
const COMBINED_BEFORE = /\b(?:in combination with|combined with|associee?s? a|en association avec)\b[^.;,]{0,60}$/

/** What rules out is what happened under it: "… and experienced a severe reaction". */
const CONJOINED =
  /\band (?:who )?(?:was|were|has been|have been|had|has|have)? ?(?:discontinued|withdrawn|experienced|developed)\b|\band (?:is|are) currently\b|^[^.;]{0,60}\band (?:who )?(?:have |has |had )?(?:experienc\w+|develop\w+|discontinu\w+|progress\w+|suffer\w+|relaps\w+|did not|not|were|was)\b|^[^.;]{0,80}\bwho (?:had|have had|experienced|developed|discontinued)\b/
const SURGERY_OF_CANCER =
  /\b(?:cancers?|tumou?rs?|oncolog\w+|curative|radical|carcinom\w+|malignan\w+|metasta\w+|disease|sarcom\w+|primary|definitive|cancer\w*|tumeurs?|metastases?)\b/
const OTHER_CANCER =
  /\b(?:basal[- ]cell|in situ|squamous[- ]cell carcinoma of the skin|(?:other|another|second|previous|prior) (?:primary )?(?:malignan\w+|cancers?))\b/

/** Surgery of any kind is named in exclusions; treatments of another cancer are. */
const isOfCancer = ({ code }: Mention, text: string, mentions: readonly Mention[]) =>
  !OTHER_CANCER.test(text) && (code !== 'surgery' || mentions.length > 1 || SURGERY_OF_CANCER.test(text))

/** "(prior … permitted in the adjuvant setting if …)". */
const ALLOWANCE = /\([^()]*\b(?:permitted|allowed|eligible|acceptable|included)\b[^()]*\)/g
const EXAMPLE = /\((?:e\.?g|i\.e|such as|including)[^()]*\)/g

/** A line that is the name of a treatment, or its use in a setting: having had it rules out. */
const isWholeStatement = (text: string, { start, end }: Mention) =>
  STATEMENT_START.test(text.slice(0, start)) && STATEMENT_END.test(text.slice(end))

/** A line that is a list of names: "Orlotamab, enoblituzumab or other …". */
function isBareList(text: string, mentions: readonly Mention[]): boolean {
  let rest = text
  for (const { start, end } of mentions) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  return mentions.length > 1 && /^(?:[\W_]|\b(?:or|and|any|other|ou|et)\b)*$/.test(rest)
}

const STATEMENT_START =
  /^\W*(?:(?:any|(?:use of|treatment|receipt of|(?:any|one or more) lines? of)(?: with)?) (?:an? |any |therapy )?)?$/
const STATEMENT_END =
  /^s?\W*$|^[^.;]{0,60}\b(?:in any setting|at any time|(?:in|for) (?:the |their |an? )?(?:[a-z-]+ (?:or )?){0,3}(?:metasta\w+|advanced|recurrent|relapsed))\b|^ (?:for [a-z -]{2,40} )?(?:prior to|before) (?:surgery|resection|transplant\w*)\b/
