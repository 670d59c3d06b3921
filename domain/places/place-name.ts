import { unaccented } from '../accents.ts'

/** A place name taken apart: the name itself, and the number that followed it. */
export interface PlaceName {
  /**
   * Letters and digits only, lower case, no accents, "saint" and "sainte" in full: equal for every way to write a name.
   */
  key: string
  /** The words the key is made of. */
  words: string[]
  /** Arrondissement said with the name ("Lyon 8e", "Paris Cedex 13"); null otherwise. */
  arrondissement: number | null
  /** True when the name said CEDEX: its postal code is that of a post office, not of a place. */
  cedex: boolean
}

const CEDEX = /\bc[eé]d(?:ex?)?(?![\p{L}])\s*[-–]?\s*(\d{0,2})\b.*$/iu
const ARRONDISSEMENT = /\b0?(\d{1,2})\s*(?:er|re|e|è|ème|eme|ième|th|st|nd|rd)?(?:\s*arr(?:ondissement|dt|\.)?)?\s*$/iu

/** Cities whose number after the name is an arrondissement, with how many they have. */
const ARRONDISSEMENTS: Record<string, number> = { paris: 20, lyon: 9, marseille: 16 }

/** Words written in several ways in addresses. `lès`, `lez`, `les` (near) are one word to the post. */
const SPELLINGS: Record<string, string> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
  lez: 'les',
}

/** English and older names of French cities. */
const OTHER_NAMES: Record<string, string> = {
  lyons: 'lyon',
  marseilles: 'marseille',
  rheims: 'reims',
  dunkirk: 'dunkerque',
  strassburg: 'strasbourg',
}

/**
 * Read a place name as registries and people write it: any case, accents or none, hyphens, apostrophes or
 * spaces, "St", "Ste", "s/", words run together ("SaintHerblain"), CEDEX, arrondissements.
 */
export function readPlaceName(text: string): PlaceName {
  const cedexNumber = CEDEX.exec(text)?.[1]
  const cedex = cedexNumber !== undefined
  const spaced = text
    .replace(CEDEX, ' ')
    .replace(/\(.*?\)/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  const numbered = ARRONDISSEMENT.exec(spaced.trim())
  const unnumbered = numbered ? wordsOf(spaced.trim().slice(0, numbered.index)) : []
  const bigCity = unnumbered.join('')
  const count = ARRONDISSEMENTS[OTHER_NAMES[bigCity] ?? bigCity]
  if (numbered && count && Number(numbered[1]) >= 1 && Number(numbered[1]) <= count) {
    return named(unnumbered, Number(numbered[1]), cedex)
  }
  // "Angers 02" is "Angers Cedex 02" without the word.
  const all = wordsOf(spaced)
  const isNumbered = all.length > 1 && /^\d{1,2}$/.test(all.at(-1) ?? '') && !(all[0] && all[0] in ARRONDISSEMENTS)
  const words = isNumbered ? all.slice(0, -1) : all
  const cedexCount = ARRONDISSEMENTS[OTHER_NAMES[words.join('')] ?? words.join('')] ?? 0
  const arrondissement = cedexNumber && Number(cedexNumber) >= 1 && Number(cedexNumber) <= cedexCount
  return named(words, arrondissement ? Number(cedexNumber) : null, cedex)
}

function named(words: string[], arrondissement: number | null, cedex: boolean): PlaceName {
  const key = words.join('')
  const other = OTHER_NAMES[key]
  return { key: other ?? key, words: other ? [other] : words, arrondissement, cedex }
}

/** Words of a name: lower case, no accents, usual abbreviations in full. */
export function wordsOf(text: string): string[] {
  return unaccented(text)
    .replaceAll('s/', 'sur ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => SPELLINGS[word] ?? word)
}
