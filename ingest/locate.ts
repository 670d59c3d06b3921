import distance from '@turf/distance'
import { departementOf, townOfCedex } from '../domain/places/cedex.ts'
import { DEPARTEMENTS } from '../domain/places/departements.ts'
import type { Place } from '../domain/places/place.ts'
import { readPlaceName } from '../domain/places/place-name.ts'
import type { Places } from '../domain/places/places.ts'
import { middle } from '../domain/places/resolve.ts'
import type { Point, PointPrecision, RecordSite } from '../domain/trial.ts'
import { findEstablishment } from './establishment.ts'

interface Location {
  point: Point
  pointPrecision: PointPrecision
  departement: string
}

/** Where a town is, and how large. */
interface Town extends Location {
  population: number
}

type Words = Pick<RecordSite, 'facility' | 'city' | 'postalCode' | 'street' | 'country' | 'registryPoint'>

/** Two statements about one site that lie farther apart than this contradict each other. */
const SAME_PLACE_KM = 30
/** A hospital lies that near to the middle of the town it gives as its own… */
const SAME_TOWN_KM = 5
/** … or in a suburb, where the town is as large as that. */
const CITY = 80_000
const SAME_CITY_KM = 20
/** The same where only the region of the town is known. */
const AREA_KM = 50
/** Of namesakes the largest is meant when it is this many times larger than the next. */
const DOMINANT = 5

/** Inhabitants of a town that is meant by the beginning of its name alone ("Illkirch"). */
const KNOWN_TOWN = 5_000
const MOST_NAMESAKES = 20
const SHORTEST_BEGINNING = 4
const POSTAL_SUFFIXES = new Set(['armees', 'naval', 'marine', 'aeroport', 'gare'])

/** The only département of an overseas country code. */
const OVERSEAS: Record<string, string> = {
  GP: '971',
  MQ: '972',
  GF: '973',
  RE: '974',
  PM: '975',
  YT: '976',
  BL: '977',
  MF: '978',
  WF: '986',
  PF: '987',
  NC: '988',
}

/**
 * Locates the sites of a record: the same site with its point, the precision of it and its département, or with nulls
 * where its words name no place in France. Pure; city points of the registry only choose between namesakes, or stand
 * in where the words say nothing.
 */
export function createLocator(places: Places): (site: RecordSite) => RecordSite {
  return (site) => {
    const location = locate(places, site)
    return location ? { ...site, ...location } : { ...site, departement: null, point: null, pointPrecision: null }
  }
}

function locate(places: Places, site: Words): Location | null {
  const town = locateTown(places, site)
  const facility = site.facility && findEstablishment({ ...site, facility: site.facility, near: town && nearOf(town) })
  if (facility) {
    const { lat, lon } = facility
    const own = places.byPostalCode(facility.postalCodes[0] ?? '')[0]?.departement
    const departement = own ?? town?.departement
    if (departement) return { point: { lat, lon }, pointPrecision: 'facility', departement }
  }
  return town && { point: town.point, pointPrecision: town.pointPrecision, departement: town.departement }
}

function nearOf({ point, pointPrecision, population }: Town) {
  if (pointPrecision === 'area') return { point, withinKm: AREA_KM }
  return { point, withinKm: population >= CITY ? SAME_CITY_KM : SAME_TOWN_KM }
}

/** Where city and postal code put a site, whatever its establishment. */
function locateTown(places: Places, site: Words): Town | null {
  const { postalCode, registryPoint } = site
  const members = postalCode ? places.byPostalCode(postalCode) : []
  const departement =
    OVERSEAS[site.country] ?? members[0]?.departement ?? (postalCode ? departementOf(postalCode) : null)
  const named = placesNamed(places, site.city, departement)
  if (members.length) {
    const stated = statedBy(members, named, site.city)
    const elsewhere = named.length ? choose(named, departement, registryPoint) : null
    // Code and town contradict each other: a digit is mistyped more easily than a town.
    if (!stated && elsewhere && km(elsewhere.point, middle(members).point) > SAME_PLACE_KM) return at(places, elsewhere)
    const { point, precision } = middle(stated ? [stated] : members)
    const [largest] = members
    // The arrondissement of a city is as large as the city.
    const city = largest?.kind === 'arrondissement' ? places.byCode(largest.commune) : named[0]
    const population = Math.max(largest?.population ?? 0, city?.population ?? 0)
    return {
      point,
      pointPrecision: precision,
      departement: (stated ?? largest)?.departement ?? departement ?? '',
      population,
    }
  }
  const isInside = (place: Place) => place.departement === departement
  const town =
    choose(named.filter(isInside), departement, registryPoint) ||
    (departement && choose(beginningWith(places, site.city, departement), departement, registryPoint)) ||
    choose(named, departement, registryPoint) ||
    (named.length === 0 && choose(beginningWith(places, site.city, null), null, registryPoint)) ||
    choose(withoutSuffix(places, site.city), null, registryPoint) ||
    (registryPoint ? nearest(towns(places), registryPoint, departement) : null)
  if (town) return at(places, town)
  const office = postalCode ? townOfCedex(places, postalCode) : null
  return office && { ...at(places, office), pointPrecision: 'area' }
}

