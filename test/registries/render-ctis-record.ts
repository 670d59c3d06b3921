import { type Location, plain } from './render-ctis-sites.ts'

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

const PHASE_CODES: Record<string, string> = {
  PHASE1: '3',
  'PHASE1,PHASE2': '9',
  PHASE2: '4',
  'PHASE2,PHASE3': '10',
  PHASE3: '5',
  PHASE4: '6',
}
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
  { protocolSection: protocol }: RenderedStudy,
  ctNumber: string,
  { franceCode, publishDate, sites, withNct = true, withFrench = false }: RecordFacts,
): Record<string, unknown> {
  const { identificationModule: identification, eligibilityModule: eligibility, statusModule: status } = protocol
  const sponsor = protocol.sponsorCollaboratorsModule?.leadSponsor
  const eudraCt = /\d{4}-0\d{5}-\d{2}/.exec((identification.secondaryIdInfos ?? []).map(({ id }) => id).join(' '))?.[0]
  const title = identification.officialTitle ?? identification.briefTitle ?? ''
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
      authorizedPartI: {
        id: 1000,
        rowSubjectCount: 0,
        trialDetails: {
          clinicalTrialIdentifiers: {
            fullTitle: `${title}  `,
            fullTitleTranslations: withFrench ? [french(`Étude : ${title}`)] : [],
            publicTitle: identification.briefTitle ?? title,
            publicTitleTranslations: withFrench ? [french(`Essai : ${identification.briefTitle ?? title}`)] : [],
            shortTitle: identification.acronym ?? identification.orgStudyIdInfo?.id ?? ctNumber,
            secondaryIdentifyingNumbers: {
              ...(withNct && { nctNumber: { id: 1, number: identification.nctId } }),
              additionalRegistries: [{ id: 2, number: 'N/A', otherRegistryName: 'IND', ctRegistryCode: '6' }],
            },
          },
          trialInformation: {
            trialCategory: {
              isLowIntervention: false,
              trialPhase: PHASE_CODES[(protocol.designModule?.phases ?? []).join(',')] ?? '5',
              trialCategory: '2',
            },
            medicalCondition: {
              partIMedicalConditions: (protocol.conditionsModule?.conditions ?? []).map((medicalCondition, index) => ({
                id: index,
                medicalCondition,
                medicalConditionTranslations: [],
                isConditionRareDisease: false,
              })),
            },
            trialObjective: { mainObjective: protocol.descriptionModule?.briefSummary ?? '' },
            eligibilityCriteria: renderCriteria(eligibility?.eligibilityCriteria ?? '', withFrench),
            trialDuration: { estimatedRecruitmentStartDate: '2025-03-01', estimatedEndDate: '2029-01-31' },
            populationOfTrialSubjects: {
              ageRanges: ageGroups(eligibility?.minimumAge, eligibility?.maximumAge).map((code) => ({
                id: Number(code),
                ageRangeCategoryCode: code,
                ageRangeCategory: code,
              })),
              ageRangeSecondaryIds: [],
              clinicalTrialGroups: [{ code: '2', name: 'Patients' }],
              isFemaleSubjects: eligibility?.sex !== 'MALE',
              isMaleSubjects: eligibility?.sex !== 'FEMALE',
              isVulnerablePopulationSelected: false,
            },
          },
        },
        therapeuticAreas: [{ code: '4', name: 'Diseases [C] -  Neoplasms [C04]' }],
        products: (protocol.armsInterventionsModule?.interventions ?? []).map(({ name = '' }, index) => ({
          id: index,
          part1MpRoleTypeCode: '1',
          mpRoleInTrial: '1',
          productName: `${name}\r`,
          jsonActiveSubstanceNames: name.toLowerCase(),
        })),
        sponsors: [
          {
            id: 1,
            primary: true,
            isCommercial: sponsor?.class === 'INDUSTRY',
            organisation: { id: 1, name: plain(sponsor?.name ?? ''), businessKey: 'ORG-900000001' },
            publicContacts: [
              {
                id: 1,
                type: 'Public',
                functionalName: 'Clinical Trials Information',
                functionalEmailAddress: 'essais&#64;example.org',
                telephone: '+33 1 99 00 00 00',
              },
            ],
            scientificContacts: [{ id: 2, functionalName: 'Dr Invented', functionalEmailAddress: 'dr@example.org' }],
          },
        ],
      },
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

/** One criterion per bullet, on the side that the last heading named; the sponsor's numbers out of order, as CTIS sends them. */
function renderCriteria(markdown: string, withFrench: boolean) {
  const sides: { inclusion: string[]; exclusion: string[] } = { inclusion: [], exclusion: [] }
  let side: 'inclusion' | 'exclusion' = 'inclusion'
  for (const line of markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').split('\n')) {
    if (/exclu|non-inclu/i.test(line) && !/^\s*[*-]/.test(line)) side = 'exclusion'
    else if (/^\s*(?:[*-]|\d+\.)\s/.test(line)) sides[side].push(line.replace(/^\s*(?:[*-]|\d+\.)\s*/, ''))
    else if (line.trim() && !/criteria|critère/i.test(line)) sides[side].push(line.trim())
  }
  const write = (texts: string[], key: string) =>
    texts
      .map((text, index) => ({
        id: index,
        number: index + 1,
        [key]: text,
        [`${key}Translations`]: withFrench ? [french(`${text} (en français)`)] : [],
      }))
      .sort((a, b) => String(a.number).localeCompare(String(b.number)))
  return {
    principalInclusionCriteria: write(sides.inclusion, 'principalInclusionCriteria'),
    principalExclusionCriteria: write(sides.exclusion, 'principalExclusionCriteria'),
  }
}

function french(attributeTranslation: string) {
  return {
    id: 1,
    uuid: '00000000-0000-4000-8000-000000000000',
    attributeTranslation,
    language: 10,
    languageDescription: 'French',
  }
}

function ageGroups(minimum: string | undefined, maximum: string | undefined): string[] {
  const years = (age: string | undefined, fallback: number) =>
    age === undefined ? fallback : Number.parseInt(age, 10) / (/Year/.test(age) ? 1 : 12)
  const [from, to] = [years(minimum, 0), years(maximum, 130)]
  return [from < 18 ? '2' : '', from < 65 && to >= 18 ? '3' : '', to >= 65 ? '4' : ''].filter(Boolean)
}
