import { renderPartOne } from './render-ctis-part-one.ts'
import type { RenderedStudy } from './rendered-study.ts'

/** ClinicalTrials.gov overall status → public status code of CTIS. */
export const STATUS_CODES: Record<string, number> = {
  RECRUITING: 4,
  NOT_YET_RECRUITING: 2,
  ACTIVE_NOT_RECRUITING: 5,
  SUSPENDED: 6,
  COMPLETED: 8,
  TERMINATED: 8,
  WITHDRAWN: 12,
}

/** What is decided outside the study. */
interface RecordFacts {
  franceCode: number
  publishDate: string
  sites: unknown[]
  withNct?: boolean
  withFrench?: boolean
}

/** The record itself, as `retrieve` gives it. */
export function renderRecord(
  study: RenderedStudy,
  ctNumber: string,
  { franceCode, publishDate, sites, withNct = true, withFrench = false }: RecordFacts,
): Record<string, unknown> {
  const { protocolSection: protocol } = study
  const { identificationModule: identification, statusModule: status } = protocol
  const eudraCt = /\d{4}-0\d{5}-\d{2}/.exec((identification.secondaryIdInfos ?? []).map(({ id }) => id).join(' '))?.[0]
  const overallCode = STATUS_CODES[status?.overallStatus ?? ''] ?? 4
  const mscId = 20_000
  return {
    ctNumber,
    ctStatus: franceCode === 12 ? 'Cancelled' : 'Authorised',
    ctPublicStatusCode: overallCode,
    startDateEU: '2025-03-03',
    decisionDate: '2025-01-20T09:35:07.009',
    publishDate: `${publishDate}T03:46:14.147548867`,
    trialRegion: 'EEA only',
    trialRegionCode: 1,
    authorizedApplication: {
      authorizedPartI: renderPartOne(study, { ctNumber, withNct, withFrench }),
      authorizedPartsII: [
        {
          id: 1,
          mscId,
          decisionDate: '2025-01-20',
          recruitmentSubjectCount: protocol.designModule?.enrollmentInfo?.count ?? 10,
          mscInfo: {
            id: mscId,
            mscName: 'France',
            countryName: 'France',
            countryOrganisationId: 2012,
            trialStatus: 'Authorised',
            firstDecisionDate: '2025-01-20',
            hasRecruitmentStarted: franceCode >= 3,
            trialPeriod: [],
            trialRecruitmentPeriod: [],
            activeTrialPeriod: franceCode >= 3 ? { trialStartDate: '2025-03-03' } : {},
            activeTrialRecruitmentPeriod: franceCode >= 3 ? { recruitmentStartDate: '2025-03-03' } : {},
          },
          trialSites: sites,
        },
      ],
      memberStatesConcerned: [
        {
          mscName: 'France',
          mscId,
          firstDecisionDate: '2025-01-20T09:35:07.009',
          lastDecisionDate: '2025-01-20T09:35:07.009',
          mscPublicStatusCode: franceCode,
        },
      ],
      applicationInfo: [{ id: 1, type: 'INITIAL', status: 'Authorised', submissionDate: '2024-11-02' }],
      trialGlobalEnd: [],
      eudraCt: eudraCt ? { isTransitioned: true, eudraCtCode: eudraCt } : { isTransitioned: false },
    },
    events: {
      temporaryHaltList: [],
      trialEvents: [
        {
          mscId,
          mscName: 'France',
          events: franceCode >= 3 ? [{ notificationType: 'START_OF_RECRUITMENT', date: '2025-03-03' }] : [],
        },
      ],
      unexpectedEvents: [],
      seriousBreaches: [],
      urgentSafetyMeasures: [],
    },
    results: {},
    documents: [],
    correctiveMeasures: [],
  }
}
