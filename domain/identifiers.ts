import { type Static, Type } from 'typebox'

export const IDENTIFIER_KINDS = ['nct', 'euct', 'eudract', 'isrctn', 'utn'] as const
export const IdentifierKind = Type.Enum(IDENTIFIER_KINDS)
export type IdentifierKind = Static<typeof IdentifierKind>

/** One registry number. EU CT numbers are kept without their resubmission suffix: it names a version, not a study. */
export const Identifier = Type.Object({ kind: IdentifierKind, value: Type.String() }, { additionalProperties: false })
export type Identifier = Static<typeof Identifier>

/**
 * Numbers by pattern, wherever a registry puts them. A CTIS sequence starts with 5, a EudraCT one with 0:
 * without that rule a CTIS number that lost its suffix cannot be told from EudraCT.
 */
const PATTERNS: Record<IdentifierKind, RegExp> = {
  nct: /(?<![A-Z0-9])NCT\d{8}(?!\d)/gi,
  euct: /(?<!\d)\d{4}-5\d{5}-\d{2}(?!\d)/g,
  eudract: /(?<!\d)\d{4}-0\d{5}-\d{2}(?!\d)/g,
  isrctn: /(?<![A-Z0-9])ISRCTN\d{8}(?!\d)/gi,
  utn: /(?<![A-Z0-9])U1111-\d{4}-\d{4}(?!\d)/gi,
}

/** Every registry number found in a text, upper case, each once, in order of kind then of appearance. */
export function findIdentifiers(text: string): Identifier[] {
  const found = new Map<string, Identifier>()
  for (const kind of IDENTIFIER_KINDS) {
    for (const [match] of text.matchAll(PATTERNS[kind])) {
      const value = match.toUpperCase()
      found.set(`${kind}:${value}`, { kind, value })
    }
  }
  return [...found.values()]
}
