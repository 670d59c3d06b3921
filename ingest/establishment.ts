import distance from '@turf/distance'
import { ESTABLISHMENTS, type Establishment } from '../domain/places/establishments.ts'
import { readPlaceName } from '../domain/places/place-name.ts'
import type { Point } from '../domain/trial.ts'
import { readFacilityWords, withoutCare } from './facility-words.ts'

/** What is known of a site when its establishment is looked for. */
export interface FacilityQuestion {
  facility: string
  city: string | null
  postalCode: string | null
  street?: string | undefined
  /** Where city and postal code put it, and how far off that may be; null when they say nothing. */
  near: { point: Point; withinKm: number } | null
}

interface Phrase {
  words: string[]
  establishment: Establishment
  local: boolean
}

interface Match {
  establishment: Establishment
  local: boolean
  start: number
  end: number
}

/** Two entries this near are one campus: either point stands for both. */
export const SAME_CAMPUS_KM = 0.6

const DIRECTIONS = new Set(['nord', 'sud', 'est', 'ouest'])

/** Beside the name of a saint or a physician these words say that another house is meant than the public hospital. */
const OTHER_HOUSES = new Set([
  'clinique',
  'polyclinique',
  'prive',
  'chp',
  'cabinet',
  'maternite',
  'residence',
  'laboratoire',
])

/**
 * The establishment a site is, or null: when nothing of the table is named, when what is named lies elsewhere than
 * city and postal code say, and when two different hospitals are meant equally well. Pure.
 */
export function findEstablishment(question: FacilityQuestion): Establishment | null {
  const words = readFacilityWords(question.facility)
  const named = widest(matchesIn(words, question))
  if (named.length === 0) {
    const said = withoutCare(words)
    const town = question.city ? readPlaceName(question.city).words : []
    return siteOfGroup(said, town, question) ?? theOne(wholeMatches(said, town, question), question)
  }
  // The same words may stand for several houses: first what each of the words means, then whether that is one house.
  const spans = new Set(named.map(({ start, end }) => `${start}-${end}`))
  const meant = [...spans].flatMap((span) => {
    const matches = named.filter(({ start, end }) => span === `${start}-${end}`)
    const unmistakable = establishmentsOf(matches.filter(({ local }) => !local))
    return theOne(establishmentsOf(matches), question) ?? theOne(unmistakable, { postalCode: null, city: null }) ?? []
  })
  return theOne(meant, question)
}

function establishmentsOf(matches: Match[]): Establishment[] {
  return matches.map(({ establishment }) => establishment)
}

/** What a trust may be called beside its name. */
const TRUST_WORDS = new Set([
  'chu',
  'chr',
  'ch',
  'hopital',
  'centre',
  'regional',
  'metropole',
  'paris',
  'lyon',
  'marseille',
])

const GROUP_SITES = ESTABLISHMENTS.flatMap((establishment) => {
  const needed = establishment.group?.split(' ')
  if (!needed) return []
  const town = readFacilityWords(establishment.city)
  const isOwnTown = town.every((word) => needed.includes(word))
  return [{ establishment, needed, known: new Set([...needed, ...town]), isOwnTown }]
})

const PHRASES = index()

function index(): Map<string, Phrase[]> {
  const byFirstWord = new Map<string, Phrase[]>()
  for (const establishment of ESTABLISHMENTS) {
    const add = (names: string[] | undefined, local: boolean) => {
      for (const name of names ?? []) {
        const words = readFacilityWords(name)
        const list = byFirstWord.get(words[0] ?? '') ?? []
        byFirstWord.set(words[0] ?? '', [...list, { words, establishment, local }])
      }
    }
    add(establishment.names, false)
    add(establishment.localNames, true)
  }
  return byFirstWord
}

const WHOLE_NAMES = ESTABLISHMENTS.flatMap((establishment) =>
  (establishment.wholeNames ?? []).map((name) => {
    const words = readFacilityWords(name)
    return { words, known: new Set([...words, ...readFacilityWords(establishment.city)]), establishment }
  }),
)

