import { type Static, Type } from 'typebox'

const optional = Type.Optional
const text = optional(Type.String())
const list = <T extends Type.TSchema>(item: T) => optional(Type.Array(item))

const Translation = Type.Object({
  attributeTranslation: text,
  language: optional(Type.Number()),
  languageDescription: text,
})
export type Translation = Static<typeof Translation>
const translations = list(Translation)

const number = optional(Type.Union([Type.Number(), Type.String()]))
const Numbered = optional(Type.Object({ number: text }))
const Organisation = optional(Type.Object({ name: text }))
const Contact = Type.Object({ functionalName: text, functionalEmailAddress: text, telephone: text })

const Sponsor = Type.Object({
  primary: optional(Type.Boolean()),
  isCommercial: optional(Type.Boolean()),
  organisation: Organisation,
  publicContacts: list(Contact),
})
export type Sponsor = Static<typeof Sponsor>

const Product = Type.Object({
  mpRoleInTrial: text,
  productName: text,
  jsonActiveSubstanceNames: text,
  sponsorProductCodeEdit: text,
  productDictionaryInfo: optional(
    Type.Object({
      prodName: text,
      activeSubstanceName: text,
      productSubstances: list(Type.Object({ actSubstName: text })),
    }),
  ),
})
export type Product = Static<typeof Product>

const TrialSite = Type.Object({
  departmentName: text,
  organisationAddressInfo: optional(
    Type.Object({
      organisation: Organisation,
      address: optional(Type.Object({ oneLine: text, city: text, postcode: text })),
    }),
  ),
})
export type TrialSite = Static<typeof TrialSite>

const InclusionCriterion = Type.Object({
  number,
  principalInclusionCriteria: text,
  principalInclusionCriteriaTranslations: translations,
})
const ExclusionCriterion = Type.Object({
  number,
  principalExclusionCriteria: text,
  principalExclusionCriteriaTranslations: translations,
})

const PartI = Type.Object({
  rowSubjectCount: optional(Type.Number()),
  trialDetails: Type.Object({
    clinicalTrialIdentifiers: Type.Object({
      fullTitle: text,
      publicTitle: text,
      shortTitle: text,
      fullTitleTranslations: translations,
      publicTitleTranslations: translations,
      secondaryIdentifyingNumbers: optional(
        Type.Object({
          nctNumber: Numbered,
          whoUniversalTrialNumber: Numbered,
          isrctnNumber: Numbered,
          additionalRegistries: list(Type.Object({ number: text })),
        }),
      ),
    }),
    trialInformation: optional(
      Type.Object({
        trialCategory: optional(Type.Object({ trialPhase: number })),
        medicalCondition: optional(
          Type.Object({
            partIMedicalConditions: list(Type.Object({ medicalCondition: text })),
            meddraConditionTerms: list(Type.Object({ termName: text })),
          }),
        ),
        trialObjective: optional(Type.Object({ mainObjective: text })),
        eligibilityCriteria: optional(
          Type.Object({
            principalInclusionCriteria: list(InclusionCriterion),
            principalExclusionCriteria: list(ExclusionCriterion),
          }),
        ),
        trialDuration: optional(Type.Object({ estimatedRecruitmentStartDate: text, estimatedEndDate: text })),
        populationOfTrialSubjects: optional(
          Type.Object({
            ageRanges: list(Type.Object({ ageRangeCategoryCode: number })),
            clinicalTrialGroups: list(Type.Object({ name: text })),
            isFemaleSubjects: optional(Type.Boolean()),
            isMaleSubjects: optional(Type.Boolean()),
          }),
        ),
      }),
    ),
  }),
  therapeuticAreas: list(Type.Object({ code: number, name: text })),
  products: list(Product),
  sponsors: list(Sponsor),
})
export type PartI = Static<typeof PartI>

const Period = Type.Object({ trialStartDate: text })
const PartII = Type.Object({
  recruitmentSubjectCount: optional(Type.Number()),
  mscInfo: optional(
    Type.Object({ mscName: text, countryName: text, trialPeriod: list(Period), activeTrialPeriod: optional(Period) }),
  ),
  trialSites: list(TrialSite),
})
export type PartII = Static<typeof PartII>

const StateEvents = Type.Object({
  mscName: text,
  earlyTerminationReason: text,
  events: list(Type.Object({ notificationType: text, date: text })),
})

/**
 * What is read of the answer to `GET /retrieve/{ctNumber}`. CTIS publishes no specification: names and types are
 * those of recorded answers. Dates at the top are ISO there, and `DD/MM/YYYY` where a tool laid the search row over it.
 */
export const CtisTrial = Type.Object({
  ctNumber: Type.String({ pattern: '^\\d{4}-\\d{6}-\\d{2}-\\d{2}$' }),
  ctPublicStatusCode: optional(Type.Number()),
  startDateEU: text,
  endDateEU: text,
  publishDate: text,
  lastPublicationUpdate: text,
  authorizedApplication: Type.Object({
    authorizedPartI: PartI,
    authorizedPartsII: list(PartII),
    memberStatesConcerned: list(
      Type.Object({ mscName: text, mscPublicStatusCode: optional(Type.Number()), lastDecisionDate: text }),
    ),
    eudraCt: optional(Type.Object({ eudraCtCode: text })),
  }),
  events: optional(Type.Object({ trialEvents: list(StateEvents) })),
})
export type CtisTrial = Static<typeof CtisTrial>