function at(places: Places, place: Place): Town {
  const pointPrecision = place.precision === 'area' ? 'area' : place.kind === 'arrondissement' ? 'postal_code' : 'city'
  const { population } = places.byCode(place.commune) ?? place
  return { point: place.point, pointPrecision, departement: place.departement, population }
}

/**
 * The place of a postal code that the city names: an arrondissement rather than its city, a former commune rather
 * than the one it is part of today.
 */
function statedBy(members: Place[], named: Place[], city: string | null): Place | undefined {
  const own =
    members.find((member) => named.some(({ commune }) => commune === member.commune)) ??
    members.find((member) => city !== null && namesOneAnother(member.name, city))
  if (!own || own.kind === 'arrondissement') return own
  return named.find(({ commune, precision }) => commune === own.commune && precision === 'city') ?? own
}

/**
 * Places a city field may mean: the whole of it, else a part of it ("Lyon, Rhône"; "Bordeaux - Pessac"). Those of the
 * département where there are any, else those of that very name.
 */
function placesNamed(places: Places, city: string | null, departement: string | null): Place[] {
  if (city === null) return []
  const parts = [city, ...city.split(/[,;/()]| [-–] |(?<=\p{L}) ?\d{5}\b|\b\d{5} /u)]
  for (const part of parts) {
    const found = places.byName(part.trim())
    const inside = found.filter((place) => place.departement === departement)
    const exact = found.filter(({ name }) => readPlaceName(name).key === readPlaceName(part).key)
    if (found.length) return inside.length ? inside : exact.length ? exact : found
  }
  return []
}

/**
 * The one place meant: of the département when one is known, the
 * nearest to the registry's point, or clearly the largest.
 */
function choose(named: Place[], departement: string | null, registryPoint: Point | null): Place | null {
  const inside = named.filter((place) => place.departement === departement)
  const candidates = inside.length ? inside : named
  const near = registryPoint && candidates.filter(({ point }) => km(point, registryPoint) <= SAME_PLACE_KM)
  if (near && near.length === 0 && inside.length === 0) return null
  const [first, second] = near?.length ? near : candidates
  if (!first) return null
  const alone = !second || first.population >= DOMINANT * second.population || second.commune === first.commune
  return alone || inside.length > 0 ? first : null
}

/** Places whose name begins with the words of the city, or the city with theirs: "Charenton", "Plérin sur Mer". */
function beginningWith(places: Places, city: string | null, departement: string | null): Place[] {
  if (city === null) return []
  const all = departement ? places.inDepartement(departement) : places.search(city, MOST_NAMESAKES)
  const found = all.filter(({ name }) => namesOneAnother(name, city))
  return departement ? found : found.filter(({ population }) => population >= KNOWN_TOWN)
}

/** True when one of two names is the beginning of the other. */
function namesOneAnother(name: string, city: string): boolean {
  const [a, b] = [readPlaceName(name).words, readPlaceName(city).words]
  if ((b[0]?.length ?? 0) < SHORTEST_BEGINNING) return false
  return a.slice(0, b.length).join(' ') === b.slice(0, a.length).join(' ')
}

/** Towns named with the part that the post serves on its own: "Toulon Armées". */
function withoutSuffix(places: Places, city: string | null): Place[] {
  const words = city === null ? [] : readPlaceName(city).words
  return POSTAL_SUFFIXES.has(words.at(-1) ?? '') ? places.byName(words.slice(0, -1).join(' ')) : []
}

/** The town nearest to the registry's own point, of the département where one is known; null when none is near. */
function nearest(towns: Place[], point: Point, departement: string | null): Place | null {
  const squared = ({ lat, lon }: Point) =>
    (lat - point.lat) ** 2 + ((lon - point.lon) * Math.cos((lat * Math.PI) / 180)) ** 2
  let best: Place | null = null
  for (const town of towns) {
    if (departement && town.departement !== departement) continue
    if (!best || squared(town.point) < squared(best.point)) best = town
  }
  return best && km(best.point, point) <= SAME_PLACE_KM ? best : null
}

function towns(places: Places): Place[] {
  return Object.keys(DEPARTEMENTS).flatMap((departement) =>
    places.inDepartement(departement).filter(({ kind, precision }) => kind === 'commune' && precision === 'city'),
  )
}

function km(a: Point, b: Point): number {
  return distance([a.lon, a.lat], [b.lon, b.lat])
}
