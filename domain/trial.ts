import { type Static, Type } from 'typebox'
import { Criterion } from './criterion.ts'
import { Identifier } from './identifiers.ts'
import { PartialDate } from './partial-date.ts'
import { Registry } from './registry.ts'
import { OverallStatus, SiteStatus } from './status.ts'

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const strict = { additionalProperties: false } as const
const IsoDate = Type.String({ format: 'date' })

/** ClinicalTrials.gov v2 `Phase`; a trial may have two ("phase 2/3"); empty means the registry gives none. */
export const PHASES = ['NA', 'EARLY_PHASE1', 'PHASE1', 'PHASE2', 'PHASE3', 'PHASE4'] as const
export const Phase = Type.Enum(PHASES)
export type Phase = Static<typeof Phase>

export const STUDY_TYPES = ['EXPANDED_ACCESS', 'INTERVENTIONAL', 'OBSERVATIONAL'] as const
export const StudyType = Type.Enum(STUDY_TYPES)
export type StudyType = Static<typeof StudyType>

export const SEXES = ['FEMALE', 'MALE', 'ALL'] as const
export const Sex = Type.Enum(SEXES)

/** ClinicalTrials.gov v2 `AgencyClass`. */
export const SPONSOR_CLASSES = [
  'NIH',
  'FED',
  'OTHER_GOV',
  'INDIV',
  'INDUSTRY',
  'NETWORK',
  'AMBIG',
  'OTHER',
  'UNKNOWN',
] as const
export const Sponsor = Type.Object({ name: Type.String(), class: Type.Enum(SPONSOR_CLASSES) }, strict)
export type Sponsor = Static<typeof Sponsor>

/**
 * A functional contact (a unit, a desk, what the registry publishes for a
 * site), never an investigator's own data from CTIS.
 */
export const Contact = Type.Object(
  {
    name: nullable(Type.String()),
    role: nullable(Type.String()),
    phone: nullable(Type.String()),
    email: nullable(Type.String()),
  },
  strict,
)
export type Contact = Static<typeof Contact>

/** MeSH descriptor: `D009369`, `Neoplasms`. */
export const MeshTerm = Type.Object({ id: Type.String(), term: Type.String() }, strict)

export const Intervention = Type.Object(
  { type: Type.String(), name: Type.String(), otherNames: Type.Array(Type.String()) },
  strict,
)

/** How well a point stands for the place: the building, its postal code, its commune, or only the area around. */
export const POINT_PRECISIONS = ['facility', 'postal_code', 'city', 'area'] as const
export const PointPrecision = Type.Enum(POINT_PRECISIONS)
export type PointPrecision = Static<typeof PointPrecision>

/** WGS 84, decimal degrees. */
export const Point = Type.Object(
  { lat: Type.Number({ minimum: -90, maximum: 90 }), lon: Type.Number({ minimum: -180, maximum: 180 }) },
  strict,
)
export type Point = Static<typeof Point>

/** One French site as one registry record gives it, located. */
export const RecordSite = Type.Object(
  {
    /** Stable for as long as the registry keeps facility, city and postal code: a hash of record and place. */
    id: Type.String(),
    /** Null where a placeholder stands for it ("Research Site"). */
    facility: nullable(Type.String()),
    /** As given, with its CEDEX where there is one. */
    city: nullable(Type.String()),
    /** Five digits; CEDEX codes are kept as given. */
    postalCode: nullable(Type.String()),
    /** Street and number where the registry gives them (CTIS): they tell the sites of one trust apart. */
    street: Type.Optional(Type.String()),
    /** ISO 3166-1 alpha-2: FR, or RE, GP, MQ, GF, YT… for overseas France. */
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    /** INSEE code of the département: 69, 2A, 974. Null until located. */
    departement: nullable(Type.String()),
    point: nullable(Point),
    pointPrecision: nullable(PointPrecision),
    /**
     * What the registry says of this site, whatever it says of the study; UNKNOWN where it says nothing. A site of a
     * closed study may still say RECRUITING: who asks whether it is open asks both.
     */
    status: SiteStatus,
    /** The day that status was last stated by the registry (its verification or update date). */
    statusDate: nullable(IsoDate),
    /** The city point the registry itself publishes, kept for checks. */
    registryPoint: nullable(Point),
    contacts: Type.Array(Contact),
  },
  strict,
)
export type RecordSite = Static<typeof RecordSite>

