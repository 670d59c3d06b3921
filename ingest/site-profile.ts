import type { Establishment } from '../domain/places/establishments.ts'
import { readPlaceName } from '../domain/places/place-name.ts'
import type { RecordSite } from '../domain/trial.ts'
import { findEstablishment, SAME_CAMPUS_KM } from './establishment.ts'
import { readFacilityWords, withoutCare } from './facility-words.ts'

/** What tells one site from another of the same town. */
export interface SiteProfile {
  site: RecordSite
  /** Null for a placeholder ("Research Site"). */
  words: string[] | null
  /** Words that name the house: no kinds of organisation, no departments, no town. */
  distinctive: Set<string>
  /** `public` or `private` where the words say so. */
  owner: 'public' | 'private' | null
  /** Kinds of organisation named: chu, clinique… */
  kinds: Set<string>
  establishment: Establishment | null
  /** Key of the town's name, CEDEX and arrondissement left out. */
  town: string | null
}

const PUBLIC = new Set(['aphp', 'aphm', 'hcl', 'clcc', 'hia', 'chu', 'chr', 'ch'])
const PRIVATE = new Set(['clinique', 'polyclinique', 'prive', 'chp', 'cabinet'])
/** Kinds of organisation, and regions that trusts put behind their town. */
const KINDS = new Set([
  ...PUBLIC,
  ...PRIVATE,
  ...'hopital centre institut fondation groupe universitaire regional metropole alpes normandie picardie bourgogne'.split(
    ' ',
  ),
])

/** What of a site tells whether another record's site is the same house. Pure. */
export function profileOf(site: RecordSite): SiteProfile {
  const { facility, city, point, pointPrecision } = site
  const town = city === null ? null : readPlaceName(city)
  // The locator has decided where there is a point: what it did not take for a house of the table is none.
  const isInTable = point === null || pointPrecision === 'facility'
  const near = point && { point, withinKm: SAME_CAMPUS_KM }
  const words = facility === null ? null : readFacilityWords(facility)
  const said = withoutCare(words ?? [])
  return {
    site,
    words,
    distinctive: new Set(said.filter((word) => word.length > 1 && !KINDS.has(word) && !town?.words.includes(word))),
    owner: ownerOf(said),
    kinds: new Set(said.filter((word) => PUBLIC.has(word) || PRIVATE.has(word))),
    establishment: facility !== null && isInTable ? findEstablishment({ ...site, facility, near }) : null,
    town: town && town.key !== '' ? town.key : null,
  }
}

/** A "Clinique Saint-Joseph" is not the "Hôpital Saint-Joseph" of its town. */
function ownerOf(said: string[]): SiteProfile['owner'] {
  if (said.some((word) => PRIVATE.has(word))) return 'private'
  return said.some((word) => PUBLIC.has(word) || word === 'hopital') ? 'public' : null
}

/** Share of the shorter list's words that the other has too, misspelt by a letter or cut short; 0 for an empty list. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  if (few.size === 0) return 0
  return [...few].filter((word) => [...many].some((other) => sameWord(word, other))).length / few.size
}

const SHORTEST_MISSPELT = 5
const SHORTEST_CUT = 4

function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= SHORTEST_CUT && long.startsWith(short)) return true
  return short.length >= SHORTEST_MISSPELT && long.length - short.length <= 1 && oneEditApart(short, long)
}

/** One letter changed, added, or two neighbours swapped. */
function oneEditApart(short: string, long: string): boolean {
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1)
  if (short.slice(start + 1) === long.slice(start + 1)) return true
  const swapped = short[start] === long[start + 1] && short[start + 1] === long[start]
  return swapped && short.slice(start + 2) === long.slice(start + 2)
}
