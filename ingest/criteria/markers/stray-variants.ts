import type { Said, Token } from './grammar.ts'
import { ANY_CHANGE, isOneVariant } from './kinds.ts'
import type { Marked } from './mentions.ts'

/** Variants that stand in one list, by the indexes of their tokens. */
interface Run {
  from: number
  to: number
  variants: readonly Said[]
}

/**
 * Variants that no marker was found to have, given to the one they are of: "L858R or exon 19 deletion of EGFR" written
 * before it, in a bracket further on ("EGFR mutations that a TKI acts on (Ex19del, L858R)"), or beside the test of the
 * only gene that is named ("T790M found by an EGFR test").
 */
export function withStrayVariants(marked: Marked, treatments: ReadonlySet<number>, said: (readonly Said[])[]) {
  for (const run of strayRuns(marked.tokens, said)) {
    const owner = ownerOf(marked, treatments, said, run)
    if (owner !== null) said[owner] = [...(said[owner] ?? []).filter(isVariant), ...run.variants]
  }
  return said
}

const isVariant = ({ alteration }: Said) => isOneVariant(alteration.code)

function strayRuns(tokens: readonly Token[], said: readonly (readonly Said[])[]): Run[] {
  const taken = new Set<number>()
  for (const { from, to } of said.flat()) for (let index = from; index <= to; index++) taken.add(index)
  const runs: Run[] = []
  for (let index = 0; index < tokens.length; index++) {
    if (taken.has(index) || !variantAt(tokens, index)) continue
    const run = runFrom(tokens, index, taken)
    runs.push(run)
    index = run.to
  }
  return runs
}

const IN_RUNS = new Set(['join', 'filler', 'open', 'close'])

function runFrom(tokens: readonly Token[], from: number, taken: ReadonlySet<number>): Run {
  const variants: Said[] = []
  let to = from
  for (let index = from; index < tokens.length && index - to <= 5 && !taken.has(index); index++) {
    const variant = variantAt(tokens, index)
    const token = tokens[index]
    if (variant) {
      // "exon 21 L858R": the exon is where the variant is.
      const last = variants[variants.length - 1]
      if (last && isExon(last) && !isExon(variant) && !joins(tokens, last.to, index)) variants.pop()
      variants.push(variant)
      to = index
    } else if (!token || (!IN_RUNS.has(token.type) && !isGeneral(token))) break
  }
  return { from, to, variants }
}

function variantAt(tokens: readonly Token[], index: number): Said | null {
  const token = tokens[index]
  const isOne = token?.type === 'alteration' && isOneVariant(token.alteration.code)
  return isOne ? { alteration: token.alteration, from: index, to: index } : null
}

const isExon = ({ alteration }: Said) => /^exon\d+_mutation$/.test(alteration.code)
const isGeneral = (token: Token | undefined) => token?.type === 'alteration' && ANY_CHANGE.has(token.alteration.code)
const joins = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from + 1, to).some(({ type }) => type === 'join')

/** The mention that a run of variants is said of; null when that cannot be told. */
function ownerOf(
  { tokens, mentions }: Marked,
  treatments: ReadonlySet<number>,
  said: readonly (readonly Said[])[],
  run: Run,
): number | null {
  let after = run.to + 1
  while (tokens[after]?.type === 'filler' || isGeneral(tokens[after])) after++
  // "T790M inhibitor"
  if (tokens[after]?.type === 'therapy') return null
  const next = mentions.findIndex(({ index }) => index === after)
  if (next >= 0 && !treatments.has(next) && isOpen(said[next])) return next
  const before = mentions.findLastIndex(({ last }, at) => last < run.from && !treatments.has(at) && said[at]?.length)
  const mention = mentions[before]
  if (mention) return isOpen(said[before]) && isSpecified(tokens, mention.last, run.from) ? before : null
  const [gene] = mentions[0]?.marker.genes ?? []
  const isSole = mentions.every(({ marker }, at) => marker.genes.join() === gene && (said[at]?.length ?? 0) === 0)
  return isSole && mentions.length > 0 ? 0 : null
}

/** Nothing more than that it is changed was said of a marker. */
const isOpen = (said: readonly Said[] = []) => said.every(({ alteration }) => ANY_CHANGE.has(alteration.code))

/** "… (Ex19del or L858R)", "… such as L858R": a bracket or an example tells which changes are meant. */
function isSpecified(tokens: readonly Token[], from: number, to: number): boolean {
  const between = tokens.slice(from + 1, to)
  if (to - from > 30 || between.some(({ type }) => type === 'exception' || type === 'negation')) return false
  const opening = between.findLast(({ type }) => type !== 'filler')?.type
  return opening === 'open' || opening === 'such' || opening === 'colon'
}
