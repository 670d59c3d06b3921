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

type Words = Pick<RecordSite, 'facility' | 'city' | 'postalCode' | 'street' | 'country' | 'registryPoint'>

/** Two statements about one site that lie farther apart than this contradict each other. */
const SAME_PLACE_KM = 30
/** A hospital lies that near to the town it gives as its own: the suburb of a large one at most. */
const SAME_TOWN_KM = 20
/** The same where only the region of the town is known. */
const AREA_KM = 50
/** Of namesakes the largest is meant when it is this many times larger than the next. */
const DOMINANT = 5

/** Inhabitants of a town that nobody confuses with a hamlet of the same name. */
const LARGE_TOWN = 20_000

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
  const place = locatePlace(places, site)
  const facility =
    site.facility && findEstablishment({ ...site, facility: site.facility, near: place && nearOf(place) })
  if (!facility) return place
  const { lat, lon } = facility
  const own = places.byPostalCode(facility.postalCodes[0] ?? '')[0]?.departement
  const departement = own ?? place?.departement
  return departement ? { point: { lat, lon }, pointPrecision: 'facility', departement } : place
}

function nearOf({ point, pointPrecision }: Location) {
  return { point, withinKm: pointPrecision === 'area' ? AREA_KM : SAME_TOWN_KM }
}

/** Where city and postal code put a site, whatever its establishment. */
function locatePlace(places: Places, site: Words): Location | null {
  const { postalCode, registryPoint } = site
  const members = postalCode ? places.byPostalCode(postalCode) : []
  const departement =
    OVERSEAS[site.country] ?? members[0]?.departement ?? (postalCode ? departementOf(postalCode) : null)
  const named = placesNamed(places, site.city)
  if (members.length) {
    const stated = statedBy(members, named)
    const elsewhere = named.length ? choose(named, departement, registryPoint) : null
    // Code and town contradict each other: a digit is mistyped more easily than a town.
    if (!stated && elsewhere && km(elsewhere.point, middle(members).point) > SAME_PLACE_KM) return at(elsewhere)
    const { point, precision } = middle(stated ? [stated] : members)
    return { point, pointPrecision: precision, departement: (stated ?? members[0])?.departement ?? departement ?? '' }
  }
  const town =
    choose(named, departement, registryPoint) ??
    choose(namesakes(places, site.city, departement), departement, registryPoint) ??
    choose(largeTowns(places, site.city), null, registryPoint) ??
    (registryPoint ? nearest(towns(places), registryPoint, departement) : null)
  if (town) return at(town)
  const office = postalCode ? townOfCedex(places, postalCode) : null
  return office && { point: office.point, pointPrecision: 'area', departement: office.departement }
}

function at(place: Place): Location {
  const pointPrecision = place.precision === 'area' ? 'area' : place.kind === 'arrondissement' ? 'postal_code' : 'city'
  return { point: place.point, pointPrecision, departement: place.departement }
}

/**
 * The place of a postal code that the city names: an arrondissement rather than its city, a former commune rather
 * than the one it is part of today.
 */
function statedBy(members: Place[], named: Place[]): Place | undefined {
  const own = members.find((member) => named.some(({ commune }) => commune === member.commune))
  if (!own || own.kind === 'arrondissement') return own
  return named.find(({ commune, precision }) => commune === own.commune && precision === 'city') ?? own
}

/** Places a city field may mean: the whole of it, else a part of it ("Lyon, Rhône"; "Bordeaux - Pessac"). */
function placesNamed(places: Places, city: string | null): Place[] {
  if (city === null) return []
  const parts = [city, ...city.split(/[,;/()]| [-–] |(?<=\p{L}) ?\d{5}\b|\b\d{5} /u)]
  for (const part of parts) {
    const found = places.byName(part.trim())
    if (found.length) return found
  }
  return []
}

/** The one place meant: of the département when one is known, the nearest to the registry's point, or clearly the largest. */
function choose(named: Place[], departement: string | null, registryPoint: Point | null): Place | null {
  const inside = named.filter((place) => place.departement === departement)
  const candidates = inside.length ? inside : named
  const near = registryPoint && candidates.filter(({ point }) => km(point, registryPoint) <= SAME_PLACE_KM)
  const [first, second] = near?.length ? near : candidates
  if (!first) return null
  const alone = !second || first.population >= DOMINANT * second.population || second.commune === first.commune
  return alone || inside.length > 0 ? first : null
}

/** Places of the département whose name begins with the words of the city, or the city with theirs: "Charenton", "Plérin sur Mer". */
function namesakes(places: Places, city: string | null, departement: string | null): Place[] {
  const words = city === null ? [] : readPlaceName(city).words
  if (!departement || (words[0]?.length ?? 0) < 4) return []
  const begins = (whole: string[], part: string[]) =>
    part.length > 0 && part.every((word, index) => whole[index] === word)
  return places.inDepartement(departement).filter(({ name }) => {
    const own = readPlaceName(name).words
    return begins(own, words) || begins(words, own)
  })
}

/** Large towns that a longer city field begins with, where no département narrows it: "Toulon Armées". */
function largeTowns(places: Places, city: string | null): Place[] {
  const words = city === null ? [] : readPlaceName(city).words
  const shorter = words.slice(1).map((_, count) => words.slice(0, words.length - 1 - count))
  const found = shorter.map((part) => places.byName(part.join(' '))).find((list) => list.length > 0) ?? []
  return found.filter(({ population }) => population >= LARGE_TOWN)
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
