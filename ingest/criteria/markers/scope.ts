import type { Alteration, Atom, Token } from './grammar.ts'
import { isChange } from './kinds.ts'
import { isListedWithNext, type Marked, type Mention } from './mentions.ts'

/** Adds how each atom follows the one before, and which are denied or excepted. */
export function joined(marked: Marked, atoms: readonly Atom[]): Atom[] {
  const { tokens, mentions } = marked
  const starts = scopeStarts(marked)
  const scoped: Atom[] = []
  for (const [nth, atom] of atoms.entries()) {
    const mention = mentions[atom.marker]
    const previous = atoms[nth - 1]
    const join =
      nth === 0 || !previous || !mention
        ? 'apart'
        : previous.marker === atom.marker
          ? atom.join
          : joinOf(tokens, mentions[previous.marker], mention)
    const start = starts[atom.marker] ?? 0
    const own = scopeBefore(tokens, start, Math.min(start, mention?.index ?? 0))
    const last = scoped[scoped.length - 1]
    const alteration = activating(tokens, start, atom.alteration)
    const carried =
      join !== 'apart' && last?.denied === true && isChange(last.alteration.code) && isChange(atom.alteration.code)
    scoped.push({ ...atom, alteration, join, ...own, denied: own.denied || carried })
  }
  return scoped
}

/** "activating EGFR or HER2 mutation": the word before the list is said of each of its members. */
const activating = (tokens: readonly Token[], start: number, alteration: Alteration): Alteration =>
  alteration.code === 'mutation' && tokens.slice(Math.max(0, start - 2), start).some((token) => token.activating)
    ? { ...alteration, code: 'activating_mutation' }
    : alteration

function joinOf(tokens: readonly Token[], from: Mention | undefined, to: Mention): Atom['join'] {
  if (!from) return 'apart'
  let best: Atom['join'] = 'apart'
  let words = 0
  for (let index = from.last + 1; index < to.index; index++) {
    const token = tokens[index]
    if (token?.type === 'word') words++
    // "HPV-negative … or high-risk HPV-positive": an adjective may follow "or".
    const isAdjective = token?.type === 'word' && best === 'or' && words <= 2 && to.index - index <= 3
    if (token?.type === 'join') words = 0
    if ((token?.type === 'word' && !isAdjective) || token?.type === 'colon') best = 'apart'
    if (token?.type !== 'join') continue
    if (token.join === 'or') best = 'or'
    else if (token.join === 'and' && best !== 'or') best = 'and'
    else if (token.join === 'slash' && best === 'apart') best = 'slash'
    else if (token.join === 'comma' && best === 'apart') best = 'comma'
  }
  return best
}

/** For each mention, the first token of the list it stands in; a denial inside a list begins another reach. */
function scopeStarts(marked: Marked): number[] {
  const { tokens, mentions } = marked
  const starts: number[] = []
  for (const [at, { index }] of mentions.entries()) {
    const from = (mentions[at - 1]?.last ?? 0) + 1
    const goesOn = isListedWithNext(marked, at - 1) && !tokens.slice(from, index).some(turnsSense)
    starts.push(goesOn ? (starts[at - 1] ?? index) : index)
  }
  return starts
}

const turnsSense = ({ type }: Token) => type === 'negation' || type === 'exception'

/** Looks left for "no", "without", "other than"; stops at words that end their reach. */
function scopeBefore(tokens: readonly Token[], start: number, index: number): { denied: boolean; excepted: boolean } {
  let words = 0
  let excepted = false
  let measured = false
  for (let look = Math.min(start, index) - 1; look >= 0; look--) {
    const token = tokens[look]
    if (!token) break
    if (token.type === 'negation') return { denied: !excepted, excepted }
    if (token.type === 'exception') {
      excepted = true
      break
    }
    if (token.type === 'therapy' || token.type === 'marker' || token.type === 'anti') break
    if (token.type === 'join' && (words > 0 || measured)) break
    if (token.type === 'threshold') measured = true
    if (token.type === 'word') words++
    if (words > 5) break
  }
  return { denied: false, excepted }
}
