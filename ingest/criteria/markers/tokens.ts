import { nameAt, namesIn, pushSiblings } from './found.ts'
import { alterationToken, negative, positive, type Token } from './grammar.ts'
import { withGeneOfVariant } from './known-variants.ts'
import { withoutLookalikes } from './lookalikes.ts'
import { measureAt } from './measures.ts'
import { withResistanceGene } from './resistance.ts'
import { variantAt } from './variants.ts'
import { isNoun, wordAt } from './words.ts'

/** How far words are looked ahead: the longest thing said of a marker is shorter. */
const LOOK_AHEAD = 90
/** "(Class I, II or III)", "class 2/3": which mutations of BRAF are meant, in numbers. */
const CLASS = /^class(?:es|e)? ?[1-3iv]{1,3}\b(?:(?:[ ,/&-]|and|or|et|ou|to){1,5}[1-3iv]{1,3}\b){0,3}/
/** "NaPi2b-H", "MET-High": the level is a part of the name. */
const LEVEL = /^-h(?:igh|i)?(?![a-z0-9])/
const BRACKETED_SIGN = /^[([] ?([+-])(?:ve)? ?[)\]]/
/** Words that stand between a marker and the treatment named after it: "tyrosine kinase inhibitor". */
const OF_TREATMENT = /^(?:tyrosine|kinase|selective|receptor)/
const WORD = /^[a-z0-9'’.]+(?:-[a-z0-9]+)?/

/** Cuts a sentence into the tokens biomarker grammar is made of. Null when it names no marker at all. */
export function tokenise(plain: string, folded: string): Token[] | null {
  const found = withGeneOfVariant(plain, namesIn(plain))
  if (found === null) return null
  const tokens: Token[] = []
  let next = 0
  let at = 0
  while (at < folded.length) {
    const hit = found[next]
    if (hit && hit.start <= at) {
      if (hit.start === at || hit.end > at) {
        tokens.push({ type: 'marker', marker: hit.value, start: hit.start, end: hit.end })
        at = pushSiblings(plain, hit.value, Math.max(at, hit.end), tokens)
      }
      next++
      continue
    }
    const limit = hit?.start ?? folded.length
    const token = tokenAt(plain, folded, at, limit, tokens[tokens.length - 1])
    if (token === null) {
      at++
      continue
    }
    tokens.push(token)
    at = Math.max(at + 1, Math.min(token.end, Math.max(limit, at + 1)))
  }
  return withResistanceGene(withoutLookalikes(tokens))
}

/** The token that begins at `at` and ends before `limit`, where the next known marker stands; null for none. */
function tokenAt(plain: string, folded: string, at: number, limit: number, last: Token | undefined): Token | null {
  const unit = folded[at] ?? ''
  if (unit === ' ' || unit === '"' || unit === "'") return null
  const sign = signAt(folded, at)
  if (sign) return sign
  const touching = last?.type === 'marker' && last.end === at
  const rest = folded.slice(at, Math.min(at + LOOK_AHEAD, Math.max(at + 1, limit)))
  if (touching && (unit === '+' || unit === '-')) return signBehindMarker(rest, folded, at)
  const measure = measureAt(rest, at)
  if (measure) return measure
  if (unit === '/') return { type: 'join', join: 'slash', start: at, end: at + 1 }
  if (isWordUnit(folded, at - 1) && unit !== '+' && unit !== '-' && !touching) return null
  const variant = variantAt(plain, rest, at, limit, last)
  if (variant) return variant
  const classes = CLASS.exec(rest)
  if (classes) return { type: 'filler', start: at, end: at + classes[0].length }
  if (unit === '-') return dashAt(rest, folded, at)
  const word = wordAt(rest, (length) => at + length < limit && isWordUnit(folded, at + length))
  if (word) return wordToken(word, at, rest)
  return nameAt(plain, folded, at, limit) ?? { type: 'word', start: at, end: at + (WORD.exec(rest)?.[0].length ?? 1) }
}

const isWordUnit = (folded: string, at: number) => /[a-z0-9]/.test(folded[at] ?? ' ')

function signAt(folded: string, at: number): Token | null {
  const unit = folded[at]
  const one = (type: 'open' | 'close' | 'colon'): Token => ({ type, start: at, end: at + 1 })
  if (unit === '(' || unit === '[') {
    const sign = BRACKETED_SIGN.exec(folded.slice(at, at + 8))
    if (!sign) return one('open')
    const said = sign[1] === '+' ? positive('positive') : negative('negative')
    return alterationToken(said, false, at, at + sign[0].length)
  }
  if (unit === ')' || unit === ']') return one('close')
  if (unit === ':') return one('colon')
  return unit === ',' || unit === ';' ? { type: 'join', join: 'comma', start: at, end: at + 1 } : null
}

/** "HER2+", "HER2-", "NaPi2b-H": what is written onto the name. */
function signBehindMarker(rest: string, folded: string, at: number): Token | null {
  if (rest[0] === '+') return alterationToken(positive('positive'), false, at, at + 1)
  if (rest.startsWith('-selected')) return alterationToken(positive('positive'), false, at, at + 9)
  const level = LEVEL.exec(rest)
  if (level) return alterationToken(positive('high'), false, at, at + level[0].length)
  if (/[\s,;)\]/.]/.test(folded[at + 1] ?? ' ')) return alterationToken(negative('negative'), false, at, at + 1)
  return rest.startsWith('-ve') ? alterationToken(negative('negative'), false, at, at + 3) : null
}

function dashAt(rest: string, folded: string, at: number): Token | null {
  if (/^- (?:negativ|positiv)/.test(rest)) return null
  if (folded[at - 1] === ' ' && folded[at + 1] === ' ') return { type: 'word', start: at, end: at + 1 }
  if (/^-ve\b/.test(rest)) return alterationToken(negative('negative'), false, at, at + 3)
  return /^-(?:targeted|directed|based)/.test(rest) ? { type: 'therapy', start: at, end: at + 9 } : null
}

function wordToken({ text, meaning }: NonNullable<ReturnType<typeof wordAt>>, start: number, rest: string): Token {
  const end = start + text.length
  if (meaning === 'and' || meaning === 'or') return { type: 'join', join: meaning, start, end }
  if (typeof meaning !== 'string') {
    // "positive for B7-H3"
    const isHead = isNoun(text) || (meaning.code === 'positive' && rest.startsWith(' for ', text.length))
    return alterationToken(meaning, isHead, start, end)
  }
  const activating = meaning === 'filler' && /^(?:activat|sensiti[sz]ing)/.test(text)
  const ofTreatment = meaning === 'filler' && OF_TREATMENT.test(text)
  const verb = meaning === 'filler' && /^ha(?:ve|s)$/.test(text)
  return {
    type: meaning,
    start,
    end,
    ...(activating && { activating }),
    ...(ofTreatment && { ofTreatment }),
    ...(verb && { verb }),
  }
}
