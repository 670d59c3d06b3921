import type { Language } from '../../question.ts'

/** The first letter as a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The first letter in lower case, unless the word is an abbreviation or a name (ECOG, PD-L1, Hodgkin stays inside). */
export function uncapitalised(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** « de mutation », « d’ALK »: French elides before a vowel; letters read one by one (« de NTRK ») as they sound. */
export function ofFrench(text: string): string {
  return /^[aeiouyàâéèêëîïôœûh]/i.test(text) && !/^(y|HER|HLA|HPV|HHV|H3|HG|un\b)/i.test(text)
    ? `d’${text}`
    : `de ${text}`
}

/** « I, II ou III », "I, II or III". */
export function oneOf(words: readonly string[], lang: Language): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${lang === 'fr' ? 'ou' : 'or'} ${words.at(-1)}`
}

/** A number as the language writes it: « 0,5 », "0.5". */
export function numberIn(value: number, lang: Language): string {
  return lang === 'fr' ? String(value).replace('.', ',') : String(value)
}
