/** Keys under which CTIS publishes people: investigators, scientific contacts, staff of subcontractors. */
const PERSONS: ReadonlySet<string> = new Set(['personInfo', 'scientificContacts', 'thirdParties'])

/**
 * A CTIS payload without the people in it. They are personal data although they are public, of no use to somebody
 * who looks for a trial, and are not stored; the sponsor's public contacts, which are desks, stay. Pure.
 */
export function withoutPersons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPersons)
  if (value === null || typeof value !== 'object') return value
  const isSiteAddress = 'organisation' in value && 'address' in value
  return Object.fromEntries(
    Object.entries(value)
      // The telephone and e-mail filed with a site's address are the investigator's too.
      .filter(([key]) => !PERSONS.has(key) && !(isSiteAddress && (key === 'phone' || key === 'email')))
      .map(([key, member]) => [key, withoutPersons(member)]),
  )
}
