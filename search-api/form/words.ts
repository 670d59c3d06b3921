import type { Language } from '../../domain/question.ts'

/** Our own words in the language of the page; French with its no-break spaces before : ; ! ? and inside « ». */
export function say(lang: Language, fr: string, en: string): string {
  return lang === 'fr' ? typeset(fr, 'fr') : en
}

/** French spacing for a sentence made elsewhere in the service. Not for what a registry or a visitor wrote. */
export function typeset(text: string, lang: Language): string {
  if (lang !== 'fr') return text
  return text
    .replace(/ ([:;!?»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (km|ans|%)/g, '$1\u00a0$2')
}

/** `12 novembre 2026`, `1er mai 2026`, `12 November 2026`; an ISO date or instant, by its day. */
export function dateInWords(iso: string, lang: Language): string {
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`)
  const format = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  return lang === 'fr' ? format.format(day).replace(/^1 /, '1er ') : format.format(day)
}

/** `24 novembre 2026 à 21:00`, `24 November 2026 at 21:00`: an ISO instant by the clocks of France. */
export function timeInWords(iso: string, lang: Language): string {
  const format = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  })
  return format.format(new Date(iso))
}

/** `1 234` in French, `1,234` in English. */
export function numberInWords(value: number, lang: Language, digits = 0): string {
  return new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits }).format(value)
}

/** `3,1 km`, `12 km`, `moins d’1 km`. The kilometres of an answer are rounded to a tenth: 1 may be a little less. */
export function distanceInWords(km: number, lang: Language): string {
  if (km < 1) return say(lang, 'moins d’1 km', 'less than 1 km')
  if (km === 1) return say(lang, 'environ 1 km', 'about 1 km')
  return `${numberInWords(km, lang, km < 10 ? 1 : 0)}\u00a0km`
}

/** The address of a page in a language: `/classement` → `/en/classement`. */
export function pathIn(lang: Language, path: string): string {
  if (lang === 'fr') return path
  return path === '/' ? '/en' : `/en${path}`
}
