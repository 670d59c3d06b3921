import type { Token } from './grammar.ts'
import type { MarkerName } from './names.ts'

/** A marker named in a sentence, by the indexes of its first and last token. */
export interface Mention {
  index: number
  last: number
  marker: MarkerName
}

/** The tokens of a sentence with the markers they name. */
export interface Marked {
  tokens: readonly Token[]
  mentions: readonly Mention[]
  /** For each mention, the number of the list it stands in: the same for all members of a list. */
  listOf: readonly number[]
}

/** Finds the mentions of a sentence and the lists they form. */
export function markMentions(tokens: readonly Token[]): Marked {
  const mentions = mergeNames(tokens)
  const listOf: number[] = []
  for (const [at, mention] of mentions.entries()) {
    const before = mentions[at - 1]
    const list = listOf[at - 1] ?? 0
    listOf.push(before && isList(tokens, before.last, mention.index) ? list : list + 1)
  }
  return { tokens, mentions, listOf }
}

/** Whether a mention and the next one stand in one list. */
export const isListedWithNext = ({ listOf }: Marked, at: number): boolean =>
  listOf[at] !== undefined && listOf[at] === listOf[at + 1]

/** Whether a mention stands in a list with the one before or after it. */
export const isListed = (marked: Marked, at: number): boolean =>
  isListedWithNext(marked, at - 1) || isListedWithNext(marked, at)

/** "epidermal growth factor receptor (EGFR)" is one mention; so is "HER2/ERBB2". */
function mergeNames(tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'marker') continue
    const last = mentions[mentions.length - 1]
    if (
      last &&
      index - last.last <= 4 &&
      sameGenes(last.marker, token.marker) &&
      (onlyBetween(tokens, last.last, index, ['open', 'filler', 'close']) ||
        isSlash(tokens[last.last + 1], index - last.last))
    ) {
      last.last = index
      const { unsure, alteration } = last.marker
      last.marker = {
        ...last.marker,
        unsure: unsure && token.marker.unsure,
        alteration: alteration ?? token.marker.alteration,
      }
      continue
    }
    mentions.push({ index, last: index, marker: token.marker })
  }
  return mentions
}

/** "MLL/KMT2A": two names of one gene. */
const isSlash = (token: Token | undefined, distance: number) =>
  distance === 2 && token?.type === 'join' && token.join === 'slash'

const sameGenes = (a: MarkerName, b: MarkerName) =>
  a.genes.length === b.genes.length && a.genes.every((gene, at) => gene === b.genes[at])

/** Whether nothing but tokens of these types stands between two places. */
export function onlyBetween(tokens: readonly Token[], from: number, to: number, types: readonly string[]): boolean {
  for (let index = from + 1; index < to; index++) if (!types.includes(tokens[index]?.type ?? '')) return false
  return true
}

const LIST_LENGTH = 16
const IN_LISTS = new Set(['open', 'close', 'filler', 'alteration', 'negation', 'such'])

/** Only connectors, fillers, alterations and words in brackets stand between two mentions of one list. */
function isList(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > LIST_LENGTH) return false
  let joins = 0
  let depth = 0
  let aside = false
  for (let index = from + 1; index < to; index++) {
    const type = tokens[index]?.type ?? ''
    if (type === 'open') depth++
    if (type === 'close') depth--
    // "no ALK fusion and have a high PD-L1": another statement.
    if (tokens[index]?.verb) return false
    if (type === 'join') joins++
    else if (type === 'word' && depth > 0) aside = true
    else if (!IN_LISTS.has(type)) return false
  }
  return joins > 0 && (!aside || depth < 1)
}
