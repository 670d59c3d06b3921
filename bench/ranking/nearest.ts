import { kilometres } from '../../ranking/distance.ts'
import { rank } from '../../ranking/rank.ts'
import type { RawLocation } from '../recorded.ts'
import { contextOf, type Labelled, locationsOf } from './labelled.ts'

const TOLERANCE_KM = 15

/**
 * Against the raw records alone: no recruiting location lies nearer, by the registry's own points, than the site shown.
 */
export function nearestSites({ asked, corpus, raw }: Labelled, verbose: boolean): string {
  let [checked, right, open] = [0, 0, 0]
  for (const { person, question } of asked) {
    for (const { id, site } of rank(corpus, question, contextOf(person)).results) {
      const recruiting = locationsOf(raw.get(id)).filter((one) => one.status === 'RECRUITING' && !isMisplaced(one))
      if (site === null || recruiting.length === 0) continue
      checked++
      if (site.status === 'RECRUITING') open++
      const nearest = Math.min(
        ...recruiting.map(({ geoPoint }) => (geoPoint ? kilometres(person.point, geoPoint) : Infinity)),
      )
      if (site.distanceKm !== null && site.distanceKm <= nearest + TOLERANCE_KM) right++
      else if (verbose) console.log('nearest', id, site.city, site.distanceKm, nearest)
    }
  }
  return `Nearest open site, from the raw records by the registry's own town points (${TOLERANCE_KM} km of tolerance, theirs being towns and ours hospitals): right in ${right} of ${checked}, sites overseas that the registry puts into Europe left out; the site shown is recruiting in ${open} of ${checked}.`
}

/** The registry puts Saint-Pierre de La Réunion (97410) into the quarter of Marseille of that name. */
function isMisplaced({ zip, geoPoint }: RawLocation): boolean {
  return (
    /^9[78]/.test(zip ?? '') && geoPoint !== undefined && geoPoint.lat > 41 && geoPoint.lat < 52 && geoPoint.lon > -6
  )
}
