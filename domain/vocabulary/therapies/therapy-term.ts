import { type Static, Type } from 'typebox'
import { termFields } from '../term.ts'

/**
 * A substance in one row: English international non-proprietary name, French one (dénomination commune
 * internationale), then brand names and company codes.
 */
export const SubstanceRow = Type.Array(Type.String({ minLength: 2 }), { minItems: 2, uniqueItems: false })
export type SubstanceRow = readonly [inn: string, dci: string, ...names: string[]]

/** A class of treatments with the substances in it. The code is the English name used in criteria. */
export const TherapyClass = Type.Object(
  {
    ...termFields,
    /** The classes it is a kind of; none for the few at the top. */
    within: Type.Array(Type.String()),
    substances: Type.Optional(Type.Array(SubstanceRow)),
    /** Substances given in full under another class. */
    alsoSubstances: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
)
export interface TherapyClass extends Omit<Static<typeof TherapyClass>, 'substances'> {
  substances?: readonly SubstanceRow[]
}
