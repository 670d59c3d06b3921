import type { PlaceQuestion } from '../question.ts'
import type { Point, PointPrecision } from '../trial.ts'
import { townOfCedex } from './cedex.ts'
import type { Place } from './place.ts'
import type { Places } from './places.ts'

/** Where a person said they are. */
export interface ResolvedPlace {
  point: Point
  /** As shown back: "Lyon 8e Arrondissement (69008)". */
  label: string
  /** `facility` only for coordinates given as such. */
  precision: PointPrecision
  /** Null for coordinates: no département is computed from them. */
  departement: string | null
}

/** The point of a place question, or null when the place does not exist. */
export function resolvePlace(places: Places, question: PlaceQuestion): ResolvedPlace | null {
  if ('lat' in question) {
    const { lat, lon } = question
    return { point: { lat, lon }, label: `${lat}, ${lon}`, precision: 'facility', departement: null }
  }
  if ('postalCode' in question) return resolvePostalCode(places, question.postalCode)
  const place =
    'code' in question ? places.byCode(question.code) : (places.byName(question.city, question.departement)[0] ?? null)
  if (!place) return null
  return {
    point: place.point,
    label: `${place.name} (${place.postalCodes.length === 1 ? place.postalCodes[0] : place.departement})`,
    precision: place.precision,
    departement: place.departement,
  }
}

/**
 * A postal code: the middle of its communes; a CEDEX code: the town whose post office it is, as far as numbers tell.
 */
export function resolvePostalCode(places: Places, postalCode: string): ResolvedPlace | null {
  const members = places.byPostalCode(postalCode)
  const [largest] = members
  if (largest) {
    const { point, precision } = middle(members)
    const others = members.length > 1 ? ', …' : ''
    return { point, label: `${postalCode} ${largest.name}${others}`, precision, departement: largest.departement }
  }
  const town = townOfCedex(places, postalCode)
  if (!town) return null
  return {
    point: town.point,
    label: `${postalCode} ${town.name} (CEDEX)`,
    precision: 'area',
    departement: town.departement,
  }
}

/** Middle of places by population, over those with a point of their own where there are any. */
export function middle(members: Place[]): { point: Point; precision: PointPrecision } {
  const own = members.filter(({ precision }) => precision === 'city')
  const used = own.length ? own : members
  const people = (list: Place[]) => list.reduce((sum, { population }) => sum + population + 1, 0)
  const weighted = (part: (point: Point) => number) =>
    used.reduce((sum, { point, population }) => sum + part(point) * (population + 1), 0) / people(used)
  const known = people(own) * 2 >= people(members)
  return {
    point: { lat: weighted(({ lat }) => lat), lon: weighted(({ lon }) => lon) },
    precision: known ? 'postal_code' : 'area',
  }
}
