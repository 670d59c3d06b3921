import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { ProblemError, type ProblemItem } from './problem.ts'

type Fault = ReturnType<typeof Value.Errors>[number]
type SchemaNode = Record<string, unknown>

/** Faults told at once: an answer never grows with what was sent. */
const MOST_FAULTS = 20

const PARTS: Record<string, string> = {
  body: 'body',
  querystring: 'query string',
  params: 'path',
  headers: 'headers',
}

/**
 * Fastify's validator: query strings, paths and headers are converted to numbers and booleans first, bodies are taken
 * as they are. A fault becomes a ProblemError (400) that names each field and says what to change.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const compiled = Compile(schema)
  return (received: unknown) => {
    const value = httpPart === 'body' ? received : Value.Convert(schema, received)
    if (compiled.Check(value)) return { value }
    return { error: invalid(schema, value, httpPart) }
  }
}

function invalid(schema: TSchema, value: unknown, httpPart: string): ProblemError {
  const faults = faultsOf(schema, value)
  const errors = faults.slice(0, MOST_FAULTS).map(({ pointer, detail }) => ({
    ...(httpPart === 'body' ? { pointer } : { parameter: pointer.slice(1) }),
    detail,
  }))
  const first = errors[0]
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new ProblemError(400, `The ${PARTS[httpPart] ?? httpPart} is not valid: ${first?.detail}${more}.`, errors)
}

interface Fixable extends ProblemItem {
  pointer: string
}

/**
 * Every fault of a value, each with its JSON pointer and a sentence. Unions are judged by the member that fits best.
 */
export function faultsOf(schema: TSchema, value: unknown, at = ''): Fixable[] {
  const found = new Map<string, Fixable>()
  const unions = new Set<string>()
  for (const fault of Value.Errors(schema, value)) {
    const union =
      /^(.*?)\/anyOf(?:\/|$)/.exec(fault.schemaPath)?.[1] ?? (fault.keyword === 'anyOf' ? fault.schemaPath : null)
    if (union !== null) {
      const pointer = unionPointer(union, fault.instancePath)
      if (unions.has(pointer)) continue
      unions.add(pointer)
      for (const item of unionFaults(resolve(schema, union), resolve(value, pointer), at + pointer)) {
        found.set(item.pointer, item)
      }
    } else {
      for (const item of sentences(fault, schema, at)) if (!found.has(item.pointer)) found.set(item.pointer, item)
    }
  }
  return [...found.values()]
}

/** The instance path of the union itself: a fault inside a member points deeper than the union stands. */
function unionPointer(unionPath: string, instancePath: string): string {
  const depth = [...unionPath.matchAll(/\/(?:properties\/[^/]+|items)/g)].length
  return instancePath
    .split('/')
    .slice(0, depth + 1)
    .join('/')
}

function unionFaults(union: unknown, value: unknown, at: string): Fixable[] {
  const members = ((union as SchemaNode)?.anyOf ?? []) as SchemaNode[]
  const objects = members.filter(({ type }) => type === 'object')
  if (objects.length < 2 || !isRecord(value)) return [{ pointer: at, detail: `${name(at)} ${oneOf(members)}` }]
  const keys = Object.keys(value)
  const best = objects
    .map((member) => ({ member, known: keys.filter((key) => key in properties(member)).length }))
    .sort((a, b) => b.known - a.known)[0]
  if (!best || best.known === 0) return [{ pointer: at, detail: `${name(at)} ${oneOf(members)}` }]
  return faultsOf(best.member as TSchema, value, at)
}

function sentences(fault: Fault, schema: TSchema, at: string): Fixable[] {
  const { keyword, params, instancePath } = fault as { keyword: string; params: SchemaNode; instancePath: string }
  const pointer = at + instancePath
  const one = (detail: string): Fixable[] => [{ pointer, detail: `${name(pointer)} ${detail}` }]
  switch (keyword) {
    case 'boolean':
      return []
    case 'additionalProperties': {
      const allowed = Object.keys(properties(resolve(schema, fault.schemaPath) as SchemaNode))
      return (params.additionalProperties as string[]).map((key) => ({
        pointer: `${pointer}/${escapePointer(key)}`,
        detail: `unknown field "${printable(key)}"; known here: ${allowed.join(', ') || 'none'}`,
      }))
    }
    case 'required':
      return (params.requiredProperties as string[]).map((key) => ({
        pointer: `${pointer}/${key}`,
        detail: `"${key}" is missing`,
      }))
    case 'enum':
      return one(`must be one of ${(params.allowedValues as unknown[]).join(', ')}`)
    case 'const':
      return one(`must be ${JSON.stringify(params.allowedValue)}`)
    case 'type':
      return one(`must be ${article(params.type)}`)
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return one(`must be ${COMPARISONS[String(params.comparison)]} ${params.limit}`)
    case 'minLength':
      return one(
        params.limit === 1
          ? 'must not be empty; leave it out if it is not known'
          : `must have at least ${params.limit} characters`,
      )
    case 'maxLength':
      return one(`must have at most ${params.limit} characters`)
    case 'minItems':
      return one(`must have at least ${params.limit} elements`)
    case 'maxItems':
      return one(`must have at most ${params.limit} elements`)
    case 'pattern':
      return one(PATTERNS[String(params.pattern)] ?? `must match ${params.pattern}`)
    case 'format':
      return one(`must be a ${params.format}`)
    default:
      return one(fault.message)
  }
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

function article(type: unknown): string {
  const word = Array.isArray(type) ? type.join(' or ') : String(type)
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}

function oneOf(members: SchemaNode[]): string {
  const forms = members.map((member) => {
    if (member.type !== 'object') return article(member.type)
    const required = (member.required ?? []) as string[]
    const optional = Object.keys(properties(member)).filter((key) => !required.includes(key))
    return `{ ${[...required, ...optional.map((key) => `${key}?`)].join(', ')} }`
  })
  return `must be one of ${forms.join(', ')}`
}

function name(pointer: string): string {
  return pointer === '' ? 'it' : `"${printable(pointer.slice(1).replaceAll('/', '.'))}"`
}

/** What the client sent, cut so that an answer never grows with it. */
function printable(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function escapePointer(key: string): string {
  return printable(key).replaceAll('~', '~0').replaceAll('/', '~1')
}

function properties(schema: SchemaNode): SchemaNode {
  return isRecord(schema?.properties) ? schema.properties : {}
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function resolve(root: unknown, pointer: string): unknown {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (node, key) => (node as SchemaNode | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    )
}
