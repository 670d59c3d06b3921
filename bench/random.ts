import { seededRandom } from '../test/support/random.ts'

/** A seeded source of numbers, so that a bench asks and measures the same thing every time. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number from 0 to `below` − 1. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
  chance(probability: number): boolean
}

/** A source of numbers for drawing. */
export function createRandom(seed: number): Random {
  const next = seededRandom(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[below(items.length)] as (typeof items)[number]
    },
  }
}
