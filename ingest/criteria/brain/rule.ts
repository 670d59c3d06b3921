import type { BRAIN_METASTASES_RULES } from '../../../domain/criterion.ts'
import type { Document, Sentence } from '../sentences.ts'
import { spreadIn } from './spread.ts'
import { isLimitedToState } from './state.ts'

export type Rule = (typeof BRAIN_METASTASES_RULES)[number]

/** What one sentence says of people with brain metastases; `lets`: whom it lets in, not whom it keeps out. */
export interface Said {
  rule: Rule
  lets: boolean
}

const EXCEPTION =
  /\b(?:unless|except|exceptions?|allowed|allowable|eligible|permitted|may (?:be )?(?:enrol|participate|includ|enter)\w*|can (?:be )?(?:enrol|participate|includ|enter)\w*|acceptable|provided|sauf|autorisees?|a condition|excepte|are not excluded|should (?:be|have been) (?:stable|treated|asymptomatic)|must (?:be|have been|have) (?:stable|treated|asymptomatic|completed|clinically|neurologically)|if (?:treated|stable|asymptomatic|they|previously|the)|only if)\b/
const STABLE =
  /\b(?:stable|stabili[sz]ed|treated|asymptomatic|controlled|inactive|irradiated|steroids?|corticosteroids?|traitees?|stables?|asymptomatiques?|controlees?|resected|radiother\w+|surgery|remission|without (?:clinical )?symptoms)\b/
const ON_CONDITION = /\b(?:if|provided|as long as|only|when|unless|following|must|should)\b/
const ANY_STATE =
  /\b(?:including (?:those with )?untreated|treated or untreated|regardless|whether or not|with or without|irrespective)\b/
/** Stable and active ones alike. */
const EVEN_STABLE =
  /\b(?:(?:previously )?treated (?:brain|cns)|asymptomatic (?:brain|cns)|asymptomatic or symptomatic|with or without symptoms|whether symptomatic|active or (?:inactive|history|previous|prior)|treated or untreated|current or (?:past|prior|history)|prior or current|history of (?:or|prior|previous))/
/** "For controlled CNS metastases, patients should have been off steroids": a condition among exclusions. */
const CONTROLLED =
  /^[^a-z]*(?:for |if |in |patients? |with |participants? |subjects? )*(?:controlled|stable|(?:previously )?treated) /
const EVEN_STABLE_AFTER =
  /^[^.;,]{0,25}\b(?:active or (?:treated|stable|inactive)|treated or untreated|symptomatic or asymptomatic|whether|with or without symptoms|regardless)\b/
const NOT_STABLE = /\b(?:un|not )treated|no longer/
const DENIAL =
  /\b(?:no|without|absence of|free of|free from|negative for|pas de|sans|absence de|must not have|not have|do not have|rule out|exclude)\b/
const PEOPLE_WITH =
  /\b(?:history of|patients with|participants with|subjects with|untreated|treated|previously treated|if)\b[^.]{0,60}$/
const HEADS_SENTENCE =
  /^[^a-z]*(?:(?:previously|adequately|treated|untreated|stable|asymptomatic|controlled|known|any) )*$/
const MUST_HAVE =
  /\b(?:at least one|≥ ?1|>= ?1|one or more|documented|confirmed|presence of|diagnos\w+|with|must have|have|known|measurable|newly|\d (?:to|-) \d)\b[^.()]{0,50}$/
const ELSEWHERE = /\b(?:imaging|mri|measurable disease outside|other than|outside|not)\b/

/** What a sentence says of brain metastases; null where it says nothing of them. */
export function saidOf(sentence: Sentence, document: Document): Said | null {
  const { text, side, lead } = sentence
  const match = spreadIn(text)
  const follows =
    !match && lead !== null && spreadIn(lead.text) !== null && (EXCEPTION.test(text) || side === 'allowed')
  if (!match && !follows) return null
  if (side === 'allowed' || follows) return { rule: letIn(sentence), lets: true }
  if (!match) return null
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)]
  const limited = isLimitedToState(before, match[0], after)
  if (side === 'out') {
    if (EVEN_STABLE_AFTER.test(after) && !/\b(?:may|must|should)\b/.test(after))
      return { rule: 'excluded', lets: false }
    return keptOut(sentence, document, `${before}${match[0]}`, limited)
  }
  if (DENIAL.test(`${before}${match[0].slice(0, 10)}`))
    return limited || (EXCEPTION.test(text) && STABLE.test(text)) ? only(true) : { rule: 'excluded', lets: false }
  return asked(text, before)
}

const only = (lets: boolean): Said => ({ rule: 'allowed_if_treated_or_stable', lets })

/** "Are eligible", "except for": on which condition. */
function letIn({ text, section }: Sentence): Rule {
  if (ANY_STATE.test(text)) return 'allowed'
  if (STABLE.test(text) || ON_CONDITION.test(text)) return 'allowed_if_treated_or_stable'
  if (/\b(?:active|untreated)\b/.test(text) && section !== 'exclusion') return 'allowed'
  return section === 'exclusion' ? 'allowed_if_treated_or_stable' : 'allowed'
}

function keptOut(sentence: Sentence, document: Document, head: string, limited: boolean): Said {
  const { text, lead } = sentence
  if (EXCEPTION.test(text) && (STABLE.test(text) || nextAllows(sentence, document))) return only(true)
  if (CONTROLLED.test(head) && /\b(?:must|should)\b/.test(text)) return only(true)
  if (EVEN_STABLE.test(`${head} `) && !NOT_STABLE.test(text)) return { rule: 'excluded', lets: false }
  if (limited) return only(false)
  if (lead !== null && isLimitedLead(lead.text)) return only(false)
  return nextAllows(sentence, document) ? only(true) : { rule: 'excluded', lets: false }
}

function isLimitedLead(text: string): boolean {
  const match = spreadIn(text)
  return (
    match !== null && isLimitedToState(text.slice(0, match.index), match[0], text.slice(match.index + match[0].length))
  )
}

/** Among inclusions: whom they let in, or that everyone must have brain metastases. */
function asked(text: string, before: string): Said | null {
  if (EXCEPTION.test(text)) {
    if (ANY_STATE.test(text)) return { rule: 'allowed', lets: true }
    return STABLE.test(text) || ON_CONDITION.test(text) ? only(true) : { rule: 'allowed', lets: true }
  }
  if (STABLE.test(text) && (PEOPLE_WITH.test(before) || HEADS_SENTENCE.test(before))) return only(true)
  const required = MUST_HAVE.test(before) && /metasta/.test(text) && !ELSEWHERE.test(text)
  return required ? { rule: 'required', lets: true } : null
}

/** The sentence after it, in the same statement, says who may enter all the same. */
function nextAllows(sentence: Sentence, document: Document): boolean {
  const next = document.sentences[sentence.index + 1]
  return next !== undefined && next.statement === sentence.statement && next.side === 'allowed'
}
