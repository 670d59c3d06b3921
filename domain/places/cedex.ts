import type { Place } from './place.ts'
import type { Places } from './places.ts'

/**
 * The town of a postal code that belongs to no commune: a CEDEX code, the number of a large receiver or its sorting
 * office. The post gives them within the département, most often next to the geographic code of the town, and under
 * `xx0nn` for the chief town. Without the town's name this is a likelihood, never better than an area.
 * Null when the first digits are no French département.
 */
export function townOfCedex(places: Places, postalCode: string): Place | null {
  const departement = departementOf(postalCode)
  if (departement === null || places.inDepartement(departement).length === 0) return null
  const beside = [`${postalCode.slice(0, 4)}0`, `${postalCode.slice(0, 3)}00`, `${postalCode.slice(0, 2)}000`]
  const [town] = beside.flatMap((known) => places.byPostalCode(known)[0] ?? [])
  return town?.departement === departement ? town : (places.inDepartement(departement)[0] ?? null)
}

/** The département that the first digits of a postal code stand for; a few communes are served from the next one. */
export function departementOf(postalCode: string): string | null {
  if (!/^\d{5}$/.test(postalCode)) return null
  if (/^9[78]/.test(postalCode)) return postalCode.slice(0, 3)
  if (postalCode.startsWith('20')) return /^20[01]/.test(postalCode) ? '2A' : '2B'
  return postalCode.slice(0, 2)
}
