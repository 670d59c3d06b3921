import type { Said, Token } from './grammar.ts'
import { isOneVariant, LEVELS, RESULTS } from './kinds.ts'

const SKIPPED = new Set(['filler', 'open', 'close', 'colon'])

/** What is said after a mention, and the index of its last token. */
export interface Right {
  said: readonly Said[]
  to: number
}

/** The alteration after a marker, and further ones of the same marker: "exon 19 deletion or L858R". */
export function rightOf(tokens: readonly Token[], last: number): Right | null {
  let index = last + 1
  let skipped = 0
  while (SKIPPED.has(tokens[index]?.type ?? '') && skipped < 7) {
    index++
    skipped++
  }
  if (tokens[index]?.type === 'test') index = resultAfter(tokens, index)
  while (SKIPPED.has(tokens[index]?.type ?? '') && skipped < 9) {
    index++
    skipped++
  }
  if (tokens[index]?.type === 'join' && isVariant(tokens[index + 1])) index++
  if (index > last + 1 && tokens[index]?.type === 'join' && tokens[index + 1]?.type === 'filler') {
    if (tokens[index + 2]?.type === 'alteration') index += 2
  }
  const first = tokens[index]
  if (first?.type !== 'alteration' && first?.type !== 'threshold') return null
  const said: Said[] = [{ alteration: first.alteration, from: index, to: index }]
  let to = index
  for (let look = index + 1; look < tokens.length && look - to <= 5; look++) {
    const token = tokens[look]
    if (token?.type === 'alteration' || token?.type === 'threshold') {
      if (startsOwnList(tokens, look)) break
      combine(said, { alteration: token.alteration, from: look, to: look }, joinedBetween(tokens, to, look))
      to = look
    } else if (
      token?.type !== 'join' &&
      token?.type !== 'filler' &&
      token?.type !== 'open' &&
      token?.type !== 'close' &&
      token?.type !== 'such' &&
      token?.type !== 'colon' &&
      token?.type !== 'test'
    )
      break
  }
  return { said, to }
}

/** "EGFR test results are all negative": where the result stands; the test itself when none is stated. */
function resultAfter(tokens: readonly Token[], test: number): number {
  let index = test + 1
  while (index - test < 6 && (tokens[index]?.type === 'test' || tokens[index]?.type === 'filler')) index++
  const value = tokens[index]
  if (value?.type === 'threshold') return index
  const code = codeAt(tokens, index)
  return RESULTS.has(code) || (index === test + 1 && code !== '' && !/mutation|alteration/.test(code)) ? index : test
}

const isVariant = (token: Token | undefined) => token?.type === 'alteration' && /^[A-Z]\d/.test(token.alteration.code)

const codeAt = (tokens: readonly Token[], index: number) => {
  const token = tokens[index]
  return token?.type === 'alteration' || token?.type === 'threshold' ? token.alteration.code : ''
}

/** "…, mutations in KRAS": the alteration is the head of what follows. */
function startsOwnList(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (token?.type !== 'alteration' || /^[A-Z]\d|^exon/.test(token.alteration.code)) return false
  let look = index + 1
  while (tokens[look]?.type === 'filler' && look - index < 4) look++
  return tokens[look]?.type === 'marker' && look - index <= 3 && tokens[index - 1]?.type !== 'marker'
}

const joinedBetween = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from + 1, to).some(({ type }) => type === 'join')

const GENERAL = new Set(['mutation', 'alteration', 'activating_mutation', 'positive', 'expression', 'fusion'])

/** "G12C mutation" is one thing; "mutation (L858R)" too; "exon 19 deletion or L858R" are two. */
function combine(said: Said[], next: Said, joinedByWord: boolean) {
  const last = said[said.length - 1]
  if (!last) return
  const known = last.alteration
  const { alteration } = next
  if (alteration.threshold && EXPRESSION.has(known.code) && !known.threshold) {
    said[said.length - 1] = {
      alteration: {
        ...known,
        sign: alteration.sign,
        code: alteration.sign === '-' ? 'negative' : known.code === 'positive' ? 'positive' : known.code,
        threshold: alteration.threshold,
      },
      from: last.from,
      to: next.to,
    }
  } else if (known.code === 'expression' && LEVELS.has(alteration.code) && !joinedByWord) {
    said[said.length - 1] = { alteration: { ...known, code: alteration.code }, from: last.from, to: next.to }
  } else if (GENERAL.has(alteration.code) && !joinedByWord) {
    if (alteration.code === 'positive' || alteration.sign === known.sign)
      said[said.length - 1] = { ...last, to: next.to }
    else said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (alteration.code === 'negative' && !joinedByWord && said.every((one) => NOUNS.has(one.alteration.code))) {
    // "HER2 overexpression or amplification negative": the result is of all of them.
    said.splice(0, said.length, { alteration, from: said[0]?.from ?? last.from, to: next.to })
  } else if (alteration.sign !== known.sign && !joinedByWord) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (GENERAL.has(known.code) && isOneVariant(alteration.code) && said.length === 1 && !joinedByWord) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (/^exon\d+_mutation$/.test(known.code) && /^[A-Z]\d/.test(alteration.code) && !joinedByWord) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else said.push(next)
}

const NOUNS = new Set(['mutation', 'alteration', 'fusion', 'amplification', 'expression', 'overexpression'])
const EXPRESSION = new Set(['expression', 'overexpression', 'positive', 'high', 'negative'])
