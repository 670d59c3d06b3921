import type { Sentence } from '../sentences.ts'
import { isOfSome } from '../some.ts'
import type { Bounds } from './bounds.ts'
import { withoutAsides } from './treatments.ts'
import { WINDOW } from './untreated.ts'

/** The disease went on, or came back, in spite of a treatment. */
const ENDED =
  /\b(?:progress\w+|relaps\w+|recurr\w+|refractory|resistant|fail(?:ed|ing|ures?)|intoleran\w+|ineffective|exhausted)\b[^.;]{0,60}?\b(?:on|after|during|following|to|upon|under|of|despite|through|apres|sous|prior|previous|standard|conventional|available|induction|first-line)\b[^.;]{0,60}?\b(?:therap(?:y|ies)|treatments?|lines?|inhibitors?|tkis?|chemo\w*(?![ -/()]{1,3}radi)|regimens?|traitements?|lignes?)\b/
/** "Failed EGFR-TKI therapy". */
const FAILED =
  /\b(?:failed|failing|failures? (?:with|of|to)|exhausted)\b[^.;,]{0,60}?\b(?:therap(?:y|ies)|treatments?|lines?|inhibitors?|tkis?|chemo\w*|regimens?)\b/
/** "Must have received standard therapy". */
const RECEIVED_STANDARD =
  /\b(?:received|treated with|completed|had|undergone|exhausted)\b (?:all |any |the |prior |previous |adequate |available )*(?:standard|approved|established|conventional)\b[^.;,]{0,40}\b(?:therap(?:y|ies)|treatments?|regimens?|care)\b/
/** "Previous treatment with chemotherapy for advanced disease", said of everyone. */
const TREATED_BEFORE =
  /^\W*(?:(?:patients?|participants?|subjects?|must|should|have|has|been|who|with|had|received) )*(?:(?:prior|previous|previously) (?:systemic |anti-?cancer )*(?:treated|treatments?|therap(?:y|ies)|chemotherapy)\b|(?:received|treated with) [^.;,]{0,50}\b(?:systemic|chemo\w*|therap(?:y|ies)|lines?)\b)[^.;]{0,80}\b(?:advanced|metastatic|recurrent|relapsed|unresectable|disease under study)\b/
const NOT_PROGRESSED = /\b(?:no|not|without|never|sans|pas|except|unless|if)\b[^.;,]{0,40}$/
/** "Relapsed after radiation therapy": no systemic line. */
const LOCAL =
  /\b(?:radiation|radio-?therap\w+|radio[ -]?chemo\w*|chemo[ -]?radi\w+|crt|surg\w+|local|locoregional|resection|ablation|transplant\w*|hsct|asct|bcg|adjuvant|definitive|curative|initial|primary|prostatectomy)\b/
const SYSTEMIC =
  /\b(?:systemic|chemo(?:therapy)?\b(?![ -]?radi)|standard|lines?|inhibitors?|tkis?|regimens?|platinum)\b/
/** "… or for whom there is none", "… or who cannot have it": others than those treated before may enter. */
const OR_UNTREATED =
  /\b(?:or|ou)\b(?: (?!and\b|refractory|relapsed|recurrent|metastatic)[^ .;]+){0,12}? (?:no|not|none|lack\w*|lacking|without|unable|cannot|ineligible|unsuitable|inappropriate|unavailable|declin\w+|refus\w+|unwilling|never|untreated|naive|n'est pas|aucun\w*)\b/
const UNTREATED_OR =
  /\b(?:no|not|cannot|unable|lack of|without|ineligible|unsuitable)\b[^.;]{0,60}\b(?:or|ou)\b[^.;]{0,40}$/
/** "…, and be intolerant or ineligible": asked for besides. */
const AND_BESIDES = /, and (?:are|be|is|have|has|must|should|who)\b/
/** "(a) … ; or (b) …": one of several ways in. */
const ITEM_OF_LIST = /\bor:? ?\(?(?:[b-d]|ii|iii|[2-4])[).]/

/** "Progressed on prior chemotherapy", "has received standard therapy": at least one line. */
export function readProgressed({ side, text }: Sentence): Bounds | null {
  if (side !== 'in') return null
  const plain = withoutAsides(text)
  const match = ended(plain) ?? RECEIVED_STANDARD.exec(plain) ?? TREATED_BEFORE.exec(plain)
  if (!match || ITEM_OF_LIST.test(text)) return null
  const before = plain.slice(0, match.index)
  const rest = plain.slice(match.index)
  if (NOT_PROGRESSED.test(before) || UNTREATED_OR.test(before)) return null
  const [ofTreated = ''] = rest.slice(match[0].length).split(AND_BESIDES, 1)
  if (OR_UNTREATED.test(match[0] + ofTreated)) return null
  if (WINDOW.test(rest.slice(0, match[0].length + 20)) || isOfSome(text)) return null
  return { min: 1, max: null, from: match.index, to: match.index + match[0].length }
}

const NOT_ENDED = /\b(?:ineligible|for (?:which|whom)|no|not|without|treated with|receiv\w+)\b/

function ended(plain: string): RegExpExecArray | null {
  const match = ENDED.exec(plain) ?? FAILED.exec(plain)
  if (!match || NOT_ENDED.test(match[0])) return null
  return LOCAL.test(match[0]) && !SYSTEMIC.test(match[0]) ? null : match
}

/** "After first-line chemotherapy", in a trial that goes on from it. */
const AFTER_FIRST =
  /\b(?:first|1st|1)[- ]?line (?:of )?(?:[a-z-]+ ){0,4}(?:chemo\w*|therap\w+|treatment|regimen)\b[^.;]{0,60}\b(?:received|completed|given|administered|without progress\w+|recu\w*)\b|\b(?:received|completed|after|following)\b[^.;]{0,40}\b(?:first|1st|1)[- ]?line\b/
/** What came back after a first line may have had more since. */
const CAME_BACK =
  /\b(?:progress\w+|relaps\w+|recurr\w+|refractory|resistant|fail\w+)\b|\bat least (?:a |one )?(?:first|1st)\b/
const DENIED = /\b(?:no|not|without|sans|pas)\b[^.;,]{0,30}\b(?:progress\w+|relaps\w+|recurr\w+)/

/** "Completed first-line chemotherapy": exactly one line. */
export function readAfterFirst({ side, text }: Sentence): Bounds | null {
  const match = side === 'in' ? AFTER_FIRST.exec(text) : null
  if (!match || /\bor (?:later|second|subsequent)/.test(text)) return null
  const isOpen = CAME_BACK.test(text) && !DENIED.test(text)
  return { min: 1, max: isOpen ? null : 1, from: match.index, to: match.index + match[0].length }
}

/** The treatment that failed may be one around an operation, and no line for the disease of the trial. */
const AFTER_ADJUVANT = /\b(?:progress\w+|relaps\w+|recurr\w+|fail\w+)\b[^.;]{0,60}\b(?:neo-?)?adjuvant\b/

/** "Progressed within six months of adjuvant chemotherapy". */
export const isAfterAdjuvant = ({ side, text }: Sentence): boolean => side === 'in' && AFTER_ADJUVANT.test(text)
