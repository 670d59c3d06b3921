import { createHash } from 'node:crypto'

/** What JSON text looks like when it holds a lone surrogate or U+0000: PostgreSQL refuses both in jsonb and text. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/** The same value with every string (and key) made storable: lone surrogates become U+FFFD, U+0000 is dropped. */
export function storable<T>(value: T): T {
  const text = JSON.stringify(value)
  return text !== undefined && UNSTORABLE.test(text) ? (cleaned(value) as T) : value
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed()
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleaned(key), cleaned(item)]))
}

/** SHA-256 (hex) of a JSON value, whatever the order of its keys. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`
}
