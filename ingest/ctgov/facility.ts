import { tidy } from '../text.ts'

/** The sponsor's site number after a real name: `Gustave Roussy ( Site 1101)`, `HCL /ID# 254147`. */
const SITE_NUMBER = /\s*(?:\(\s*site\s*#?\s*[\w-]+\s*\)|\/\s*id#\s*[\w-]+)\s*$/i

const PLACEHOLDERS = [
  /^(?:[\p{L}&.'-]+ ){0,4}(?:investigati(?:ve|onal|onnal)|investigator|research|study|clinical|selected) (?:site|location)s?(?: number)?(?:[\s:#(-]+[\p{L}\d-]{1,20})?\)?$/iu,
  /^investigational (?:center|centre)$/i,
  /^research facility(?: id)?[\s:#-]+\S+$/i,
  /^local institution(?: -|$)/i,
  /^(?:[\p{L}&.'-]+ ){0,3}site[\s:#-]*[A-Z]{0,3}\d+$/iu,
  /^(?:many|multiple|several|various) (?:locations|sites|centers|centres|cities)\b/i,
  /^["\s]*for additional information\b/i,
  /^(?:facility|site|location|hospital|unknown|n\/?a|not applicable|tbd|to be determined|-+|\.+)$/i,
]

/**
 * The name of an establishment without the sponsor's site number; null for a placeholder ("Research Site",
 * "Investigational Site Number : 2500019", "Local Institution - 007-689"), which about one ClinicalTrials.gov site
 * in twelve carries while its sponsor keeps the name back.
 */
export function readFacility(text: string | undefined): string | null {
  if (text === undefined) return null
  const name = tidy(text).replace(SITE_NUMBER, '')
  return name === '' || PLACEHOLDERS.some((placeholder) => placeholder.test(name)) ? null : name
}

/** The city of a site; null where a placeholder stands for it ("Many Locations"). */
export function readCity(text: string | undefined): string | null {
  if (text === undefined) return null
  const city = tidy(text)
  return city === '' || PLACEHOLDERS.some((placeholder) => placeholder.test(city)) ? null : city
}
