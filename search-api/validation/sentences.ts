import type { TSchema } from 'typebox'
import type { Value } from 'typebox/value'
import type { ProblemItem } from '../problem.ts'
import { properties, resolve, type SchemaNode } from './schema-node.ts'

/** One fault of a value, as TypeBox tells it. */
type Fault = ReturnType<typeof Value.Errors>[number]

/** What is to be changed, and where: a pointer into the value. */
export interface Fixable extends ProblemItem {
  pointer: string
}

const COMPARISONS: Record<string, string> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'greater than',
  '<': 'less than',
}

/** Patterns of domain/question.ts in words. */
const PATTERNS: Record<string, string> = {
  '^\\d{5}$': 'must be a French postal code: five digits, as "69008"',
  '^(\\d{2,3}|2[AB])$': 'must be the code of a département, as "69", "2A" or "974"',
  '^(\\d{5}|2[AB]\\d{3})$': 'must be the INSEE code of a commune, as "69123" or "2A004"',
}

/** What a value must be, by the keyword of the schema that it fails. */
const WANTED: Record<string, (params: SchemaNode) => string> = {
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).join(', ')}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  type: ({ type }) => `must be ${article(type)}`,
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  minLength: ({ limit }) =>
    limit === 1 ? 'must not be empty; leave it out if it is not known' : `must have at least ${limit} characters`,
  maxLength: ({ limit }) => `must have at most ${limit} characters`,
  minItems: ({ limit }) => `must have at least ${limit} elements`,
  maxItems: ({ limit }) => `must have at most ${limit} elements`,
  pattern: ({ pattern }) => PATTERNS[String(pattern)] ?? `must match ${pattern}`,
  format: ({ format }) => `must be a ${format}`,
}

/** A fault in sentences that say what to change; `at` is the pointer of the value that `schema` is for. */
export function sentences(fault: Fault, schema: TSchema, at: string): Fixable[] {
  const { keyword, params, instancePath } = fault as { keyword: string; params: SchemaNode; instancePath: string }
  const pointer = at + instancePath
  // Said field by field, as "boolean": TypeBox tells only the first faults, and this one comes after them.
  if (keyword === 'additionalProperties') return []
  if (keyword === 'boolean') return [unknownField(fault, schema, pointer)]
  if (keyword === 'required') {
    return (params.requiredProperties as string[]).map((key) => ({
      pointer: `${pointer}/${key}`,
      detail: `"${key}" is missing`,
    }))
  }
  return [{ pointer, detail: `${name(pointer)} ${WANTED[keyword]?.(params) ?? fault.message}` }]
}

/** A field that stands where the schema allows no others. */
function unknownField({ schemaPath }: Fault, schema: TSchema, pointer: string): Fixable {
  const allowed = Object.keys(properties(resolve(schema, schemaPath.replace(/\/[^/]*$/, '')) as SchemaNode))
  const [, parent = '', escaped = ''] = /^(.*)\/([^/]*)$/.exec(pointer) ?? []
  const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
  return {
    pointer: `${parent}/${escapePointer(key)}`,
    detail: `unknown field "${printable(key)}"; known here: ${allowed.join(', ') || 'none'}`,
  }
}

function bound({ comparison, limit }: SchemaNode): string {
  return `must be ${COMPARISONS[String(comparison)]} ${limit}`
}

function article(type: unknown): string {
  const word = Array.isArray(type) ? type.join(' or ') : String(type)
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}

/** The forms that members of a union have: `must be one of { lat, lon }, a string`. */
export function oneOf(members: SchemaNode[]): string {
  const forms = members.map((member) => {
    if (member.type !== 'object') return article(member.type)
    const required = (member.required ?? []) as string[]
    const optional = Object.keys(properties(member)).filter((key) => !required.includes(key))
    return `{ ${[...required, ...optional.map((key) => `${key}?`)].join(', ')} }`
  })
  return `must be one of ${forms.join(', ')}`
}

/** A field as sentences name it. */
export function name(pointer: string): string {
  return pointer === '' ? 'it' : `"${printable(pointer.slice(1).replaceAll('/', '.'))}"`
}

/** What the client sent, cut so that an answer never grows with it. */
function printable(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function escapePointer(key: string): string {
  return printable(key).replaceAll('~', '~0').replaceAll('/', '~1')
}
