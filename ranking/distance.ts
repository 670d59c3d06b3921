import { distance } from '@turf/distance'
import type { Point } from '../domain/trial.ts'
import { doubles } from './columns.ts'

/** Mean radius of the Earth that @turf/distance uses, so that what is computed here equals what is shown. */
const EARTH_KM = 6371.0088
const RADIANS = Math.PI / 180

/** Great-circle kilometres between two points: what is shown. */
export function kilometres(from: Point, to: Point): number {
  return distance([from.lon, from.lat], [to.lon, to.lat], { units: 'kilometers' })
}

/**
 * Every distinct point of every site, once, as a unit vector. Sites share points (a hospital runs many trials), so one
 * question measures each point at most once however many trials it serves.
 */
export interface PointTable {
  /** Number of the point, added when new. */
  number(point: Point): number
  /** Measure from here, forgetting the previous measurements. */
  measureFrom(point: Point): Measure
  size(): number
}

/** Kilometres to a point by its number. */
export type Measure = (point: number) => number

export function createPointTable(): PointTable {
  const numbers = new Map<string, number>()
  const [x, y, z, km] = [doubles(), doubles(), doubles(), doubles(-1)]

  return {
    number(point) {
      const key = `${point.lat},${point.lon}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      const next = numbers.size
      numbers.set(key, next)
      for (const axis of [x, y, z, km]) axis.reserve(next + 1)
      ;[x.data[next], y.data[next], z.data[next]] = unitVector(point)
      return next
    },
    size: () => numbers.size,
    measureFrom(point) {
      const [px, py, pz] = unitVector(point)
      const [xs, ys, zs, known] = [x.data, y.data, z.data, km.data]
      known.fill(-1)
      return (number) => {
        const before = known[number] as number
        if (before >= 0) return before
        const dx = (xs[number] as number) - px
        const dy = (ys[number] as number) - py
        const dz = (zs[number] as number) - pz
        const chord = Math.sqrt(dx * dx + dy * dy + dz * dz)
        const kilometres = 2 * EARTH_KM * Math.asin(Math.min(1, chord / 2))
        known[number] = kilometres
        return kilometres
      }
    },
  }
}

function unitVector({ lat, lon }: Point): [number, number, number] {
  const cos = Math.cos(lat * RADIANS)
  return [cos * Math.cos(lon * RADIANS), cos * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}
