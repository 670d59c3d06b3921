import { type Static, Type } from 'typebox'
import { termFields } from '../term.ts'

export const BIOMARKER_KINDS = [
  'gene',
  'family',
  'receptor',
  'antigen',
  'signature',
  'cytogenetic',
  'virus',
  'serum',
  'tissue_type',
] as const

/** Words that name a marker and say what of it at once: "dMMR", "EML4-ALK", "HER2-low". */
export const MarkerPhrase = Type.Object(
  {
    alteration: Type.String(),
    state: Type.Optional(Type.Enum(['present', 'absent'] as const)),
    names: Type.Optional(Type.Array(Type.String({ minLength: 2 }), { minItems: 1 })),
    short: Type.Optional(Type.Array(Type.String({ minLength: 2 }), { minItems: 1 })),
  },
  { additionalProperties: false },
)

/** One marker: a gene (code: HGNC symbol), a family of genes, or what clinics call by a name of its own (HR, MSI). */
export const BiomarkerTerm = Type.Object(
  {
    ...termFields,
    kind: Type.Enum(BIOMARKER_KINDS),
    /** Codes of the genes of a family. */
    members: Type.Optional(Type.Array(Type.String(), { minItems: 2 })),
    /** Alterations that make sense for it, likeliest first: names of `alterations.ts`, or variants. */
    alterations: Type.Array(Type.String(), { minItems: 1 }),
    phrases: Type.Optional(Type.Array(MarkerPhrase)),
    /** Scales on which its expression is measured: see `thresholds.ts`. */
    scales: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  },
  { additionalProperties: false },
)
export type BiomarkerTerm = Static<typeof BiomarkerTerm>
