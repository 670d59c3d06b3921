import type { Token } from './grammar.ts'

/**
 * Capitals that look like a gene count only in a list with a known one; in brackets behind one they are its other name.
 */
export function withoutLookalikes(tokens: Token[]): Token[] {
  const isKnown = (token: Token | undefined) => token?.type === 'marker' && token.marker.known
  const listed = tokens.map(
    (token, at) =>
      token.type === 'marker' && !token.marker.known && tokens[at - 1]?.type === 'join' && isKnown(tokens[at - 2]),
  )
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at]
    if (token?.type !== 'marker' || token.marker.known || tokens[at + 1]?.type !== 'join') continue
    if (isKnown(tokens[at + 2]) || listed[at + 2]) listed[at] = true
  }
  for (let at = 2; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.type === 'marker' && !token.marker.known && tokens[at - 1]?.type === 'join' && listed[at - 2])
      listed[at] = true
  }
  const kept = tokens.map((token, at): Token => {
    if (token.type !== 'marker' || token.marker.known || listed[at]) return token
    return { type: 'filler', start: token.start, end: token.end }
  })
  return spelledOut(kept)
}

/** Only markers stand in the bracket. */
function closesAfterMarkers(tokens: readonly Token[], at: number): boolean {
  let index = at + 1
  while (index - at < 6 && (tokens[index]?.type === 'marker' || tokens[index]?.type === 'join')) index++
  return tokens[index]?.type === 'close'
}

/** A join between two single letters: "RAS (H/K/N)". */
function isLetterList(tokens: readonly Token[], at: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  const isLetter = (token: Token | undefined) => token?.type === 'word' && token.end - token.start === 1
  return tokens[at]?.type === 'join' && isLetter(before) && isLetter(after)
}

/**
 * "…, neurotrophic receptor tyrosine kinase (NTRK)": the words before a bracketed marker are its long name; so are
 * bracketed words behind a marker.
 */
function spelledOut(tokens: Token[]): Token[] {
  for (let at = 0; at < tokens.length - 2; at++) {
    if (tokens[at]?.type !== 'marker' || tokens[at + 1]?.type !== 'open') continue
    let to = at + 2
    while (to - at < 9 && (tokens[to]?.type === 'word' || tokens[to]?.type === 'filler' || isLetterList(tokens, to)))
      to++
    if (tokens[to]?.type !== 'close') continue
    for (let index = at + 2; index < to; index++) asFiller(tokens, index)
  }
  for (let at = 1; at < tokens.length - 1; at++) {
    if (tokens[at]?.type !== 'marker' || tokens[at - 1]?.type !== 'open' || !closesAfterMarkers(tokens, at)) continue
    let from = at - 2
    while (from >= 0 && at - from < 10 && ['word', 'filler', 'join', 'therapy'].includes(tokens[from]?.type ?? '')) {
      const token = tokens[from]
      if (token?.type === 'join' && token.join !== 'slash') break
      from--
    }
    const before = tokens[from]
    if (before && !['join', 'such', 'colon', 'open', 'alteration', 'negation'].includes(before.type)) continue
    for (let index = from + 1; index < at - 1; index++) asFiller(tokens, index)
  }
  return tokens
}

function asFiller(tokens: Token[], index: number) {
  const token = tokens[index]
  if (token) tokens[index] = { type: 'filler', start: token.start, end: token.end }
}
