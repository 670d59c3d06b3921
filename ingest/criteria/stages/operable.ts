import type { Hit } from './hit.ts'

const FIT = '(?:suitable|amenable|eligible|candidates?|accessible|appropriate)'
const OPERATION = '(?:surg\\w+|resect\\w+|operation|chirurg\\w+|exerese)'
/** Said of the disease without the word "unresectable". */
const NOT_OPERABLE = new RegExp(
  `\\b(?:(?:not|no longer|never|pas|isn't) (?:[a-z]+ ){0,3}?${FIT}|(?:ineligible|unsuitable|inappropriate))\\b[^.;,]{0,20}\\b(?:for|to|a|by|par)\\b[^.;,]{0,40}\\b(?:${OPERATION}|curative)\\b`,
)
const OPERABLE = new RegExp(
  `\\b(?:amenable to|candidates? for|eligible for|suitable for|accessible to) (?:(?:a|curative|complete|primary|definitive|upfront|surgical|radical|r0|anatomical|anatomic)(?: |-intent ))*${OPERATION}\\b`,
)
const RESECTED =
  /\b(?:after|following|underwent|undergone|having had|treated (?:with|by)) (?:[a-z-]+ ){0,2}?(?:complete|curative|definitive|radical|r0)(?: |-intent )(?:surgical )?(?:resection|surgery|excision)\b(?! (?:or|and\/or) )/
const RETURNED = /\b(?:progress\w*|recur\w*|relaps\w*|metasta\w*|not|no|never|without)\b/
const NEGATION =
  /\b(?:not|no|non|never|neither|nor|un\w+|in(?:eligible|operable)|without|pas|if|or|unless)\b[^.;,]{0,50}$/
const EARLIER = /\b(?:received|prior|previous\w*)\b/

/**
 * "Not amenable to curative surgery", "amenable to surgical resection", "after complete resection". `folded`: one
 * sentence.
 */
export function operabilityIn(folded: string): Hit[] {
  const not = NOT_OPERABLE.exec(folded)
  if (not) return EARLIER.test(not[0]) ? [] : [hitOf('unresectable', not)]
  const operable = OPERABLE.exec(folded)
  if (operable && !NEGATION.test(folded.slice(0, operable.index))) return [hitOf('resectable', operable)]
  const resected = RESECTED.exec(folded)
  return resected && !RETURNED.test(folded) ? [hitOf('resected', resected)] : []
}

const hitOf = (code: string, match: RegExpExecArray): Hit => ({
  code,
  from: match.index,
  to: match.index + match[0].length,
})
