/** What a table says of a registry's code; undefined for a code it does not have, `constructor` included. */
export function lookUp<T>(table: Readonly<Record<string, T>>, code: string | number | undefined): T | undefined {
  return code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined
}
