import type { Note } from './unread-record.ts'

/** What a table says of a registry's code; undefined for a code it does not have, `constructor` included. */
export function lookUp<T>(table: Readonly<Record<string, T>>, code: string | number | undefined): T | undefined {
  return code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined
}

/** The member of an enumeration; null and a note for a value that the registry has added since. */
export function readMember<T extends string>(
  members: readonly T[],
  value: string | undefined,
  field: string,
  note: Note,
) {
  if (value === undefined) return null
  const known = members.find((candidate) => candidate === value)
  if (known === undefined) note(field, value)
  return known ?? null
}
