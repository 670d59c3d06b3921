/**
 * The same JSON value with every string and key made storable: lone surrogates (CTIS sends them) become U+FFFD, U+0000
 * is dropped; PostgreSQL refuses both in jsonb and text. A value without any is returned as it is.
 */
export function storable<T>(value: T): T {
  return isStorable(value) ? value : (cleaned(value) as T)
}

/** Looks without copying: every record and every trial comes by here, most of them several times. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isStorable)
  for (const key in value) {
    if (!isStorableText(key) || !isStorable((value as Record<string, unknown>)[key])) return false
  }
  return true
}

const isStorableText = (text: string) => text.isWellFormed() && !text.includes('\u0000')

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed()
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleaned(key), cleaned(item)]))
}
