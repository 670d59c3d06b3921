import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { ProblemError } from './problem.ts'
import { isRecord, properties, resolve, type SchemaNode } from './validation/schema-node.ts'
import { type Fixable, name, oneOf, sentences } from './validation/sentences.ts'

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

/**
 * Every fault of a value, each with its JSON pointer and a sentence. Unions are judged by the member that fits best.
 */
function faultsOf(schema: TSchema, value: unknown, at = ''): Fixable[] {
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
