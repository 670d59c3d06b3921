import type { Contact, NormalisedRecord, Phase, Sponsor } from '../../domain/trial.ts'
import { lookUp } from '../look-up.ts'
import { NormaliseError } from '../source.ts'
import { readLine, tidy } from '../text.ts'
import type { Note } from '../unread-record.ts'
import { AGE_GROUPS, AUXILIARY_PRODUCT, NEOPLASMS_AREA, NEOPLASMS_HEADING, PHASES_OF } from './codes.ts'
import { frenchOf } from './criteria-text.ts'
import type { PartI, PartII, Product, Sponsor as SponsorPart } from './trial.ts'

type Intervention = NormalisedRecord['interventions'][number]

/** Titles as filed and in French. Throws NormaliseError when there is none. */
export function readTitles(ctNumber: string, { trialDetails: { clinicalTrialIdentifiers: titles } }: PartI) {
  const full = readLine(titles.fullTitle)
  const briefTitle = readLine(titles.publicTitle) ?? full ?? readLine(titles.shortTitle)
  if (briefTitle === null) throw new NormaliseError(ctNumber, 'publicTitle', 'the trial has no title')
  const french = frenchOf(titles.publicTitleTranslations) ?? frenchOf(titles.fullTitleTranslations)
  const short = readLine(titles.shortTitle)
  return {
    briefTitle,
    officialTitle: full,
    titles: { fr: french === null ? null : tidy(french), en: briefTitle },
    // `shortTitle` is an acronym or the sponsor's code of the protocol (MK-5592-127): a code has digits.
    acronym: short !== null && short.length <= 20 && !/\d/.test(short) ? short : null,
  }
}

/**
 * Conditions in words, MedDRA terms and therapeutic areas as keywords,
 * and MeSH's heading of cancer where that is the area.
 */
export function readConditions({ trialDetails: { trialInformation }, therapeuticAreas = [] }: PartI) {
  const { partIMedicalConditions = [], meddraConditionTerms = [] } = trialInformation?.medicalCondition ?? {}
  const present = (texts: (string | undefined)[]) => [...new Set(texts.map(readLine).filter((text) => text !== null))]
  const isOncology = therapeuticAreas.some(({ code }) => String(code) === NEOPLASMS_AREA)
  return {
    conditions: present(partIMedicalConditions.map(({ medicalCondition }) => medicalCondition)),
    keywords: present([
      ...meddraConditionTerms.map(({ termName }) => termName),
      // "Diseases [C] - Neoplasms [C04]" → "Neoplasms"
      ...therapeuticAreas.map(({ name }) => name?.replace(/^.* - /, '').replace(/\s*\[\w+\]\s*$/, '')),
    ]),
    meshTerms: [],
    meshAncestors: isOncology ? [NEOPLASMS_HEADING] : [],
  }
}

/** Phases in the words of ClinicalTrials.gov; empty where none is given or the code is new. */
export function readPhases(code: number | string | undefined, note: Note): Phase[] {
  if (code === undefined) return []
  const phases = lookUp(PHASES_OF, code)
  if (phases === undefined) note('trialPhase', String(code))
  return phases ?? []
}

/** Age groups are coarse: they say where a trial surely stops, never where it starts within a group. */
export function readPopulation({ trialDetails: { trialInformation } }: PartI, note: Note) {
  const population = trialInformation?.populationOfTrialSubjects
  const groups = (population?.ageRanges ?? []).flatMap(({ ageRangeCategoryCode: code }) => {
    const group = lookUp(AGE_GROUPS, code)
    if (group === undefined) note('ageRangeCategoryCode', String(code))
    return group ?? []
  })
  const { isFemaleSubjects: female, isMaleSubjects: male, clinicalTrialGroups = [] } = population ?? {}
  return {
    minimumAgeYears: groups.some(({ min }) => min === null) ? null : least(groups.map(({ min }) => min ?? 0)),
    maximumAgeYears: groups.some(({ max }) => max === null) ? null : most(groups.map(({ max }) => max ?? 0)),
    sex: female && male ? ('ALL' as const) : female ? ('FEMALE' as const) : male ? ('MALE' as const) : null,
    healthyVolunteers:
      clinicalTrialGroups.length === 0 ? null : clinicalTrialGroups.some(({ name }) => /healthy/i.test(name ?? '')),
  }
}

/** The primary sponsor and the others. */
export function readSponsors({ sponsors = [] }: PartI) {
  const read = ({ organisation, isCommercial }: SponsorPart): Sponsor[] => {
    const name = readLine(organisation?.name)
    return name === null
      ? []
      : [{ name, class: isCommercial === undefined ? 'UNKNOWN' : isCommercial ? 'INDUSTRY' : 'OTHER' }]
  }
  const primary = sponsors.find(({ primary }) => primary) ?? sponsors[0]
  return {
    sponsor: primary ? (read(primary)[0] ?? null) : null,
    collaborators: sponsors.filter((sponsor) => sponsor !== primary).flatMap(read),
  }
}

/** Desks that the sponsor publishes for the public, never people. */
export function readContacts({ sponsors = [] }: PartI): Contact[] {
  return sponsors
    .flatMap(({ publicContacts = [] }) => publicContacts)
    .map(({ functionalName, telephone, functionalEmailAddress }) => ({
      name: readLine(functionalName),
      role: 'CONTACT',
      phone: readLine(telephone),
      email: readLine(functionalEmailAddress),
    }))
    .filter(({ name, phone, email }) => name !== null || phone !== null || email !== null)
}

/** Products under test, comparators and placebos, each name once. */
export function readProducts({ products = [] }: PartI): Intervention[] {
  return products.flatMap(readProduct).filter(isFirstOfName)
}

function readProduct(product: Product): Intervention[] {
  if (product.mpRoleInTrial === AUXILIARY_PRODUCT) return []
  const { productDictionaryInfo: dictionary, jsonActiveSubstanceNames: substances } = product
  const [name, ...otherNames] = [
    product.productName,
    dictionary?.prodName,
    substances,
    dictionary?.activeSubstanceName,
    ...(dictionary?.productSubstances ?? []).map(({ actSubstName }) => actSubstName),
    product.sponsorProductCodeEdit,
  ]
    .map(readLine)
    .filter((text) => text !== null)
    .filter((text, index, all) => all.findIndex((other) => other.toLowerCase() === text.toLowerCase()) === index)
  return name === undefined ? [] : [{ type: 'DRUG', name, otherNames }]
}

/** Subjects planned in the member states, and in the rest of the world. */
export function countSubjects({ rowSubjectCount = 0 }: PartI, partsII: PartII[]): number | null {
  const count = partsII.reduce((sum, { recruitmentSubjectCount = 0 }) => sum + recruitmentSubjectCount, rowSubjectCount)
  return Number.isInteger(count) && count > 0 ? count : null
}

function isFirstOfName({ name }: Intervention, index: number, all: Intervention[]): boolean {
  return all.findIndex((other) => other.name === name) === index
}

function least(values: number[]): number | null {
  return values.length === 0 ? null : Math.min(...values)
}

function most(values: number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}
