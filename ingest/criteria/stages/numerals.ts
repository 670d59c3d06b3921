import { normaliseStageNumeral, stageRange } from '../../../domain/vocabulary/stages/numerals.ts'
import type { Hit } from './hit.ts'

/** What numerals stand behind: "stage", "stages of disease:", "FIGO". */
const HEAD =
  /\b(?:stages?|stades?|figo(?: 20\d\d)?)(?: (?:groups?|grouping|of (?:the )?disease))?(?:[ :(]{1,2}|(?=[ⅰ-ⅳ]))/g
const NUMERAL =
  /(iv|i{1,3}|[0-4]|[ⅰ-ⅳ])(?:-?[a-e][1-3]?| [a-d][1-3]?(?! (?:iv|i{1,3}|[0-4])\b))?(?=[rp]?(?![a-z0-9]|[.]\d|%))[rp]?/y
/** "IIIA/B/C", "III A, B": letters that go on with the numeral before them. */
const LETTER = /( ?[,/] ?|-)([a-d])(?![a-z0-9])/y
const SEPARATOR =
  /(?: ?\([^()]{0,120}\))?(?: ?(?:,|\/|-|~|&)| (?:to|or|and\/or|and|ou|et|a|through|until)(?= ))+ ?(?:(?:or|and|ou|et) )?(?:stages? |stades? )?/y
/** "IIIB IV", where a sign between them was lost. */
const BLANK = / (?=(?:iv|i{2,3})(?![a-z0-9]))/y
const RANGE = /[-~]|\b(?:to|a|through|until)\b/

const OF_SOMETHING_ELSE = /^.{0,2}(?:chronic |end|kidney|renal|ckd|hypertension|pressure|of the (?:study|trial))/
const SYMBOLS: Record<string, string> = { ⅰ: 'i', ⅱ: 'ii', ⅲ: 'iii', ⅳ: 'iv' }
/** Numerals of one list: more are no stages of one trial. */
const MOST = 12

/** "stage IIIB/C or IV", "stades III à IV": numerals behind the word, ranges written out. `folded`: one sentence. */
export function numeralsIn(folded: string): Hit[] {
  const hits: Hit[] = []
  // Most sentences name no stage, and `matchAll` copies its expression each time.
  if (!['stage', 'stade', 'figo'].some((name) => folded.includes(name))) return hits
  for (const head of folded.matchAll(HEAD)) {
    const { codes, end } = listAt(folded, head.index + head[0].length)
    if (OF_SOMETHING_ELSE.test(folded.slice(end, end + 30))) continue
    for (const code of codes) hits.push({ code, from: head.index, to: end })
  }
  return hits
}

/** The numerals of the list that begins at `start`, and where it ends. */
function listAt(folded: string, start: number): { codes: string[]; end: number } {
  const codes: string[] = []
  let end = start
  let at = start
  let ranged = false
  while (codes.length < MOST) {
    const numeral = matchAt(NUMERAL, folded, at)
    const code = numeral && normaliseStageNumeral(plainNumeral(numeral[0]))
    if (!numeral || !code) break
    addTo(codes, code, ranged)
    at = addLetters(codes, folded, at + numeral[0].length)
    end = at
    const separator = matchAt(SEPARATOR, folded, at) ?? matchAt(BLANK, folded, at)
    if (!separator) break
    ranged = RANGE.test(separator[0].replace(/\(.*\)/, ''))
    at += separator[0].length
  }
  return { codes, end }
}

function addTo(codes: string[], code: string, ranged: boolean): void {
  const last = codes.at(-1)
  codes.push(...(ranged && last !== undefined ? stageRange(last, code).filter((one) => one !== last) : [code]))
}

function addLetters(codes: string[], folded: string, start: number): number {
  let at = start
  for (let letter = matchAt(LETTER, folded, at); letter; letter = matchAt(LETTER, folded, at)) {
    const roman = /^[IV]+(?=[A-D])/.exec(codes.at(-1) ?? '')?.[0]
    const code = roman && normaliseStageNumeral(`${roman}${letter[2]}`)
    if (!code) break
    addTo(codes, code, letter[1] === '-')
    at += letter[0].length
  }
  return at
}

const plainNumeral = (text: string) => text.replace(/[ⅰ-ⅳ]/, (sign) => SYMBOLS[sign] ?? sign).replace(/[rp]$/, '')

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}