function matchesIn(words: string[], question: FacilityQuestion): Match[] {
  return words.flatMap((word, start) =>
    (PHRASES.get(word) ?? []).flatMap(({ words: phrase, establishment, local }) => {
      const end = start + phrase.length
      if (!phrase.every((part, offset) => words[start + offset] === part)) return []
      if (!liesThere(establishment, question, local)) return []
      const before = withoutCare(words.slice(0, start)).at(-1) ?? ''
      const after = words[end] ?? ''
      const isOther = [before, after].some((word) => OTHER_HOUSES.has(word)) && !isOtherHouse(establishment)
      // "Lyon Sud Ouest" is not "Lyon Sud".
      return isOther || DIRECTIONS.has(after) ? [] : [{ establishment, local, start, end }]
    }),
  )
}

function isOtherHouse({ name }: Establishment): boolean {
  return readFacilityWords(name).some((word) => OTHER_HOUSES.has(word))
}

/** "Gustave Roussy Chevilly" leaves no room for "Gustave Roussy" inside it. */
function widest(matches: Match[]): Match[] {
  const inside = (a: Match, b: Match) => a.start >= b.start && a.end <= b.end && a.end - a.start < b.end - b.start
  return matches.filter((match) => !matches.some((other) => inside(match, other)))
}

/**
 * The site of a hospital trust when nothing but the trust is named ("Assistance Publique Hopitaux De Paris"): the one
 * of that street, else the only one of that postal code.
 */
function siteOfGroup(said: string[], town: string[], question: FacilityQuestion): Establishment | null {
  if (said.length === 0) return null
  const sites = GROUP_SITES.filter(({ needed, known, establishment }) => {
    const isNamed = needed.every((word) => said.includes(word) || town.includes(word))
    const nothingElse = said.every((word) => TRUST_WORDS.has(word) || known.has(word) || town.includes(word))
    return isNamed && nothingElse && liesThere(establishment, question, true)
  })
  const ofStreet = sites.map(({ establishment }) => establishment).filter((site) => isInStreet(site, question))
  if (ofStreet.length) return theOne(ofStreet, question)
  const ofCode = sites.filter(({ establishment }) => establishment.postalCodes.includes(question.postalCode ?? ''))
  const [only] = ofCode
  // A code of the trust's own town may be that of its head office.
  return ofCode.length === 1 && only && !only.isOwnTown && !isElsewhere(only.establishment, question)
    ? only.establishment
    : null
}

function isInStreet({ streets = [] }: Establishment, { street = '' }: FacilityQuestion): boolean {
  const words = ` ${readFacilityWords(street).join(' ')} `
  return streets.some((name) => words.includes(` ${name} `))
}

/** True when the address names another street than the ones the establishment is known to stand in. */
function isElsewhere(establishment: Establishment, question: FacilityQuestion): boolean {
  return Boolean(question.street) && Boolean(establishment.streets) && !isInStreet(establishment, question)
}

/** Establishments meant when nothing but the kind of hospital and the town is said. */
function wholeMatches(said: string[], town: string[], question: FacilityQuestion): Establishment[] {
  if (said.length === 0) return []
  return WHOLE_NAMES.filter(({ words: needed, known, establishment }) => {
    const complete = needed.every((word) => said.includes(word) || town.includes(word))
    const nothingElse = said.every((word) => known.has(word) || town.includes(word))
    return complete && nothingElse && liesThere(establishment, question, true) && !isElsewhere(establishment, question)
  }).map(({ establishment }) => establishment)
}

function liesThere({ lat, lon }: Establishment, { near }: FacilityQuestion, local: boolean): boolean {
  return near ? km(near.point, { lat, lon }) <= near.withinKm : !local
}

/** The only candidate, or the only one at the postal code, or the only one of the town. */
function theOne(named: Establishment[], { postalCode, city }: Pick<FacilityQuestion, 'postalCode' | 'city'>) {
  const candidates = [...new Set(named)]
  const [first] = candidates
  if (!first || candidates.every((other) => km(first, other) <= SAME_CAMPUS_KM)) return first ?? null
  const town = city ? readPlaceName(city).key : null
  const tests = [
    (candidate: Establishment) => postalCode !== null && candidate.postalCodes.includes(postalCode),
    (candidate: Establishment) => readPlaceName(candidate.city).key === town,
  ]
  for (const test of tests) {
    const left = candidates.filter(test)
    const [only] = left
    if (only && left.every((other) => km(only, other) <= SAME_CAMPUS_KM)) return only
  }
  return null
}

function km(a: Point, b: Point): number {
  return distance([a.lon, a.lat], [b.lon, b.lat])
}
