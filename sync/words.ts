import { newStemmer } from 'snowball-stemmers'
import { ENGLISH_STOP_WORDS, FRENCH_STOP_WORDS } from './stop-words.ts'

/** One word of a text, as the index and the query both see it. */
export interface Word {
  /** Lower case, without accents: `hepatocellulaire`, `her2`. */
  term: string
  /** Written in capitals, as gene symbols and acronyms are. */
  capitals: boolean
  /** Made of two written pieces: `HER-2`, `PD L1`, `CAR-T`. */
  joined: boolean
  /** The first written piece of a joined word, null otherwise: what is left when the joined one finds nothing. */
  head: string | null
}

interface Piece {
  term: string
  capitals: boolean
  stop: boolean
  /** What stands before it: `-` and ` ` may join two pieces, anything else does not. */
  gap: 'hyphen' | 'space' | 'other'
}

const SPELLED: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  κ: 'kappa',
  λ: 'lambda',
  µ: 'u',
}
const SPELLED_LETTER = /[œæßøłαβγδκλµ]/g
/** French elisions (l'essai, d'une, qu'un) and the English possessive: no part of the word. */
const ELISION = /(?<![\p{L}\p{N}])(?:qu|jusqu|lorsqu|puisqu|[cdjlmnst])['’]|['’]s(?![\p{L}\p{N}])/giu
/** `BRCA1/2`, `NTRK1/2/3`: one head, several numbers. */
const SHARED_HEAD = /\b([a-z]{2,6}-?)(\d)((?:\/\d)+)(?!\d)/gi
/** Gene symbols and disease acronyms that, in lower case, are English or French words. */
const SYMBOLS_THAT_SPELL_WORDS: ReadonlySet<string> = new Set(
  'met kit all set cat rest max men fat was aids mark cast ets nos tec dia arc bad bid'.split(' '),
)
const PIECE = /[\p{L}\p{N}]+/gu
const LETTERS = /^[a-z]+$/
/** The second piece of a joined code: 2, L1, 4b, 9291; not a variant (EGFR L858R are two words). */
const NUMBERED = /^(?:\d{1,7}[a-z]{0,2}|[a-z]\d)$/
/** Letters that are words of their own (à, y, o, I) join nothing. */
const JOINING_LETTER = /^[b-hj-np-xz]$/

/** Lower case without accents, ligatures or Greek letters: `Œsophage` → `oesophage`, `TGF-β` → `tgf-beta`. */
export function fold(text: string): string {
  return unaccented(text)
    .toLowerCase()
    .replace(SPELLED_LETTER, (letter) => SPELLED[letter] ?? letter)
}

/**
 * The words of a text in order, stop words and bare short numbers left out. What people write in several ways is
 * one word: `HER-2`, `HER 2` and `HER2` all give `her2`, `BRCA1/2` gives `brca1` and `brca2`.
 * With `keepPieces` the parts of joined words are given too, as an index needs them.
 */
export function wordsOf(text: string, { keepPieces }: { keepPieces: boolean }): Word[] {
  const pieces = piecesOf(text)
  const words: Word[] = []
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]
    if (!piece) break
    const next = pieces[at + 1]
    const joined = next ? join(piece, next) : null
    if (joined) words.push({ term: joined, capitals: piece.capitals, joined: true, head: headOf(piece) })
    if (joined && !keepPieces) at++
    else if (!piece.stop && isWord(piece.term)) {
      words.push({ term: piece.term, capitals: piece.capitals, joined: false, head: null })
    }
  }
  return words
}

/**
 * A term that is never approximated, whatever the vocabulary knows: it has a digit (variants, drug codes, most
 * genes), or it is written in capitals as gene symbols are.
 */
export function looksLikeCode({ term, capitals }: Pick<Word, 'term' | 'capitals'>): boolean {
  return /\d/.test(term) || (capitals && term.length <= 7)
}

/** The form under which a symbol that spells an ordinary word is kept (MET, "was met"), null for any other term. */
export function symbolOf(term: string): string | null {
  return SYMBOLS_THAT_SPELL_WORDS.has(term) ? `symbol${term}` : null
}

const english = newStemmer('english')
const french = newStemmer('french')
const stemmed = new Map<string, { fr: string; en: string }>()
const REMEMBERED_STEMS = 200_000

/** French and English Snowball stems of a folded word. */
export function stemsOf(term: string): { fr: string; en: string } {
  const known = stemmed.get(term)
  if (known) return known
  const stems = LETTERS.test(term) ? { fr: french.stem(term), en: english.stem(term) } : { fr: term, en: term }
  if (stemmed.size < REMEMBERED_STEMS) stemmed.set(term, stems)
  return stems
}

/** The language a text is written in, by its stop words; English when there is nothing to go by. */
export function languageOf(text: string): 'fr' | 'en' {
  let balance = 0
  for (const { term, stop } of piecesOf(text.slice(0, 2000))) {
    if (!stop) continue
    if (FRENCH_STOP_WORDS.has(term)) balance++
    if (ENGLISH_STOP_WORDS.has(term)) balance--
  }
  return balance > 0 ? 'fr' : 'en'
}

function unaccented(text: string): string {
  return text.replace(/[™®©]/g, ' ').normalize('NFKD').replace(/\p{M}/gu, '')
}

function piecesOf(text: string): Piece[] {
  const plain = unaccented(text)
    .replace(ELISION, ' ')
    .replace(SHARED_HEAD, (_, head: string, first: string, others: string) =>
      [first, ...others.slice(1).split('/')].map((number) => head + number).join(', '),
    )
  const pieces: Piece[] = []
  let end = 0
  for (const match of plain.matchAll(PIECE)) {
    const written = match[0]
    const term = fold(written)
    const capitals = written.length > 1 && written === written.toUpperCase() && /[A-Z]/.test(written)
    const stop = !capitals && (FRENCH_STOP_WORDS.has(term) || ENGLISH_STOP_WORDS.has(term))
    pieces.push({ term, capitals, stop, gap: gapOf(plain, end, match.index) })
    end = match.index + written.length
  }
  return pieces
}

function gapOf(text: string, from: number, to: number): Piece['gap'] {
  if (to - from !== 1) return 'other'
  const between = text.charAt(from)
  if (/[-‐‑–]/.test(between)) return 'hyphen'
  return /\s/.test(between) ? 'space' : 'other'
}

/** The one word that two neighbouring pieces make, or null when they are two words. */
function join(first: Piece, second: Piece): string | null {
  if (second.gap === 'other' || first.stop || second.stop) return null
  const both = first.term + second.term
  const letters = LETTERS.test(first.term)
  const longestHead = second.gap === 'hyphen' ? 8 : 5
  if (letters && first.term.length <= longestHead && NUMBERED.test(second.term)) return both
  if (letters && first.term.length > 1 && first.term.length <= 12 && JOINING_LETTER.test(second.term)) return both
  if (JOINING_LETTER.test(first.term) && second.term.length > 1) return both
  if (/^\d{1,2}$/.test(first.term) && second.gap === 'hyphen' && /^[a-z]{1,3}$/.test(second.term)) return both
  return null
}

function headOf(piece: Piece): string | null {
  return isWord(piece.term) ? piece.term : null
}

function isWord(term: string): boolean {
  return term.length > 1 && !/^\d{1,3}$/.test(term)
}
