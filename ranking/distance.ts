import { distance } from '@turf/distance'
import type { Point } from '../domain/trial.ts'
import { doubles } from './columns.ts'
import { nearness } from './points.ts'
import type { Weights } from './weights.ts'

/** Mean radius of the Earth that @turf/distance uses, so that a search and the page of a trial say the same. */
const EARTH_KM = 6371.0088
const RADIANS = Math.PI / 180

/** Great-circle kilometres between two points. */
export function kilometres(from: Point, to: Point): number {
  return distance([from.lon, from.lat], [to.lon, to.lat], { units: 'kilometers' })
}

/**
 * Distances from one place to the points of a table, by their numbers. The nearest of several points is found by the square
 * of the straight line through the Earth, which orders them alike and needs no trigonometry.
 */
export interface Measure {
  chordSquared(point: number): number
  /** Great-circle kilometres of a chord. */
  kilometres(chordSquared: number): number
  /** What a distance is worth, 0..1. */
  worth(km: number): number
  /** What a site of unknown status keeps of that worth. */
  unknownStatusFactor: number
}

/** Every distinct point of every site, once, as a unit vector. */
export interface PointTable {
  /** Number of the point, added when new. */
  number(point: Point): number
  measureFrom(point: Point, weights: Weights): Measure
  size(): number
}

export function createPointTable(): PointTable {
  const numbers = new Map<string, number>()
  const vectors = doubles()

  return {
    number(point) {
      const key = `${point.lat},${point.lon}`
      const before = numbers.get(key)
      if (before !== undefined) return before
      const next = numbers.size
      numbers.set(key, next)
      vectors.reserve(3 * (next + 1))
      vectors.data.set(unitVector(point), 3 * next)
      return next
    },
    size: () => numbers.size,
    measureFrom(point, weights) {
      const [px, py, pz] = unitVector(point)
      const all = vectors.data
      return {
        chordSquared(number) {
          const dx = (all[3 * number] as number) - px
          const dy = (all[3 * number + 1] as number) - py
          const dz = (all[3 * number + 2] as number) - pz
          return dx * dx + dy * dy + dz * dz
        },
        kilometres: (chordSquared) => 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chordSquared) / 2)),
        worth: (km) => nearness(km, weights),
        unknownStatusFactor: weights.distance.unknownStatusFactor,
      }
    },
  }
}

function unitVector({ lat, lon }: Point): [number, number, number] {
  const cos = Math.cos(lat * RADIANS)
  return [cos * Math.cos(lon * RADIANS), cos * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}
