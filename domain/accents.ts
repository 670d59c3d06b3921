/** The text without the marks on its letters. Nothing else changes: case stays, and œ is still œ. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

/** Lower case, without accents or ligatures: `Sacré-Cœur` → `sacre-coeur`. */
export function unaccented(text: string): string {
  const lower = text.toLowerCase()
  if (!/[^ -~]/.test(lower)) return lower
  return withoutAccents(lower).replaceAll('œ', 'oe').replaceAll('æ', 'ae')
}
