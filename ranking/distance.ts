import { distance } from '@turf/distance'
import type { Point } from '../domain/trial.ts'
import { doubles } from './columns.ts'
import { nearness } from './points.ts'
import type { Weights } from './weights.ts'

/** Mean radius of the Earth that @turf/distance uses, so that what is computed here equals what is shown. */
const EARTH_KM = 6371.0088
const RADIANS = Math.PI / 180

/** Great-circle kilometres between two points: what is shown. */
export function kilometres(from: Point, to: Point): number {
  return distance([from.lon, from.lat], [to.lon, to.lat], { units: 'kilometers' })
}

/** Distances from one place to the points of a table, by their numbers. */
export interface Measure {
  kilometres(point: number): number
  /** What a distance is worth, 0..1. */
  worth(km: number): number
  /** What a site of unknown status keeps of that worth. */
  unknownStatusFactor: number
}

/**
 * Every distinct point of every site, once, as a unit vector. Sites share points (a hospital runs many trials), so one
 * question measures each point at most once however many trials it serves.
 */
export interface PointTable {
  /** Number of the point, added when new. */
  number(point: Point): number
  /** Measure from here. What another measure found is forgotten: one at a time. */
  measureFrom(point: Point, weights: Weights): Measure
  size(): number
}

export function createPointTable(): PointTable {
  const numbers = new Map<string, number>()
  const axes = [doubles(), doubles(), doubles()] as const
  const known = doubles(-1)

  return {
    number(point) {
      const key = `${point.lat},${point.lon}`
      const before = numbers.get(key)
      if (before !== undefined) return before
      const next = numbers.size
      numbers.set(key, next)
      for (const column of [...axes, known]) column.reserve(next + 1)
      unitVector(point).forEach((part, axis) => {
        ;(axes[axis] as (typeof axes)[number]).data[next] = part
      })
      return next
    },
    size: () => numbers.size,
    measureFrom(point, weights) {
      const [px, py, pz] = unitVector(point)
      const [xs, ys, zs] = [axes[0].data, axes[1].data, axes[2].data]
      const km = known.data.fill(-1, 0, numbers.size)
      return {
        kilometres(number) {
          const before = km[number] as number
          if (before >= 0) return before
          const dx = (xs[number] as number) - px
          const dy = (ys[number] as number) - py
          const dz = (zs[number] as number) - pz
          const chord = Math.sqrt(dx * dx + dy * dy + dz * dz)
          const found = 2 * EARTH_KM * Math.asin(Math.min(1, chord / 2))
          km[number] = found
          return found
        },
        worth: (found) => nearness(found, weights),
        unknownStatusFactor: weights.distance.unknownStatusFactor,
      }
    },
  }
}

function unitVector({ lat, lon }: Point): [number, number, number] {
  const cos = Math.cos(lat * RADIANS)
  return [cos * Math.cos(lon * RADIANS), cos * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}
