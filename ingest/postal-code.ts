/** What a registry's free-text postal code says of a French site; `odd` when it says something that cannot be used. */
export interface PostalCodeReading {
  postalCode: string | null
  odd: boolean
}

/**
 * The five digits of a French postal code in free text: `75013`, `75 013`, `F-75013`, `30029, Cedex`. CEDEX codes are
 * kept as given. Nothing is guessed: neither a lost zero (`6400` was filed for Pau, 64000, as well as for Cannes,
 * 06400) nor which of two codes is meant.
 */
export function readPostalCode(text: string | undefined): PostalCodeReading {
  if (text === undefined || !/\d/.test(text)) return { postalCode: null, odd: false }
  const codes = new Set(text.replace(/(\d)[\s.](?=\d)/g, '$1').match(/(?<!\d)\d{5}(?!\d)/g))
  const [first] = codes
  return codes.size === 1 && first !== undefined && first >= '01000'
    ? { postalCode: first, odd: false }
    : { postalCode: null, odd: !/^cedex\s*\d{1,2}$/i.test(text.trim()) }
}

/** First digits of postal codes outside metropolitan France, to ISO 3166-1 alpha-2; the longest match counts. */
const OVERSEAS_PREFIXES: [string, string][] = [
  ['97133', 'BL'],
  ['97150', 'MF'],
  ['971', 'GP'],
  ['972', 'MQ'],
  ['973', 'GF'],
  ['974', 'RE'],
  ['975', 'PM'],
  ['976', 'YT'],
  ['977', 'BL'],
  ['978', 'MF'],
  ['986', 'WF'],
  ['987', 'PF'],
  ['988', 'NC'],
]

/** The country of a postal code that a registry files under France: RE for 97400, FR for 69008 or for none. */
export function countryOfPostalCode(postalCode: string | null): string {
  return OVERSEAS_PREFIXES.find(([prefix]) => postalCode?.startsWith(prefix))?.[1] ?? 'FR'
}
