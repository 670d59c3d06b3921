import { namesExon } from '../../../domain/vocabulary/biomarkers/exons.ts'
import { type Alteration, negative, type Said, type Token } from './grammar.ts'
import { isChange, isOneVariant, LEVELS, RESULTS } from './kinds.ts'
import { type Head, leftOf } from './left.ts'
import { isListed, isListedWithNext, type Marked, type Mention } from './mentions.ts'
import { type Right, rightOf } from './right.ts'
import { withStrayVariants } from './stray-variants.ts'

/**
 * What is said of each mention: by its own name, by the words after it, before it, or after the list it stands in.
 * Nothing is asked of those that name a treatment.
 */
export function sayings(marked: Marked, treatments: ReadonlySet<number>): (readonly Said[])[] {
  const known: (readonly Said[] | undefined)[] = []
  let head: Head | null = null

  const saidOf = (at: number): readonly Said[] => {
    const said = known[at] ?? (treatments.has(at) ? [] : read(at))
    known[at] = said
    return said
  }

  const read = (at: number): readonly Said[] => {
    const { tokens, mentions } = marked
    const mention = mentions[at]
    if (!mention) return []
    const { marker } = mention
    const right = rightOf(tokens, mention.last)
    if (marker.alteration) return byName(tokens, mention, marker.alteration, right)
    const after = right?.said[right.said.length - 1]
    const denial = right && after ? negativeBefore(tokens, mention.index) : null
    if (after && denial !== null) return [{ alteration: negative('negative'), from: denial, to: after.to }]
    if (right && after) {
      const isTested = testedAfter(tokens, after) || isTestedNext(at, after)
      return isTested && !isFoundPositive(tokens, mention) ? [] : right.said.map(withLevel(tokens, mention))
    }
    const sure = !marker.unsure || isListed(marked, at) || isExpressed(tokens[mention.index - 1])
    const left = sure ? leftOf(marked, head, at) : null
    const next = mentions[at + 1]
    const goesOn = next !== undefined && !treatments.has(at + 1) && isListedWithNext(marked, at)
    // "positive for EGFR or HER2 exon 20 mutations": positive for the mutation.
    if (left && !(goesOn && left.alteration.code === 'positive' && saidOf(at + 1).some(isOfGene))) {
      head = { ...left, mention: at }
      return testedAfter(tokens, { ...left, to: mention.last }) ? [] : [left]
    }
    if (!goesOn) return []
    if (next.marker.alteration && !next.marker.alteration.startsWith('exon')) return []
    return saidOf(at + 1).map((said) => ({ ...said, alteration: shared(said.alteration, marker.genes) }))
  }

  /** "EGFR mutation and ALK rearrangement assay": the test is of both. */
  const isTestedNext = (at: number, own: Said): boolean => {
    const { tokens, mentions } = marked
    const next = mentions[at + 1]
    const between = tokens[own.to + 1]
    if (!next || !isListedWithNext(marked, at) || !isOfGene(own)) return false
    if (between?.type !== 'join' || between.join === 'comma') return false
    const after = rightOf(tokens, next.last)?.said.at(-1)
    return after !== undefined && isOfGene(after) && testedAfter(tokens, after)
  }

  return withStrayVariants(
    marked,
    treatments,
    marked.mentions.map((_, at) => saidOf(at)),
  )
}

/** "confirmed positive PIK3CA mutation status": the result stands before the marker. */
const isFoundPositive = (tokens: readonly Token[], { index }: Mention) => {
  const before = tokens[index - 1]
  return before?.type === 'alteration' && before.alteration.code === 'positive' && tokens[index - 2]?.type !== 'marker'
}

/** "low HER2 expression": the level stands before the marker. */
const withLevel =
  (tokens: readonly Token[], { index }: Mention) =>
  (said: Said): Said => {
    const before = tokens[index - 1]
    const level = before?.type === 'alteration' && LEVELS.has(before.alteration.code) ? before.alteration.code : null
    const { code } = said.alteration
    const isMeasured = code === 'expression' || (code === 'negative' && level === 'low')
    if (!isMeasured || level === null || tokens[index - 2]?.type === 'marker') return said
    return { ...said, from: index - 1, alteration: { ...said.alteration, code: level, sign: '+' } }
  }

const isOfGene = ({ alteration }: Said) => isChange(alteration.code)

/** "must express ER": the verb right before says that the letters are a marker. */
const isExpressed = (before: Token | undefined) =>
  before?.type === 'alteration' && before.alteration.code === 'expression' && !before.noun

/** "negative ALK fusion gene", "negative reports of HER2 amplification": where the result stands. */
function negativeBefore(tokens: readonly Token[], index: number): number | null {
  let before = index - 1
  while (index - before < 4 && (tokens[before]?.type === 'filler' || tokens[before]?.type === 'test')) before--
  const token = tokens[before]
  const isNegative = token?.type === 'alteration' && token.alteration.code === 'negative'
  return isNegative && tokens[before - 1]?.type !== 'marker' ? before : null
}

/** A name that says what of the marker ("MSI-H", "Ph+"); "MSI-H negative" says the opposite. */
function byName(tokens: readonly Token[], mention: Mention, code: string, right: Right | null): readonly Said[] {
  const sign = NEGATIVE_NAMES.has(code) ? '-' : '+'
  const named: Said = { alteration: { code, sign, threshold: null }, from: mention.index, to: mention.last }
  const negated = right?.said[0]
  if (
    right &&
    sign === '+' &&
    right.to - mention.last <= 2 &&
    negated &&
    tokens[negated.from]?.type === 'alteration' &&
    /negative|wild_type/.test(negated.alteration.code)
  )
    return [{ ...named, alteration: { ...negated.alteration, threshold: null }, to: negated.to }]
  return RESULTS.has(code) || !tested(tokens, right?.to ?? mention.last) ? [named] : []
}

const NEGATIVE_NAMES = new Set(['negative', 'stable', 'proficient'])

/**
 * A variant belongs to its own gene; the gene before it in a list only shares that it is altered, unless it has the
 * exon too: "EGFR or HER2 exon 20 insertion".
 */
function shared(alteration: Alteration, genes: readonly string[]): Alteration {
  if (!isOneVariant(alteration.code)) return alteration
  const exon = /^exon(\d+)_/.exec(alteration.code)?.[1]
  const hasExon = exon !== undefined && genes.every((gene) => namesExon(gene, Number(exon)))
  return hasExon ? alteration : { ...alteration, code: 'mutation' }
}

/** "EGFR mutation status", "PD-L1 expression testing": known, not required. */
function testedAfter(tokens: readonly Token[], said: Said): boolean {
  const last = tokens[said.to]
  const stated = last?.type === 'alteration' && RESULTS.has(last.alteration.code)
  return !stated && !RESULTS.has(said.alteration.code) && said.alteration.threshold === null && tested(tokens, said.to)
}

function tested(tokens: readonly Token[], last: number): boolean {
  let index = last + 1
  while (['close', 'open'].includes(tokens[index]?.type ?? '') && index - last < 3) {
    // What is said in another bracket is no part of what stands before it.
    if (tokens[index]?.type === 'close' && tokens[index + 1]?.type === 'open') return false
    index++
  }
  if (tokens[index]?.type === 'filler' && tokens[index + 1]?.type === 'test') index++
  if (tokens[index]?.type !== 'test') return false
  let look = index + 1
  while (['filler', 'open', 'test', 'close'].includes(tokens[look]?.type ?? '') && look - index < 5) look++
  const value = tokens[look]
  return !(value?.type === 'alteration' && /positive|negative|high|wild_type|deficient/.test(value.alteration.code))
}
