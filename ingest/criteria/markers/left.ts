import type { Alteration, Said, Token } from './grammar.ts'
import type { Marked, Mention } from './mentions.ts'

/** Words before a mention that also hold of the rest of its list. */
export interface Head extends Said {
  mention: number
}

const SKIPPED = new Set(['filler', 'open', 'close', 'such', 'colon'])

/**
 * "mutations in EGFR", "mutated KRAS": the alteration before the mention `at`, also at a distance over the same list.
 * `head` is the last one found so in the sentence.
 */
export function leftOf({ tokens, mentions, listOf }: Marked, head: Head | null, at: number): Said | null {
  const mention = mentions[at]
  if (!mention) return null
  let index = mention.index - 1
  let skipped = 0
  while (
    index >= 0 &&
    (SKIPPED.has(tokens[index]?.type ?? '') ||
      (tokens[index]?.type === 'word' && skipped === 0 && tokens[index - 1]?.type === 'such')) &&
    skipped < 9
  ) {
    index--
    skipped++
  }
  const token = tokens[index]
  if (token?.type === 'alteration' && (skipped === 0 || token.noun) && !belongsToLeft(tokens, index, skipped)) {
    return headAt(tokens, index, token.alteration)
  }
  if (token?.type === 'threshold' && token.alteration.threshold?.endsWith('%') && skipped > 0)
    return { alteration: token.alteration, from: index, to: index }
  if (at > 0 && listOf[at] === listOf[at - 1]) return head && listOf[head.mention] === listOf[at] ? head : null
  return farHead(tokens, mention)
}

/**
 * "mutations or fusions in EGFR": two kinds of change before a marker are any change of it; "non-mutated or mutated
 * BRAF" says nothing.
 */
function headAt(tokens: readonly Token[], index: number, alteration: Alteration): Said | null {
  let before = index - 1
  while (tokens[before]?.type === 'filler' && index - before < 4) before--
  if (tokens[before]?.type === 'join') before--
  const other = tokens[before]
  const isJoined = before < index - 1 && other?.type === 'alteration' && tokens[before + 1]?.type === 'join'
  if (isJoined && other.alteration.sign !== alteration.sign && tokens[before - 1]?.type !== 'marker') return null
  const isPair =
    isJoined &&
    GENE_CHANGES.has(other.alteration.code) &&
    GENE_CHANGES.has(alteration.code) &&
    other.alteration.code !== alteration.code &&
    tokens[before - 1]?.type !== 'marker'
  return isPair
    ? { alteration: { ...alteration, code: 'alteration' }, from: before, to: index }
    : { alteration, from: index, to: index }
}

const GENE_CHANGES = new Set(['mutation', 'activating_mutation', 'fusion', 'amplification', 'alteration', 'deletion'])

/** "EGFR mutation, ALK …": the alteration is EGFR's own, not the head of ALK. */
function belongsToLeft(tokens: readonly Token[], index: number, skipped: number): boolean {
  if (
    skipped > 0 &&
    tokens.slice(index + 1, index + 1 + skipped).some((token) => token.type === 'filler' || token.type === 'such')
  ) {
    const previous = tokens[index - 1]?.type
    return previous === 'marker' && !tokens.slice(index + 1, index + 1 + skipped).some(({ type }) => type === 'such')
  }
  return tokens[index - 1]?.type === 'marker'
}

/**
 * A head further off: "oncogenic driver mutation or alteration in genes such as", "mutations targetable by …,
 * including".
 */
function farHead(tokens: readonly Token[], mention: Mention): Said | null {
  let such = false
  for (let index = mention.index - 1; index >= 0 && mention.index - index <= 40; index--) {
    const token = tokens[index]
    if (!token || token.type === 'marker' || token.type === 'anti' || token.type === 'exception') return null
    if (token.type === 'such' || token.type === 'colon') such = true
    if (token.type === 'alteration' && token.noun && such) return headAt(tokens, index, token.alteration)
    if (token.type === 'therapy' && !such) return null
  }
  return null
}
