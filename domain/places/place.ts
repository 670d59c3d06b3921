import { type Static, Type } from 'typebox'
import { Point } from '../trial.ts'

/**
 * A commune of France, overseas included; one of the arrondissements of Paris, Lyon and Marseille; or a former
 * commune that is part of another today and whose name people still use.
 */
export const Place = Type.Object(
  {
    /** INSEE code: 69123, 2A004, 97411, 69388. */
    code: Type.String({ pattern: '^(\\d{5}|2[AB]\\d{3})$' }),
    name: Type.String(),
    kind: Type.Enum(['commune', 'arrondissement', 'former'] as const),
    /** INSEE code of the commune it belongs to: its own for a commune. */
    commune: Type.String(),
    /** Ascending; for a former commune those of the commune of today. */
    postalCodes: Type.Array(Type.String({ pattern: '^\\d{5}$' })),
    /** INSEE code of the département or overseas collectivity: 69, 2A, 974, 988. */
    departement: Type.String(),
    point: Point,
    /** `city`: the middle of the town. `area`: only the towns around it are known, usually less than 20 km off. */
    precision: Type.Enum(['city', 'area'] as const),
    population: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type Place = Static<typeof Place>
