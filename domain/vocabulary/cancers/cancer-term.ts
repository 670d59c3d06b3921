import { type Static, Type } from 'typebox'
import { termFields } from '../term.ts'

const codes = (description: string) => Type.Optional(Type.Array(Type.String(), { minItems: 1, description }))

/** Kinds of tumour whose names are built on the organ: see `organ-names.ts`. */
export const TUMOUR_KINDS = [
  'cancer',
  'adenocarcinoma',
  'squamous',
  'urothelial',
  'sarcoma',
  'melanoma',
  'neuroendocrine',
  'neuroendocrine_carcinoma',
  'small_cell',
] as const
export type TumourKind = (typeof TUMOUR_KINDS)[number]

/** One cancer. `code` and `parent` are OncoTree's (2025-10); codes in ANY_ are families of ours above or beside it. */
export const CancerTerm = Type.Object(
  {
    ...termFields,
    parent: Type.Union([Type.String(), Type.Null()]),
    /** Words for the organ: "lung cancer", "cancer of the lung", « cancer du poumon » are built from them. */
    organ: Type.Optional(Type.Object({ en: Type.Array(Type.String()), fr: Type.Array(Type.String()) })),
    /** Which names are built on the organ; `cancer` when not said. */
    kinds: Type.Optional(Type.Array(Type.Enum(TUMOUR_KINDS))),
    /** MeSH descriptors that mean it: unique id → heading. */
    mesh: Type.Optional(Type.Record(Type.String(), Type.String())),
    alsoWithin: codes('Further parents in the eyes of clinicians.'),
    notWithin: codes('Ancestors of OncoTree that it does not belong to in the eyes of clinicians.'),
    beside: codes('Cancers it is named beside, never as a kind of them: "ovarian, tubal or peritoneal cancer".'),
    means: codes('What is meant when it is named as a whole: breast cancer is invasive carcinoma.'),
    members: codes('The codes that make it up: of an ANY_ family, or of COADREAD (COAD and READ).'),
  },
  { additionalProperties: false },
)
export type CancerTerm = Static<typeof CancerTerm>
