/** The kinds of spread only: what is active, untreated or causes symptoms. */
const STATE =
  '(?:active(?:ly)?|untreated|symptom(?:s|atic|atiques?)|uncontroll(?:ed|able)|unstable|progressi\\w+|progressing|newly|new|non[- ]?(?:traitees?|controlees?|stables?)|not (?:been )?(?:adequately |previously |definitively )?(?:treated|controlled|stable)|requir\\w+|needing|necessitant|evolutives?|actives?|symptomatiques?|instables?|non[- ]?(?:treated|irradiated|stable)|large|severe|>|causing)'
const HAS_STATE = new RegExp(`\\b${STATE}(?=\\W|$)|>`)
/** Words that may stand among words of state. */
const BESIDE_STATE = new Set(
  'known or and any have has history of presence evidence clinically neurologically recently previously treated patients subjects participants with the a an'.split(
    ' ',
  ),
)
const IS_STATE = new RegExp(`^${STATE}$`)
const GOES_ON = new RegExp(
  `^\\W*(?:that|which|who|defined|indicated|manifested|as|with|or|and|not|also|known|clinically|${STATE})\\b`,
)

/**
 * Whether the words around a naming of brain metastases (`before`, `after` it, in its sentence) limit it to those in
 * some state. "Active infection, brain metastases" does not: what stands behind a comma is another item of the list,
 * unless it goes on with words of state.
 */
export function isLimitedToState(before: string, named: string, after: string): boolean {
  if (HAS_STATE.test(named)) return true
  const items = before.split(',')
  let item = items.pop() ?? ''
  if (HAS_STATE.test(item)) return true
  while (items.length > 0) {
    item = items.pop() ?? ''
    if (!isOnlyState(item)) break
    if (HAS_STATE.test(item)) return true
  }
  const [first = '', ...rest] = after.slice(0, 160).split(/[,;]/)
  if (HAS_STATE.test(first)) return true
  for (const next of rest) {
    if (!GOES_ON.test(next)) return false
    if (HAS_STATE.test(next)) return true
  }
  return false
}

const isOnlyState = (item: string): boolean =>
  (item.match(/[a-z]+/g) ?? []).every((word) => BESIDE_STATE.has(word) || IS_STATE.test(word))
