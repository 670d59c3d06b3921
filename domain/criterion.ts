import { type Static, Type } from 'typebox'

/** Where a fact was read: a side of the eligibility text, another text of the record, or a coded registry field. */
export const CRITERION_SECTIONS = [
  'inclusion',
  'exclusion',
  'population',
  'title',
  'conditions',
  'keywords',
  'registry',
] as const

/**
 * What every criterion carries. `start`/`end` are UTF-16 offsets into the record's stored `eligibilityCriteria`
 * (null when `section` is another text); `quote` is that slice, verbatim. `rule` names the rule that read it.
 */
const evidence = {
  quote: Type.String(),
  section: Type.Enum(CRITERION_SECTIONS),
  start: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  end: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  rule: Type.String(),
  /** 0..1: how sure the rule is. Below 0.5 a verdict is `unknown`, never `contradicted`. */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** Name of the only cohort or part it holds for; null when it holds for the whole trial. */
  cohort: Type.Union([Type.String(), Type.Null()]),
}

const required = Type.Literal('required')
const excluded = Type.Literal('excluded')
export const Polarity = Type.Enum(['required', 'excluded'] as const)
export type Polarity = Static<typeof Polarity>

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const strict = { additionalProperties: false } as const

/**
 * OncoTree code, or ANY_SOLID / ANY_HEME / ANY_CANCER for whole families. Several required cancers are alternatives.
 */
export const CancerCriterion = Type.Object(
  { kind: Type.Literal('cancer'), polarity: Polarity, code: Type.String(), ...evidence },
  strict,
)
/** Stage numerals (0, IA … IVB) and extents (localised, locally_advanced, metastatic…): any of them lets in. */
export const StageCriterion = Type.Object(
  { kind: Type.Literal('stage'), polarity: Polarity, anyOf: Type.Array(Type.String()), ...evidence },
  strict,
)
/** Disease setting (newly_diagnosed, relapsed, refractory, castration_resistant…): any of them lets in. */
export const SettingCriterion = Type.Object(
  { kind: Type.Literal('setting'), polarity: Polarity, anyOf: Type.Array(Type.String()), ...evidence },
  strict,
)
/**
 * Required biomarkers: the same `group` is AND, different groups are OR. A required one without group binds its
 * `cohort` alone: others may enter without it, so it never contradicts. Excluded ones: each alone keeps out
 * (`group` null). With `ofCancers` (OncoTree codes), those of a trial of several cancers of whom alone it is asked: it
 * says nothing to people with another cancer, and holds for all who have one of these.
 */
export const BiomarkerCriterion = Type.Object(
  {
    kind: Type.Literal('biomarker'),
    polarity: Polarity,
    group: nullable(Type.Integer({ minimum: 0 })),
    gene: Type.String(),
    alteration: Type.String(),
    state: Type.Enum(['present', 'absent'] as const),
    threshold: nullable(Type.String()),
    ofCancers: Type.Optional(Type.Array(Type.String())),
    ...evidence,
  },
  strict,
)
/** Systemic lines already received in the disease setting the trial is about. */
export const PriorLinesCriterion = Type.Object(
  {
    kind: Type.Literal('prior_lines'),
    polarity: required,
    min: nullable(Type.Integer({ minimum: 0 })),
    max: nullable(Type.Integer({ minimum: 0 })),
    /** `metastatic`, `advanced`, `relapsed`… when the text limits the count to a setting. */
    setting: nullable(Type.String()),
    ...evidence,
  },
  strict,
)
/** A substance or class of `domain/vocabulary`, or the words of the text when the vocabulary has no entry. */
export const PriorTherapyCriterion = Type.Object(
  { kind: Type.Literal('prior_therapy'), polarity: Polarity, therapy: Type.String(), ...evidence },
  strict,
)
export const PerformanceCriterion = Type.Object(
  {
    kind: Type.Literal('performance'),
    polarity: required,
    scale: Type.Enum(['ECOG', 'Karnofsky', 'Lansky'] as const),
    min: nullable(Type.Number()),
    max: nullable(Type.Number()),
    ...evidence,
  },
  strict,
)
/** Bounds in years, decimals for months and weeks; both inclusive; null means no limit. */
export const AgeCriterion = Type.Object(
  {
    kind: Type.Literal('age'),
    polarity: required,
    minYears: nullable(Type.Number({ minimum: 0 })),
    maxYears: nullable(Type.Number({ minimum: 0 })),
    ...evidence,
  },
  strict,
)
export const SexCriterion = Type.Object(
  { kind: Type.Literal('sex'), polarity: required, value: Type.Enum(['FEMALE', 'MALE'] as const), ...evidence },
  strict,
)
export const BRAIN_METASTASES_RULES = ['excluded', 'allowed_if_treated_or_stable', 'allowed', 'required'] as const
export const BrainMetastasesCriterion = Type.Object(
  { kind: Type.Literal('brain_metastases'), polarity: Polarity, value: Type.Enum(BRAIN_METASTASES_RULES), ...evidence },
  strict,
)
export const MeasurableDiseaseCriterion = Type.Object(
  { kind: Type.Literal('measurable_disease'), polarity: required, ...evidence },
  strict,
)
export const TransplantCriterion = Type.Object(
  {
    kind: Type.Literal('transplant'),
    polarity: Polarity,
    procedure: Type.Enum(['allogeneic', 'autologous', 'stem_cell', 'car_t', 'organ'] as const),
    ...evidence,
  },
  strict,
)
export const InfectionCriterion = Type.Object(
  {
    kind: Type.Literal('infection'),
    polarity: Polarity,
    agent: Type.Enum(['HIV', 'HBV', 'HCV'] as const),
    ...evidence,
  },
  strict,
)
/** Conditions that keep a person out, without further value. */
export const EXCLUDED_CONDITIONS = ['pregnancy', 'autoimmune', 'ild', 'second_malignancy'] as const
export const ExcludedConditionCriterion = Type.Object(
  { kind: Type.Enum(EXCLUDED_CONDITIONS), polarity: excluded, ...evidence },
  strict,
)

/** One structured eligibility criterion, with the words it was read from. */
export const Criterion = Type.Union(
  [
    CancerCriterion,
    StageCriterion,
    SettingCriterion,
    BiomarkerCriterion,
    PriorLinesCriterion,
    PriorTherapyCriterion,
    PerformanceCriterion,
    AgeCriterion,
    SexCriterion,
    BrainMetastasesCriterion,
    MeasurableDiseaseCriterion,
    TransplantCriterion,
    InfectionCriterion,
    ExcludedConditionCriterion,
  ],
  { title: 'Criterion' },
)
export type Criterion = Static<typeof Criterion>
export type CriterionKind = Criterion['kind']
export type CriterionOf<K extends CriterionKind> = Extract<Criterion, { kind: K }>
export type CriterionSection = (typeof CRITERION_SECTIONS)[number]
