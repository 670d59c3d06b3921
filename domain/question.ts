import { type Static, Type } from 'typebox'
import { Phase, StudyType } from './trial.ts'

const strict = { additionalProperties: false } as const

export const LANGUAGES = ['fr', 'en'] as const
export const Language = Type.Enum(LANGUAGES)
export type Language = Static<typeof Language>

/** What the person knows about one gene or marker. Without `alteration`: any alteration of the gene. */
export const BiomarkerAnswer = Type.Object(
  {
    gene: Type.String({ minLength: 1, maxLength: 40 }),
    alteration: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    state: Type.Enum(['present', 'absent'] as const),
    /** A measured value, as `TPS 60%`, `IHC 2+`, `CPS 12`. */
    value: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  { ...strict, title: 'BiomarkerAnswer' },
)
export type BiomarkerAnswer = Static<typeof BiomarkerAnswer>

/** A place: by postal code, by coordinates, by commune name (with its département), or by INSEE code. */
export const PlaceQuestion = Type.Union(
  [
    Type.Object({ postalCode: Type.String({ pattern: '^\\d{5}$' }) }, strict),
    Type.Object(
      { lat: Type.Number({ minimum: -90, maximum: 90 }), lon: Type.Number({ minimum: -180, maximum: 180 }) },
      strict,
    ),
    Type.Object(
      {
        city: Type.String({ minLength: 1, maxLength: 100 }),
        departement: Type.Optional(Type.String({ pattern: '^(\\d{2,3}|2[AB])$' })),
      },
      strict,
    ),
    Type.Object({ code: Type.String({ pattern: '^(\\d{5}|2[AB]\\d{3})$' }) }, strict),
  ],
  { title: 'PlaceQuestion' },
)
export type PlaceQuestion = Static<typeof PlaceQuestion>

export const BRAIN_METASTASES_ANSWERS = ['none', 'treated_or_stable', 'active'] as const

/** The question of `POST /v1/search`. Everything is optional; `{}` lists every open trial. */
export const Question = Type.Object(
  {
    cancer: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'OncoTree code, or ANY' })),
    condition: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    stage: Type.Optional(Type.String({ minLength: 1, maxLength: 30 })),
    setting: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 10 })),
    biomarkers: Type.Optional(Type.Array(BiomarkerAnswer, { maxItems: 50 })),
    priorLines: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    priorTherapies: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })),
    ecog: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
    age: Type.Optional(Type.Number({ minimum: 0, maximum: 130, description: 'years' })),
    sex: Type.Optional(Type.Enum(['FEMALE', 'MALE'] as const)),
    brainMetastases: Type.Optional(Type.Enum(BRAIN_METASTASES_ANSWERS)),
    place: Type.Optional(PlaceQuestion),
    radiusKm: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 20_000 })),
    phases: Type.Optional(Type.Array(Phase, { maxItems: 6 })),
    studyTypes: Type.Optional(Type.Array(StudyType, { maxItems: 3 })),
    openOnly: Type.Optional(Type.Boolean({ default: true })),
    include: Type.Optional(Type.Array(Type.Literal('contradicted'), { maxItems: 1 })),
    lang: Type.Optional(Language),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  { ...strict, title: 'Question' },
)
export type Question = Static<typeof Question>
