import type { Document, Sentence } from '../sentences.ts'
import type { Hit } from './hits.ts'

const EARLIER =
  /\b(?:antecedents?|within (?:the )?(?:last |past |previous )?(?:\d|two|three|five)|in situ|(?:second|secondary|prior|previous|concurrent|concomitant|history of|active|additional|synchronous)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)|malignan\w+ (?:other|within|in the)|autre (?:cancer|tumeur))\b/
const ANOTHER = /\b(?:other|another|different)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)\b/
const KINDS =
  /\b(?:histolog\w+|components?|subtypes?|variants?|mixed|outside of|(?:primary|anatomic\w*) (?:sites?|locations?))\b/
const HISTOLOGY =
  /\b(?:histolog\w+|components?|mixed|subtypes?|variants?|sarcomatoid|features|type|elements?|transformation|transformed|patients? with|participants? with|diagnosis of|known|has|have|small cell|neuroendocrine|presence of|sites?|primary)\b|^.{0,70}$/
const EXCEPTION = /\b(?:except|unless|other than|outside of|excluding|sauf|allerg\w+)\b/
const EXAMPLES = /\b(?:such as|e\.g|including)\b[^;]*$/
const CARE = /\b(?:if|treat\w+|\w*therap\w+|surgery|metastas[ei]s|resect(?:ed|ion)\w*)\b/
const OF_THE_BRAIN = /\b(?:brain|cns|leptomening\w+|central nervous)\b/
const PRIMARY_OF_BRAIN = /\bprimary (?:brain|cns|central nervous system)\b/
const NOT_A_DISEASE = /^[ -](?:burden|involvement|lesions?|infiltrat\w+|markers?|invasion|related|directed|treatment)\b/

/** Whether an exclusion rules a histology of the trial's disease out, rather than another malignancy or a treatment. */
export function isRuledOut(document: Document, sentence: Sentence, hit: Hit, hits: readonly Hit[]): boolean {
  const { text } = sentence
  const statement = document.statements[sentence.statement]
  const whole = statement ? document.folded.slice(statement.start, statement.end).replace(/\n/g, ' ') : text
  if (isOtherMalignancy(whole) || (sentence.lead && isOtherMalignancy(sentence.lead.text))) return false
  const before = text.slice(0, hit.from)
  const exception = EXCEPTION.exec(before)
  if (exception && !EXAMPLES.test(before.slice(exception.index))) return false
  const item = itemOf(text, hit)
  if (CARE.test(item.text.slice(0, item.at)) || NOT_A_DISEASE.test(text.slice(hit.to))) return false
  if (OF_THE_BRAIN.test(item.text) && !PRIMARY_OF_BRAIN.test(item.text)) return false
  return hit.from < 15 || HISTOLOGY.test(text) || isListOfDiagnoses(text, hit, hits)
}

/** "Another malignancy within 5 years"; not "other histologic types of prostate cancer". */
const isOtherMalignancy = (text: string) => EARLIER.test(text) || (ANOTHER.test(text) && !KINDS.test(text))

/** The item of the list that a cancer stands in, and where in it the cancer begins. */
function itemOf(text: string, { from, to }: Hit): { text: string; at: number } {
  const before = text.slice(0, from)
  const start = Math.max(0, ...[',', ';', ' or ', ' and '].map((mark) => before.lastIndexOf(mark)))
  const rest = /[,;]| (?:or|and) |$/.exec(text.slice(to))?.index ?? 0
  return { text: text.slice(start, to + rest), at: from - start }
}

const LIGHT =
  /\b(?:and|or|the|an?|of|any|in|known|active|concurrent|current|primary|clinically|significant|symptomatic|diagnos\w+|evidence|confirmed|documented|subtypes?|other|patients?|participants?|subjects?|who|have|has|with|having|et|ou)\b/g

/** Nothing but names of diseases before it: "concurrent amyloidosis, plasma cell leukaemia or POEMS syndrome". */
function isListOfDiagnoses(text: string, hit: Hit, hits: readonly Hit[]): boolean {
  let rest = ''
  let at = 0
  for (const { from, to } of [...hits].sort((a, b) => a.from - b.from)) {
    if (from >= hit.from) break
    if (from > at) rest += `${text.slice(at, from)} `
    at = Math.max(at, to)
  }
  rest += at < hit.from ? text.slice(at, hit.from) : ''
  const words =
    rest
      .replace(/\([^()]*\)/g, ' ')
      .replace(LIGHT, ' ')
      .match(/[a-z]{2,}/g) ?? []
  return words.length <= 2
}
