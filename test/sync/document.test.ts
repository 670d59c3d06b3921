import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Trial } from '../../domain/trial.ts'
import { toIndexDocument } from '../../sync/document.ts'
import { bareTrial } from '../support/bare-trial.ts'

const trial = bareTrial({
  id: 'abc',
  identifiers: [
    { kind: 'nct', value: 'NCT90000001' },
    { kind: 'euct', value: '2023-590001-24' },
  ],
  briefTitle: 'Brief',
  officialTitle: 'Official',
  titles: { fr: 'Titre', en: 'Brief' },
  acronym: 'ACRO',
  briefSummary: 'Summary',
  phases: ['PHASE2'],
  sponsor: { name: 'Sponsor', class: 'OTHER' },
  conditions: ['Lung Cancer'],
  keywords: ['EGFR'],
  meshTerms: [{ id: 'D008175', term: 'Lung Neoplasms' }],
  meshAncestors: [{ id: 'D009369', term: 'Neoplasms' }],
  interventions: [{ type: 'DRUG', name: 'osimertinib', otherNames: ['AZD9291', 'osimertinib'] }],
  sex: 'ALL',
  minimumAgeYears: 18,
  healthyVolunteers: false,
  eligibilityCriteria: 'Adults',
  eligibilityCriteriaFr: 'Adultes',
})

test('a trial becomes what the text index needs, each text once', () => {
  const { hash, ...document } = toIndexDocument(trial)
  expect(document).toEqual({
    id: 'abc',
    numbers: ['2023-590001-24', 'NCT90000001'],
    titles: ['Brief', 'Official', 'Titre'],
    acronym: 'ACRO',
    conditions: ['Lung Cancer', 'Lung Neoplasms'],
    keywords: ['EGFR', 'Neoplasms'],
    interventions: ['osimertinib', 'AZD9291'],
    sponsor: 'Sponsor',
    summary: 'Summary',
    eligibility: 'Adults\nAdultes',
  })
  expect(hash).toMatch(/^[\w-]{22}$/)
})

test('what is not searched does not change the hash: a status write costs the index nothing', () => {
  const closed: Trial = { ...trial, overallStatus: 'COMPLETED', lastUpdateDate: '2026-01-01', enrollmentCount: 3 }
  expect(toIndexDocument(closed).hash).toBe(toIndexDocument(trial).hash)
})

test('any searched text changes the hash', () => {
  const original = toIndexDocument(trial).hash
  const texts = ['briefTitle', 'officialTitle', 'acronym', 'briefSummary', 'eligibilityCriteria'] as const
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.string({ minLength: 1 }), (field, added) => {
      const changed = toIndexDocument({ ...trial, [field]: `${trial[field]}${added}` })
      expect(changed.hash).not.toBe(original)
    }),
  )
})
