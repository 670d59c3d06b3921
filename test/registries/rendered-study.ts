import type { Location } from './render-ctis-sites.ts'

/** The part of a ClinicalTrials.gov study that is rendered. */
export interface RenderedStudy {
  protocolSection: {
    identificationModule: {
      nctId: string
      briefTitle?: string
      officialTitle?: string
      acronym?: string
      orgStudyIdInfo?: { id?: string }
      secondaryIdInfos?: { id?: string }[]
    }
    statusModule?: { overallStatus?: string; lastUpdatePostDateStruct?: { date?: string } }
    sponsorCollaboratorsModule?: { leadSponsor?: { name?: string; class?: string } }
    descriptionModule?: { briefSummary?: string }
    conditionsModule?: { conditions?: string[] }
    designModule?: { phases?: string[]; enrollmentInfo?: { count?: number } }
    armsInterventionsModule?: { interventions?: { name?: string }[] }
    eligibilityModule?: { eligibilityCriteria?: string; sex?: string; minimumAge?: string; maximumAge?: string }
    contactsLocationsModule?: { locations?: Location[] }
  }
}
