import { type Alteration, alterationToken, negative, positive, type Token } from './grammar.ts'

const IHC_SCORE = /^(?:(?:ihc|score|immunohistochemistry|is|of|a)[ :=]*)*(?:[(]?)([0-3]) ?\+(?![0-9])/
/** None or hardly any: 0 to 1+ is HER2-negative, and so is 2+ whose gene is not amplified (ASCO/CAP 2023). */
const IHC_NEGATIVE =
  /^(?:(?:ihc|score|immunohistochemistry|is|of|a)[ :=(]*)*(?:0 ?(?:-|\/|,|to|or) ?(?:or )?1 ?\+(?![0-9])|2 ?\+ ?[/,(]? ?(?:and|with)? ?(?:f?ish|in situ hybridi[sz]ation|fluorescence in situ hybridi[sz]ation)[ -]?(?:\(f?ish\) ?)?(?:neg|-(?!pos)))/
const IHC_ZERO = /^ihc ?(?:score )?(?:of )?0\b/
const SUM = /^\d \+ \d/
const THRESHOLD =
  /^(?:(tps|cps|tc|ic|tap|tumou?r proportion score|combined positive score|h-?score|score|expression|tumou?r cells?|level|expressed|rate|index)[ ()a-z:=]{0,24}?)?(>=|>\/=|≥|≤|<=|<|>|=|at least|greater than or equal to|greater than|more than|no less than|not less than|less than|superieure? (?:ou egale? )?a|of at least|is at least|au moins|above|over|below) ?(?:\([≥≤<>=]+\) ?)?(\d{1,4}(?:\.\d+)?)(?![\d,])(?! ?(?:x|×|\*|times|fold)\b| ?×) ?(%|percent|per ?cent|pour cent)?/

/** A value on a scale at the beginning of `rest` (folded): "TPS ≥ 50 %", "IHC 2+", "≥ 10 %". Offsets from `at`. */
export function measureAt(rest: string, at: number): Token | null {
  const threshold = THRESHOLD.exec(rest)
  if (threshold) {
    const end = at + threshold[0].length
    // "TPS < 50 %" takes in who has little of it and who has none: it asks for nothing.
    if (isBelow(threshold[2]) && Number(threshold[3]) > 1) return { type: 'test', start: at, end }
    return { type: 'threshold', alteration: alterationOfThreshold(threshold, rest), start: at, end }
  }
  const low = IHC_NEGATIVE.exec(rest)
  if (low) return alterationToken(negative('negative'), false, at, at + low[0].length)
  const score = IHC_SCORE.exec(rest) ?? IHC_ZERO.exec(rest)
  if (!score || SUM.test(rest)) return null
  const grade = score[1] === undefined ? '0' : `${score[1]}+`
  const said = grade.startsWith('0') ? negative('negative') : positive('expression')
  return alterationToken({ ...said, threshold: `IHC ${grade}` }, false, at, at + score[0].length)
}

const isBelow = (comparison = '') => /^(?:<|≤|less|below)/.test(comparison)

function alterationOfThreshold([whole, , comparison, value, percent]: RegExpExecArray, rest: string): Alteration {
  const scale =
    /\b(tps|cps|tc|ic|tap)\b/.exec(whole)?.[1]?.toUpperCase() ??
    (/combined positive/.test(rest) ? 'CPS' : /proportion/.test(rest) ? 'TPS' : '')
  const below = isBelow(comparison)
  const sign = below ? '<' : /^(?:>|greater than|more than|above|over)$/.test(comparison ?? '') ? '>' : '>='
  const threshold = `${scale}${sign}${value}${percent ? '%' : ''}`
  return { code: below ? 'negative' : 'expression', sign: below ? '-' : '+', threshold }
}
