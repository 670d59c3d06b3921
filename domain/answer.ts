import { type Static, Type } from 'typebox'
import { Registry } from './registry.ts'
import { OverallStatus, SiteStatus } from './status.ts'
import { Phase, PointPrecision, Sponsor, STATUS_SOURCES } from './trial.ts'

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const strict = { additionalProperties: false } as const

/**
 * What a trial says to one question: `met` (stated, and the person satisfies it), `not_restricted` (nothing said),
 * `unknown` (it asks for what the person did not tell, or the text is ambiguous), `contradicted`.
 */
export const VERDICTS = ['met', 'not_restricted', 'unknown', 'contradicted'] as const
export const Verdict = Type.Enum(VERDICTS)
export type Verdict = Static<typeof Verdict>

/** A: nothing contradicted, nothing unknown. B: something to check. C: something contradicted. */
export const TIERS = ['A', 'B', 'C'] as const
export const Tier = Type.Enum(TIERS)
export type Tier = Static<typeof Tier>

export const CriterionVerdict = Type.Object(
  {
    /** `cancer:LUAD`, `biomarker:EGFR:L858R:present`, `age:64`, `text`… */
    question: Type.String(),
    verdict: Verdict,
    /** True when met only because the trial takes a whole family (all solid tumours). */
    broad: Type.Boolean(),
    quote: nullable(Type.String()),
    source: nullable(Type.Object({ registry: Registry, id: Type.String() }, strict)),
    /** The verdict in words, in the language asked. */
    text: Type.String(),
  },
  { ...strict, title: 'CriterionVerdict' },
)
export type CriterionVerdict = Static<typeof CriterionVerdict>

/** Parts of the score; `total` is their sum, 0..100. `distance` is null when no place was given. */
export const Points = Type.Object(
  {
    clinical: Type.Number(),
    distance: nullable(Type.Number()),
    freshness: Type.Number(),
    total: Type.Number(),
  },
  { ...strict, title: 'Points' },
)
export type Points = Static<typeof Points>

export const AnswerContact = Type.Object(
  {
    kind: Type.Enum(['partner', 'public'] as const),
    name: nullable(Type.String()),
    phone: nullable(Type.String()),
    email: nullable(Type.String()),
  },
  { ...strict, title: 'AnswerContact' },
)

export const AnswerSite = Type.Object(
  {
    id: Type.String(),
    facility: nullable(Type.String()),
    city: nullable(Type.String()),
    postalCode: nullable(Type.String()),
    departement: nullable(Type.String()),
    lat: nullable(Type.Number()),
    lon: nullable(Type.Number()),
    pointPrecision: nullable(PointPrecision),
    distanceKm: nullable(Type.Number()),
    status: SiteStatus,
    statusLevel: Type.Enum(['site', 'country'] as const),
    statusSource: Type.Enum(STATUS_SOURCES),
    statusDate: nullable(Type.String({ format: 'date' })),
    contact: nullable(AnswerContact),
  },
  { ...strict, title: 'AnswerSite' },
)
export type AnswerSite = Static<typeof AnswerSite>

/** A coded remark with its sentence in the language asked. */
export const Remark = Type.Object({ code: Type.String(), text: Type.String() }, { ...strict, title: 'Remark' })
export type Remark = Static<typeof Remark>

export const Result = Type.Object(
  {
    id: Type.String(),
    rank: Type.Integer({ minimum: 1 }),
    registryIds: Type.Object(
      { nct: nullable(Type.String()), euct: nullable(Type.String()), eudract: nullable(Type.String()) },
      strict,
    ),
    briefTitle: Type.String(),
    title: Type.Object({ fr: nullable(Type.String()), en: nullable(Type.String()) }, strict),
    acronym: nullable(Type.String()),
    phases: Type.Array(Phase),
    sponsor: nullable(Type.Object({ ...Sponsor.properties, partner: Type.Boolean() }, strict)),
    overallStatus: OverallStatus,
    urls: Type.Array(Type.String()),
    tier: Tier,
    points: Points,
    criteria: Type.Array(CriterionVerdict),
    /** The nearest open site; else the nearest of unknown status; null when there is neither. */
    site: nullable(AnswerSite),
    openSiteCount: Type.Integer({ minimum: 0 }),
    siteCount: Type.Integer({ minimum: 0 }),
    cautions: Type.Array(Remark),
    explanation: Type.String(),
  },
  { ...strict, title: 'Result' },
)
export type Result = Static<typeof Result>

const Counts = Type.Record(Type.String(), Type.Integer({ minimum: 0 }))

export const Answer = Type.Object(
  {
    total: Type.Integer({ minimum: 0 }),
    tiers: Type.Object(
      { A: Type.Integer({ minimum: 0 }), B: Type.Integer({ minimum: 0 }), C: Type.Integer({ minimum: 0 }) },
      strict,
    ),
    results: Type.Array(Result),
    facets: Type.Object({ phases: Counts, departements: Counts }, strict),
    nextCursor: nullable(Type.String()),
    rankingVersion: Type.String(),
    dataVersion: Type.String(),
    tookMs: Type.Number({ minimum: 0 }),
    warnings: Type.Array(Remark),
  },
  { ...strict, title: 'Answer' },
)
export type Answer = Static<typeof Answer>
