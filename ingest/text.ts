/**
 * C0 and C1 controls but tab and line feed, byte order marks, soft hyphens, zero-width spaces: nothing a reader sees.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff]/g
const SPACES = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g

/**
 * A payload without `null` members: absent and null mean the same in both registries. Nothing else changes, and what
 * has none is returned as it is.
 */
export function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !holdsNull(value)) return value
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  )
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some(holdsNull)
  for (const key in value) if (holdsNull((value as Record<string, unknown>)[key])) return true
  return false
}

/** One line of text: composed characters, every run of white space one plain space, no invisible characters. */
export function tidy(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim()
}

/** Text of several lines: as `tidy`, but line ends, blank lines (one at most) and indentation are kept. */
export function tidyLines(text: string): string {
  return visible(text)
    .replace(/(\S) {2,}/g, '$1 ')
    .replace(/ +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '')
}

function visible(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(LINE_ENDS, '\n').replace(SPACES, ' ').replace(INVISIBLE, '')
}

/**
 * CommonMark without the backslashes that keep ASCII punctuation literal (`Age \>= 18` → `Age >= 18`). An escaped
 * bullet (`\* H1 antihistamine`) becomes a bullet, which is what its author typed.
 */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

const NAMED_ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['le', '≤'],
  ['ge', '≥'],
  ['plusmn', '±'],
  ['micro', 'µ'],
  ['deg', '°'],
  ['reg', '®'],
  ['trade', '™'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['eacute', 'é'],
  ['egrave', 'è'],
  ['ecirc', 'ê'],
  ['agrave', 'à'],
  ['acirc', 'â'],
  ['ccedil', 'ç'],
  ['ocirc', 'ô'],
  ['ucirc', 'û'],
  ['icirc', 'î'],
  ['iuml', 'ï'],
  ['Eacute', 'É'],
])

/**
 * HTML entities that registries leave in plain text (`&gt;`, `&#8805;`,
 * `&#64;`), read once; unknown ones stay as they are.
 */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED_ENTITIES.get(name) ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole
  })
}

/** One line of registry text, entities read; null for an absent or empty one. */
export function readLine(text: string | undefined): string | null {
  return tidy(decodeEntities(text ?? '')) || null
}

/** Text of several lines, entities read; null for an absent or empty one. */
export function readLines(text: string | undefined): string | null {
  return tidyLines(decodeEntities(text ?? '')) || null
}
