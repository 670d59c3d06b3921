/** What JSON text looks like when it holds a lone surrogate or U+0000: PostgreSQL refuses both in jsonb and text. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/**
 * The same JSON value with every string and key made storable: lone surrogates (CTIS sends them) become U+FFFD, U+0000
 * is dropped. A value without any is returned as it is.
 */
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
