import type { Meaning } from './word-table/row.ts'
import { WORDS } from './word-table.ts'

interface Pattern {
  expression: RegExp
  meaning: Meaning
}

/** By the character a word begins with, so that most meanings need not be tried. */
const BY_INITIAL = patternsByInitial()

function patternsByInitial(): Map<string, Pattern[]> {
  const byInitial = new Map<string, Pattern[]>()
  for (const [meaning, pieces] of WORDS) {
    const initials = new Set(pieces.map(initialOf))
    for (const initial of initials) {
      const alternatives = pieces.filter((piece) => initialOf(piece) === initial)
      const expression = new RegExp(`^(?:${alternatives.join('|')})`)
      byInitial.set(initial, [...(byInitial.get(initial) ?? []), { expression, meaning }])
    }
  }
  return byInitial
}

function initialOf(piece: string): string {
  return (piece.startsWith('\\') ? piece[1] : piece[0]) ?? ''
}

/**
 * The words at the beginning of `rest` (folded) and what they mean; null for a word that means nothing here. `goesOn`
 * tells whether the word goes on after so many characters: then it is another word, unless it begins a name
 * ("antiCD38").
 */
export function wordAt(rest: string, goesOn: (length: number) => boolean): { text: string; meaning: Meaning } | null {
  for (const { expression, meaning } of BY_INITIAL.get(rest[0] ?? '') ?? []) {
    const text = expression.exec(rest)?.[0]
    if (!text || (meaning !== 'anti' && /[a-z0-9]$/.test(text) && goesOn(text.length))) continue
    return { text, meaning }
  }
  return null
}

const NOUN =
  /^(?:negative \w*expression|absent|lack|mutat|fusion|rearr|transloc|amplif|over|alter|aberr|abnorm|variant|anomal|defect|delet|loss|expression|activ|sensit|chang|dysreg|dereg|resist|inver|perte|surexp|presence)/

/** Whether words that say something of a marker may head a list of markers: "mutations in EGFR, ALK". */
export const isNoun = (text: string) => NOUN.test(text)
