import type { CriterionOf } from '../../../domain/criterion.ts'
import { shorts } from '../../columns.ts'
import { APART, numberOfCancer, relationTo, WITHIN_FAMILY } from '../cancer-relations.ts'

type Marker = CriterionOf<'biomarker'>

/** What an exclusion is to a person: it binds, it may, or it is about people with other cancers. */
export const BINDS = 0
export const MAY_BIND = 1
export const OF_OTHERS = 2

/** What an exclusion is to a person with the cancer of this number (-1: not told). */
export function reachOf({ cohort, ofCancers }: Marker, cancer: number): number {
  if (ofCancers === undefined) return cohort === null ? BINDS : MAY_BIND
  if (cancer < 0) return MAY_BIND
  const relations = ofCancers.map((code) => relationTo(cancer, numberOfCancer(code)))
  if (relations.every((relation) => relation === APART)) return OF_OTHERS
  return cohort === null && relations.some((relation) => relation >= WITHIN_FAMILY) ? BINDS : MAY_BIND
}

/** Every distinct reach under a number, so that a question works each out once. */
export interface Reaches {
  numberOf(marker: Marker): number
  /** By number: what it is to a person with this cancer. Good until the next question. */
  against(cancer: number): Int16Array
}

export function createReaches(): Reaches {
  const numbers = new Map<string, number>()
  const firsts: Marker[] = []
  const found = shorts()
  return {
    numberOf(marker) {
      const key = JSON.stringify([marker.cohort === null, marker.ofCancers])
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = firsts.push(marker) - 1
      numbers.set(key, number)
      found.reserve(number + 1)
      return number
    },
    against(cancer) {
      firsts.forEach((marker, number) => {
        found.data[number] = reachOf(marker, cancer)
      })
      return found.data
    },
  }
}
