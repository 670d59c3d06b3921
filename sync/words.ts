import { newStemmer } from 'snowball-stemmers'
import type { Language } from '../domain/question.ts'
import { STOP_WORDS } from './stop-words.ts'

/** One word of a text, as the index and the query both see it. */
export interface Word {
  /** Lower case, without accents: `hepatocellulaire`, `her2`. */
  term: string
  /** Written in capitals, as gene symbols and acronyms are. */
  capitals: boolean
  /** Of a word made of two written pieces (`CAR-T`, `hépatite B`): the first, when it is a word by itself. */
  head: string | null
}

interface Piece {
  term: string
  capitals: boolean
  stop: boolean
  /** What stands before it: `-` and ` ` may join two pieces, anything else does not. */
  gap: 'hyphen' | 'space' | 'other'
}

const LATIN: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l' }
const LATIN_LETTER = /[œæßøł]/g
const GREEK: Record<string, string> = { α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', κ: 'kappa', λ: 'lambda', μ: 'u' }
const GREEK_LETTER = /[αβγδκλμ]/gi
/** French elisions (l'essai, d'une, qu'un) and the English possessive: no part of the word. */
const ELISION = /(?<![\p{L}\p{N}])(?:qu|jusqu|lorsqu|puisqu|[cdjlmnst])['’]|['’]s(?![\p{L}\p{N}])/giu
/** `BRCA1/2`, `NTRK1/2/3`: one head, several numbers. */
const SHARED_HEAD = /\b([a-z]{2,6}-?)(\d)((?:\/\d)+)(?!\d)/gi
/** Gene symbols and disease acronyms that, in lower case, are English or French words. */
const SYMBOLS_THAT_SPELL_WORDS: ReadonlySet<string> = new Set(
  'met kit all set cat rest max men fat was aids mark cast ets nos tec dia arc bad bid'.split(' '),
)
/** Latin letters (Greek ones are spelled out before) and digits: registries write French and English. */
const PIECE = /[\p{Script=Latin}0-9]+/gu
const ASCII_PIECE = /[A-Za-z0-9]+/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const ASCII = /^[\x00-\x7f]*$/
const DIGIT = /\d/
const LETTERS = /^[a-z]+$/
/** The second piece of a joined code: 2, L1, 4b, 9291; not a variant (EGFR L858R are two words). */
const NUMBERED = /^(?:\d{1,7}[a-z]{0,2}|[a-z]\d)$/
/** Letters that are words of their own (à, y, o, I) join nothing. */
const JOINING_LETTER = /^[b-hj-np-xz]$/

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
    const { term, capitals } = piece
    const next = pieces[at + 1]
    const joined = next ? join(piece, next) : null
    if (joined) words.push({ term: joined, capitals, head: isWord(term) ? term : null })
    if (joined && !keepPieces) at++
    else if (!piece.stop && isWord(term)) words.push({ term, capitals, head: null })
  }
  return words
}

/**
 * A term that is never approximated, whatever the vocabulary knows: it has a digit (variants, drug codes, most
 * genes), or it is written in capitals as gene symbols are.
 */
export function looksLikeCode({ term, capitals }: Pick<Word, 'term' | 'capitals'>): boolean {
  return (capitals && term.length <= 7) || DIGIT.test(term)
}

/** The form under which a symbol that spells an ordinary word is kept (MET, "was met"), null for any other term. */
export function symbolOf(term: string): string | null {
  return SYMBOLS_THAT_SPELL_WORDS.has(term) ? `symbol${term}` : null
}

const stemmers: Record<Language, { stem(word: string): string }> = {
  fr: newStemmer('french'),
  en: newStemmer('english'),
}
const stems: Record<Language, Map<string, string>> = { fr: new Map(), en: new Map() }
const REMEMBERED_STEMS = 200_000

/** The Snowball stem of a folded word; what has a digit or no Latin letters stays as it is. */
export function stemOf(term: string, language: Language): string {
  const known = stems[language].get(term)
  if (known !== undefined) return known
  const stem = LETTERS.test(term) ? stemmers[language].stem(term) : term
  if (stems[language].size < REMEMBERED_STEMS) stems[language].set(term, stem)
  return stem
}

/** Not `domain/accents.ts`: what is written small, wide or as one sign (`²`, `ﬁ`) is a plain letter or digit here. */
function plainLetters(text: string): string {
  return text.replace(/[™®©]/g, ' ').normalize('NFKD').replace(/\p{M}/gu, '')
}

function greekSpelledOut(text: string): string {
  return text.replace(GREEK_LETTER, (letter) => GREEK[letter.toLowerCase()] ?? letter)
}

function spelledOut(lower: string): string {
  return lower.replace(LATIN_LETTER, (letter) => LATIN[letter] ?? letter)
}

function piecesOf(text: string): Piece[] {
  const ascii = ASCII.test(text)
  let plain = ascii ? text : greekSpelledOut(plainLetters(text))
  if (/['’]/.test(plain)) plain = plain.replace(ELISION, ' ')
  plain = withSharedHeads(plain)
  const pieces: Piece[] = []
  let end = 0
  for (const match of plain.matchAll(ascii ? ASCII_PIECE : PIECE)) {
    const written = match[0]
    const lower = written.toLowerCase()
    const term = ascii ? lower : spelledOut(lower)
    const capitals = written.length > 1 && written !== lower && written === written.toUpperCase()
    pieces.push({ term, capitals, stop: !capitals && STOP_WORDS.has(term), gap: gapOf(plain, end, match.index) })
    end = match.index + written.length
  }
  return pieces
}

/** `BRCA1/2` spelled out: `BRCA1, BRCA2`. */
export function withSharedHeads(text: string): string {
  return text.includes('/') ? text.replace(SHARED_HEAD, eachWithHead) : text
}

function eachWithHead(_: string, head: string, first: string, others: string): string {
  return [first, ...others.slice(1).split('/')].map((number) => head + number).join(', ')
}

function gapOf(text: string, from: number, to: number): Piece['gap'] {
  if (to - from !== 1) return 'other'
  const between = text.charAt(from)
  if (between === ' ') return 'space'
  if (/[-‐‑–]/.test(between)) return 'hyphen'
  return /\s/.test(between) ? 'space' : 'other'
}

/** The one word that two neighbouring pieces make, or null when they are two words. */
function join(first: Piece, second: Piece): string | null {
  if (second.gap === 'other' || first.stop || second.stop) return null
  const a = first.term
  const b = second.term
  if (a.length > 2 && b.length > 2 && !DIGIT.test(b)) return null
  const letters = LETTERS.test(a)
  const longestHead = second.gap === 'hyphen' ? 8 : 5
  if (letters && a.length <= longestHead && NUMBERED.test(b)) return a + b
  if (letters && a.length > 1 && a.length <= 12 && JOINING_LETTER.test(b)) return a + b
  if (JOINING_LETTER.test(a) && b.length > 1) return a + b
  if (second.gap === 'hyphen' && /^\d{1,2}$/.test(a) && /^[a-z]{1,3}$/.test(b)) return a + b
  return null
}

function isWord(term: string): boolean {
  return term.length > 1 && !/^\d{1,3}$/.test(term)
}
