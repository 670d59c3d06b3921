/** A node as the data files give it. */
export interface TreeNode {
  code: string
  parents: readonly string[]
  /** Ancestors by the tree that it does not belong to in practice. Holds for its descendants too. */
  notWithin?: readonly string[]
  /** Codes it is taken for when named as a whole. Not handed down to its descendants. */
  means?: readonly string[]
}

export interface Tree {
  has(code: string): boolean
  /** Whether `code` is `ancestor` or lies below it. False for unknown codes. */
  isWithin(code: string, ancestor: string): boolean
  /** The code itself and everything above it, nearest first; empty for unknown codes. */
  ancestorsOf(code: string): readonly string[]
  /** The code itself and everything below it, in the order of the data; empty for unknown codes. */
  descendantsOf(code: string): readonly string[]
}

/**
 * Relations of a vocabulary in which a term may have several parents, worked out once so that asking is a set look-up.
 * @throws RangeError on a code given twice, an unknown parent, or a circle of parents.
 */
export function createTree(nodes: readonly TreeNode[]): Tree {
  const byCode = new Map<string, TreeNode>()
  for (const node of nodes) {
    if (byCode.has(node.code)) throw new RangeError(`${node.code} is given twice`)
    byCode.set(node.code, node)
  }

  const above = new Map<string, Set<string>>()
  const climb = (code: string, path: readonly string[]): Set<string> => {
    const known = above.get(code)
    if (known) return known
    const node = byCode.get(code)
    if (!node) throw new RangeError(`${path.at(-1)} has the unknown parent ${code}`)
    if (path.includes(code)) throw new RangeError(`${[...path, code].join(' < ')} is a circle`)
    const ancestors = new Set([code, ...node.parents])
    for (const parent of node.parents) for (const ancestor of climb(parent, [...path, code])) ancestors.add(ancestor)
    for (const ancestor of node.notWithin ?? []) ancestors.delete(ancestor)
    above.set(code, ancestors)
    return ancestors
  }
  for (const node of nodes) climb(node.code, [])
  for (const node of nodes) for (const code of node.means ?? []) above.get(node.code)?.add(code)

  const below = new Map<string, string[]>(nodes.map((node) => [node.code, []]))
  for (const node of nodes) for (const ancestor of above.get(node.code) ?? []) below.get(ancestor)?.push(node.code)
  const listed = new Map([...above].map(([code, ancestors]) => [code, [...ancestors]]))

  return {
    has: (code) => byCode.has(code),
    isWithin: (code, ancestor) => above.get(code)?.has(ancestor) ?? false,
    ancestorsOf: (code) => listed.get(code) ?? [],
    descendantsOf: (code) => below.get(code) ?? [],
  }
}
