/**
 * Keys under which CTIS publishes people: investigators, representatives, scientific contacts, staff of subcontractors;
 * and the correspondence of the assessment, which names them in running text and says nothing that is read here.
 */
const PERSONS: ReadonlySet<string> = new Set(
  'personInfo person scientificContacts thirdParties publicEvaluation'.split(' '),
)
/**
 * Filed with an organisation or an address these are those of somebody there; a desk has them under a name of its own.
 */
const DIRECT: ReadonlySet<string> = new Set(['phone', 'telephone', 'email'])

/**
 * A CTIS payload without the people in it. They are personal data although they are public, of no use to somebody
 * who looks for a trial, and are not stored; the sponsor's public contacts, which are desks, stay. Pure.
 */
export function withoutPersons(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isPerson(item)).map(withoutPersons)
  if (value === null || typeof value !== 'object') return value
  const isPlace = ('organisation' in value || 'address' in value) && !('functionalName' in value)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !PERSONS.has(key) && !isPerson(member) && !(isPlace && DIRECT.has(key)))
      .map(([key, member]) => [key, withoutPersons(member)]),
  )
}

/** Whatever key it stands under: only people have a first and a last name. */
function isPerson(value: unknown): boolean {
  return value !== null && typeof value === 'object' && ('firstName' in value || 'lastName' in value)
}
