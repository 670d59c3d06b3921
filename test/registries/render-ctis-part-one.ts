import { plain } from './render-ctis-sites.ts'
import type { RenderedStudy } from './rendered-study.ts'

const PHASE_CODES: Record<string, string> = {
  PHASE1: '3',
  'PHASE1,PHASE2': '9',
  PHASE2: '4',
  'PHASE2,PHASE3': '10',
  PHASE3: '5',
  PHASE4: '6',
}

/** What is decided outside the study. */
export interface PartOneFacts {
  ctNumber: string
  withNct: boolean
  withFrench: boolean
}

/** Part I of the application: what holds in every country. */
export function renderPartOne(
  { protocolSection: protocol }: RenderedStudy,
  { ctNumber, withNct, withFrench }: PartOneFacts,
): object {
  const { identificationModule: identification, eligibilityModule: eligibility } = protocol
  const sponsor = protocol.sponsorCollaboratorsModule?.leadSponsor
  const title = identification.officialTitle ?? identification.briefTitle ?? ''
  return {
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
  }
}

/**
 * One criterion per bullet, on the side that the last heading named; the
 * sponsor's numbers out of order, as CTIS sends them.
 */
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
