import { type Static, Type } from 'typebox'

const optional = Type.Optional
const text = optional(Type.String())
const texts = optional(Type.Array(Type.String()))
const dateStruct = optional(Type.Object({ date: text }))
const Agency = Type.Object({ name: text, class: text })
const Contact = Type.Object({ name: text, role: text, phone: text, phoneExt: text, email: text })
const MeshTerm = Type.Object({ id: text, term: text })

const Location = Type.Object({
  facility: text,
  status: text,
  city: text,
  zip: text,
  country: text,
  contacts: optional(Type.Array(Contact)),
  geoPoint: optional(Type.Object({ lat: optional(Type.Number()), lon: optional(Type.Number()) })),
})
export type Location = Static<typeof Location>

/**
 * What is read of a ClinicalTrials.gov v2 study (names: OpenAPI 2.0.5 `Study`). Absent means an absent key; arrays are
 * absent rather than empty; a withheld study may lack every module but the first. Other keys are let through, other
 * types are refused.
 */
export const Study = Type.Object({
  protocolSection: Type.Object({
    identificationModule: Type.Object({
      nctId: Type.String({ pattern: '^NCT\\d{8}$' }),
      nctIdAliases: texts,
      orgStudyIdInfo: optional(Type.Object({ id: text })),
      secondaryIdInfos: optional(Type.Array(Type.Object({ id: text }))),
      briefTitle: text,
      officialTitle: text,
      acronym: text,
    }),
    statusModule: optional(
      Type.Object({
        statusVerifiedDate: text,
        overallStatus: text,
        lastKnownStatus: text,
        delayedPosting: optional(Type.Boolean()),
        whyStopped: text,
        startDateStruct: dateStruct,
        completionDateStruct: dateStruct,
        lastUpdateSubmitDate: text,
        lastUpdatePostDateStruct: dateStruct,
      }),
    ),
    sponsorCollaboratorsModule: optional(
      Type.Object({ leadSponsor: optional(Agency), collaborators: optional(Type.Array(Agency)) }),
    ),
    descriptionModule: optional(Type.Object({ briefSummary: text })),
    conditionsModule: optional(Type.Object({ conditions: texts, keywords: texts })),
    designModule: optional(
      Type.Object({
        studyType: text,
        phases: texts,
        designInfo: optional(Type.Object({ primaryPurpose: text })),
        enrollmentInfo: optional(Type.Object({ count: optional(Type.Number()) })),
      }),
    ),
    armsInterventionsModule: optional(
      Type.Object({
        interventions: optional(Type.Array(Type.Object({ type: text, name: text, otherNames: texts }))),
      }),
    ),
    eligibilityModule: optional(
      Type.Object({
        eligibilityCriteria: text,
        studyPopulation: text,
        healthyVolunteers: optional(Type.Boolean()),
        sex: text,
        minimumAge: text,
        maximumAge: text,
      }),
    ),
    contactsLocationsModule: optional(
      Type.Object({
        centralContacts: optional(Type.Array(Contact)),
        locations: optional(Type.Array(Location)),
      }),
    ),
  }),
  derivedSection: optional(
    Type.Object({
      miscInfoModule: optional(Type.Object({ removedCountries: texts })),
      conditionBrowseModule: optional(
        Type.Object({ meshes: optional(Type.Array(MeshTerm)), ancestors: optional(Type.Array(MeshTerm)) }),
      ),
    }),
  ),
})
export type Study = Static<typeof Study>
