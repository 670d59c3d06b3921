/** Every place in a JSON tree, as the keys that lead to it. */
export function placesOf(tree: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(tree)) return [path, ...tree.flatMap((item, index) => placesOf(item, [...path, index]))]
  if (tree === null || typeof tree !== 'object') return [path]
  return [path, ...Object.entries(tree).flatMap(([key, member]) => placesOf(member, [...path, key]))]
}

/** A copy of a JSON tree with another value at one place. */
export function replaceAt(tree: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(tree)) return tree.map((item, index) => (index === key ? replaceAt(item, rest, value) : item))
  const object = tree as Record<string, unknown>
  return { ...object, [key]: replaceAt(object[key], rest, value) }
}
