/**
 * Text as the lexicon sees it: every UTF-16 code unit is a symbol, without case, accent or typographic variant.
 * One code unit is one symbol, so that offsets into the text stay true; a ligature or Greek letter is several.
 */

/** Not part of any term: ends whatever is being read. */
const OTHER = 0
/** Space, dash, slash, apostrophe… */
export const SEPARATOR = 1
/** Invisible or without meaning: combining accents, soft hyphens, the backslash of escaped Markdown. */
export const SKIPPED = 2
/** A letter of another script: part of a word, but of none of ours. */
const FOREIGN_LETTER = 3
/** Symbols from here on may stand in a term. */
export const FIRST_SYMBOL = 4
const FIRST_PUNCTUATION = FIRST_SYMBOL + 36
const PUNCTUATION = '+();:*.,&%<>='
/** Number of single symbols; larger numbers are ligatures, see `unfold`. */
export const SYMBOL_COUNT = FIRST_PUNCTUATION + PUNCTUATION.length

const WORD_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const SEPARATORS =
  '\t\n\v\f\r -/_^\'"’‘ʼ`´·•\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2044\u2215'
const SKIPPED_CHARACTERS = '\\\u00ad\u200b\u200c\u200d\u2060\ufeff\u00ae\u2122'
const EXPANSIONS: Record<string, string> = {
  œ: 'oe',
  Œ: 'oe',
  æ: 'ae',
  Æ: 'ae',
  ß: 'ss',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬀ: 'ff',
  ﬃ: 'ffi',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  κ: 'kappa',
  λ: 'lambda',
  Δ: 'delta',
  ε: 'epsilon',
  µ: 'mu',
  μ: 'mu',
}
const FIRST_EXPANSION = 128
const SINGLE: Record<string, string> = { ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', đ: 'd', ı: 'i', '⁺': '+', '＋': '+' }

const expansions: number[][] = []
const table = buildTable()

/** The symbol of a UTF-16 code unit: a class above, a single symbol, or a ligature (see `unfold`). */
export function symbolAt(codeUnit: number): number {
  return table[codeUnit] as number
}

/** The letter s of either case: the ending of plurals. */
export const LETTER_S = symbolAt('s'.charCodeAt(0))

/** The single symbols a symbol stands for when it is a ligature or Greek letter, else null. */
export function unfold(symbol: number): readonly number[] | null {
  return symbol >= FIRST_EXPANSION ? (expansions[symbol - FIRST_EXPANSION] ?? null) : null
}

/** Whether a symbol is a letter or a digit of any script. */
export function isWordSymbol(symbol: number): boolean {
  return (symbol >= FOREIGN_LETTER && symbol < FIRST_PUNCTUATION) || symbol >= FIRST_EXPANSION
}

/** `text` in lower case without accents, separators as single spaces: the key under which spellings are compared. */
export function foldText(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at++) {
    const symbol = symbolAt(text.charCodeAt(at))
    if (symbol === SKIPPED) continue
    if (symbol === SEPARATOR || symbol === OTHER) folded += ' '
    else for (const single of unfold(symbol) ?? [symbol]) folded += CHARACTERS[single] ?? '?'
  }
  return folded.replace(/ +/g, ' ').trim()
}

const CHARACTERS = ['', ' ', '', '?', ...WORD_CHARACTERS, ...PUNCTUATION]

function buildTable(): Uint8Array {
  const symbols = new Uint8Array(65536)
  const single = (character: string) => {
    const letter = WORD_CHARACTERS.indexOf(character)
    return letter >= 0 ? FIRST_SYMBOL + letter : FIRST_PUNCTUATION + PUNCTUATION.indexOf(character)
  }
  for (let code = 0; code < 65536; code++) {
    const character = String.fromCharCode(code)
    if (code >= 0x300 && code <= 0x36f) symbols[code] = SKIPPED
    else if (/[\p{L}\p{N}]/u.test(character)) {
      const base = (SINGLE[character] ?? character).normalize('NFKD')[0]?.toLowerCase() ?? ''
      symbols[code] = base.length === 1 && WORD_CHARACTERS.includes(base) ? single(base) : FOREIGN_LETTER
    }
  }
  for (const character of PUNCTUATION) symbols[character.charCodeAt(0)] = single(character)
  for (const [character, plain] of Object.entries(SINGLE)) symbols[character.charCodeAt(0)] = single(plain)
  for (const character of SEPARATORS) symbols[character.charCodeAt(0)] = SEPARATOR
  for (const character of SKIPPED_CHARACTERS) symbols[character.charCodeAt(0)] = SKIPPED
  for (const [character, plain] of Object.entries(EXPANSIONS)) {
    symbols[character.charCodeAt(0)] = FIRST_EXPANSION + expansions.length
    expansions.push([...plain].map(single))
  }
  return symbols
}
