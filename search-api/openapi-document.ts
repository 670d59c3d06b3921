import { EXAMPLES } from './examples.ts'

type Node = Record<string, unknown>

/**
 * The document with each schema that has a title moved to `components/schemas` under that name, with its example, and
 * a reference in its place: generated clients then get one type per name.
 */
export function named(document: object): object {
  const schemas: Record<string, unknown> = {}
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    const walked = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]))
    const { title } = walked
    if (typeof title !== 'string' || !('type' in walked || 'anyOf' in walked)) return walked
    const example = EXAMPLES[title]
    schemas[title] = { ...walked, ...(example !== undefined && { examples: [example] }) }
    return { $ref: `#/components/schemas/${title}` }
  }
  const { components, ...rest } = document as { components?: { schemas?: Node } }
  const known = walk(components?.schemas ?? {}) as Node
  const walked = walk(rest) as Node
  return { ...walked, components: { ...components, schemas: { ...known, ...schemas } } }
}
