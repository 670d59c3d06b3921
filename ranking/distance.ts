import { distance } from '@turf/distance'
import type { Point } from '../domain/trial.ts'
import { nearness } from './points.ts'
import type { Weights } from './weights.ts'

/** Mean radius of the Earth that @turf/distance uses, so that a search and the page of a trial say the same. */
const EARTH_KM = 6371.0088
const RADIANS = Math.PI / 180

type Vector = readonly [number, number, number]

/** Where a point without coordinates is: no distance to it is less than any other. */
export const NOWHERE: Vector = [NaN, NaN, NaN]

/** Great-circle kilometres between two points. */
export function kilometres(from: Point, to: Point): number {
  return distance([from.lon, from.lat], [to.lon, to.lat], { units: 'kilometers' })
}

/** A point as a unit vector from the middle of the Earth. */
export function unitVector({ lat, lon }: Point): Vector {
  const cos = Math.cos(lat * RADIANS)
  return [cos * Math.cos(lon * RADIANS), cos * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}

/**
 * Great-circle kilometres of the square of a chord, the straight line between two unit vectors. Chords order points as
 * distances do and need no trigonometry.
 */
export const kilometresOfChord = (squared: number): number =>
  2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(squared) / 2))

/** The place a question is asked from. */
export interface Measure {
  /** Its unit vector. */
  x: number
  y: number
  z: number
  /** What a distance is worth, 0..1. */
  worth(km: number): number
  /**
   * At least what the distance of a chord is worth, without its trigonometry: the worth of the straight line cut to
   * whole kilometres, which is never longer.
   */
  worthAtMost(squared: number): number
  /** What a site of unknown status keeps of that worth. */
  unknownStatusFactor: number
}

export function measureFrom(point: Point, weights: Weights): Measure {
  const known = worthsFor(weights)
  const [x, y, z] = unitVector(point)
  return {
    x,
    y,
    z,
    worth: (km) => nearness(km, weights),
    worthAtMost: (squared) => known[Math.floor(EARTH_KM * Math.sqrt(squared))] as number,
    unknownStatusFactor: weights.distance.unknownStatusFactor,
  }
}

const tables = new WeakMap<Weights['distance'], Float64Array>()

/**
 * The worth of every whole number of kilometres, made once for each set of weights. No chord is longer than two radii.
 */
function worthsFor(weights: Weights): Float64Array {
  const known = tables.get(weights.distance)
  if (known !== undefined) return known
  const table = Float64Array.from({ length: 2 * Math.ceil(EARTH_KM) }, (_, km) => nearness(km, weights))
  tables.set(weights.distance, table)
  return table
}
