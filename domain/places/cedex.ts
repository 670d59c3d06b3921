import type { Place } from './place.ts'
import type { Places } from './places.ts'

/**
 * The town of a postal code that belongs to no commune: a CEDEX code, the number of a large receiver or its sorting
 * office. The post gives them within the département, most often next to the geographic code of the town, and under
 * `xx0nn` for the chief town. Without the town's name this is a likelihood, never better than an area.
 * Null when the first digits are no French département.
 */
export function townOfCedex(places: Places, postalCode: string): Place | null {
  const chiefTown = largest(places, `${postalCode.slice(0, postalCode.startsWith('97') ? 3 : 2)}000`.slice(0, 5))
  for (const known of [`${postalCode.slice(0, 4)}0`, `${postalCode.slice(0, 3)}00`]) {
    const town = largest(places, known)
    if (town) return town
  }
  return chiefTown
}

function largest(places: Places, postalCode: string): Place | null {
  return places.byPostalCode(postalCode)[0] ?? null
}
