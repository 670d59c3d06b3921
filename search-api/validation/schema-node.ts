/** A schema, or a part of one, as the JSON that it is. */
export type SchemaNode = Record<string, unknown>

/** The fields of an object schema; none of any other. */
export function properties(schema: SchemaNode): SchemaNode {
  return isRecord(schema?.properties) ? schema.properties : {}
}

/** Whether a value is an object, and no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a JSON pointer (RFC 6901) leads to; undefined where it leads nowhere. */
export function resolve(root: unknown, pointer: string): unknown {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (node, key) => (node as SchemaNode | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    )
}