const studyFields = {
  briefTitle: Type.String(),
  officialTitle: nullable(Type.String()),
  /** Titles by language, where the registry files a translation. */
  titles: Type.Object({ fr: nullable(Type.String()), en: nullable(Type.String()) }, strict),
  acronym: nullable(Type.String()),
  briefSummary: nullable(Type.String()),
  studyType: nullable(StudyType),
  phases: Type.Array(Phase),
  overallStatus: OverallStatus,
  lastKnownStatus: nullable(OverallStatus),
  whyStopped: nullable(Type.String()),
  startDate: nullable(PartialDate),
  completionDate: nullable(PartialDate),
  primaryPurpose: nullable(Type.String()),
  enrollmentCount: nullable(Type.Integer({ minimum: 0 })),
  sponsor: nullable(Sponsor),
  collaborators: Type.Array(Sponsor),
  conditions: Type.Array(Type.String()),
  keywords: Type.Array(Type.String()),
  meshTerms: Type.Array(MeshTerm),
  meshAncestors: Type.Array(MeshTerm),
  interventions: Type.Array(Intervention),
  sex: nullable(Sex),
  minimumAgeYears: nullable(Type.Number({ minimum: 0 })),
  maximumAgeYears: nullable(Type.Number({ minimum: 0 })),
  healthyVolunteers: nullable(Type.Boolean()),
  /**
   * The eligibility text as stored: criteria offsets point into it. Line ends are `\n`, characters composed (NFC),
   * markdown escapes and HTML entities already read (`Age >= 18`, never `Age \>= 18`), bullets (`* `, `- `, `1. `),
   * headings and indentation kept as the registry has them.
   */
  eligibilityCriteria: nullable(Type.String()),
  /** A French text of the criteria, where the registry files one. */
  eligibilityCriteriaFr: nullable(Type.String()),
  criteria: Type.Array(Criterion),
  centralContacts: Type.Array(Contact),
}

/**
 * What one registry record says, in our words: the output of a normaliser. French sites only;
 * `foreignSiteCount` says how many others there are.
 */
export const NormalisedRecord = Type.Object(
  {
    registry: Registry,
    registryId: Type.String(),
    /** Registry numbers found in the record, its own included. */
    identifiers: Type.Array(Identifier),
    /** Older numbers of the same record (ClinicalTrials.gov aliases). */
    aliases: Type.Array(Type.String()),
    /** The sponsor's protocol code: links two records only together with the same sponsor, never alone. */
    sponsorProtocolCode: nullable(Type.String()),
    url: Type.String(),
    ...studyFields,
    /** The status of the country as a whole, where the registry has one (CTIS); null otherwise. */
    franceStatus: nullable(SiteStatus),
    /** The day `franceStatus` was last stated. */
    franceStatusDate: nullable(IsoDate),
    /** ClinicalTrials.gov `statusVerifiedDate`. */
    statusVerifiedDate: nullable(PartialDate),
    /** Last day the sponsor or registry touched the record, as published. */
    lastUpdateDate: nullable(IsoDate),
    sites: Type.Array(RecordSite),
    foreignSiteCount: Type.Integer({ minimum: 0 }),
    /** What was odd but kept: unknown enum members, unreadable dates… Logged and counted, never guessed away. */
    oddities: Type.Array(Type.Object({ field: Type.String(), value: Type.String() }, strict)),
  },
  strict,
)
export type NormalisedRecord = Static<typeof NormalisedRecord>

export const STATUS_SOURCES = ['partner', 'ctgov', 'ctis'] as const

/** A site of the merged trial: one establishment, whatever number of records name it. */
export const Site = Type.Object(
  {
    id: Type.String(),
    facility: nullable(Type.String()),
    city: nullable(Type.String()),
    postalCode: nullable(Type.String()),
    country: Type.String(),
    departement: nullable(Type.String()),
    point: nullable(Point),
    pointPrecision: nullable(PointPrecision),
    status: SiteStatus,
    /** `country` when only the status of France as a whole is known (CTIS). */
    statusLevel: Type.Enum(['site', 'country'] as const),
    statusSource: Type.Enum(STATUS_SOURCES),
    statusDate: nullable(IsoDate),
    contacts: Type.Array(Contact),
    /** Every record site it was made of, with what each said: shown when they disagree, and used to undo a match. */
    sources: Type.Array(
      Type.Object(
        {
          siteId: Type.String(),
          registry: Registry,
          registryId: Type.String(),
          facility: nullable(Type.String()),
          status: SiteStatus,
          statusDate: nullable(IsoDate),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type Site = Static<typeof Site>

/** One registry record's part in a trial. */
export const TrialSource = Type.Object(
  {
    registry: Registry,
    registryId: Type.String(),
    url: Type.String(),
    overallStatus: OverallStatus,
    franceStatus: nullable(SiteStatus),
    lastUpdateDate: nullable(IsoDate),
  },
  strict,
)

/** A trial: what its 1..n records say together. Computed by a pure `merge`, so that a merge can be undone. */
export const Trial = Type.Object(
  {
    id: Type.String(),
    identifiers: Type.Array(Identifier),
    ...studyFields,
    /** Openness of the trial in France as a whole, when a source states it. */
    franceStatus: nullable(SiteStatus),
    lastUpdateDate: nullable(IsoDate),
    sites: Type.Array(Site),
    foreignSiteCount: Type.Integer({ minimum: 0 }),
    sources: Type.Array(TrialSource),
    /** Field name → the record it came from, as `ctgov:NCT01234567`. */
    provenance: Type.Record(Type.String(), Type.String()),
  },
  strict,
)
export type Trial = Static<typeof Trial>

/** What a partner sponsor said of one site, and on which day. */
export interface PartnerStatus {
  /** Id of the site, or of any record site it is made of. */
  siteId: string
  status: SiteStatus
  /** ISO date. */
  date: string
}

/** Computes a trial from the records of one study: pure, so that a merge can be undone. */
export type MergeRecords = (
  records: NormalisedRecord[],
  options: { id: string; partnerStatuses: PartnerStatus[] },
) => Trial
