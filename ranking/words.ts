import type { Language } from '../domain/question.ts'

/** The same words in both languages. */
export type Words = Record<Language, string>

/** `12 km`, `3,1 km` (one decimal below 10 km), `moins d’un kilomètre`. */
export function kilometresInWords(km: number, lang: Language): string {
  if (km < 1) return lang === 'fr' ? 'moins d’un kilomètre' : 'less than a kilometre'
  if (km < 9.95) {
    const tenths = String(Math.round(km * 10) / 10)
    return `${lang === 'fr' ? tenths.replace('.', ',') : tenths} km`
  }
  const whole = String(Math.round(km))
  if (whole.length < 4) return `${whole} km`
  return `${whole.slice(0, -3)}${lang === 'fr' ? '\u202f' : ','}${whole.slice(-3)} km`
}

/** `aujourd’hui`, `hier`, `il y a 9 jours`, `il y a 5 mois`, `il y a 3 ans`. Days are whole and not negative. */
export function agoInWords(days: number, lang: Language): string {
  const [french, english] = ago(days)
  return lang === 'fr' ? french : english
}

function ago(days: number): [string, string] {
  if (days === 0) return ['aujourd’hui', 'today']
  if (days === 1) return ['hier', 'yesterday']
  if (days < 60) return [`il y a ${days} jours`, `${days} days ago`]
  if (days < 730) return [`il y a ${Math.floor(days / 30.4)} mois`, `${Math.floor(days / 30.4)} months ago`]
  return [`il y a ${Math.floor(days / 365.25)} ans`, `${Math.floor(days / 365.25)} years ago`]
}

/** A label inside a sentence: « adénocarcinome », but LAM and L858R as they are. */
export const decapital = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
