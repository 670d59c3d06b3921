import type { Criterion, CriterionKind, CriterionOf } from '../../domain/criterion.ts'
import type { Site, Trial } from '../../domain/trial.ts'
import { bareTrial } from '../support/bare-trial.ts'

/** Points of invented sites, close to the towns named. */
export const LYON = { lat: 45.76, lon: 4.84 }
export const PARIS = { lat: 48.86, lon: 2.35 }
export const MARSEILLE = { lat: 43.3, lon: 5.37 }

/** An invented site: open in Lyon, confirmed on 1 November 2026 unless told otherwise. */
export function site(part: Partial<Site> = {}): Site {
  return {
    id: 'site-1',
    facility: 'Centre inventé',
    city: 'Lyon',
    postalCode: '69008',
    country: 'FR',
    departement: '69',
    point: LYON,
    pointPrecision: 'facility',
    status: 'RECRUITING',
    statusLevel: 'site',
    statusSource: 'ctgov',
    statusDate: '2026-11-01',
    contacts: [],
    sources: [],
    ...part,
  }
}

/** An invented trial with one open site, which restricts nothing unless told otherwise. */
export function trial(part: Partial<Trial> = {}): Trial {
  const id = part.id ?? 'trial-1'
  return bareTrial({
    id,
    briefTitle: 'Essai inventé',
    phases: ['PHASE2'],
    sponsor: { name: 'Promoteur inventé', class: 'OTHER' },
    sex: 'ALL',
    healthyVolunteers: false,
    lastUpdateDate: '2026-10-01',
    sites: [site({ id: `${id}-site` })],
    sources: [
      {
        registry: 'ctgov',
        registryId: 'NCT00000001',
        url: 'https://registry.invalid/NCT00000001',
        overallStatus: 'RECRUITING',
        franceStatus: null,
        lastUpdateDate: '2026-10-01',
      },
    ],
    ...part,
  })
}

/** What a criterion of one kind says, without the evidence. */
type Said<K extends CriterionKind> = K extends CriterionKind
  ? Omit<CriterionOf<K>, 'quote' | 'section' | 'start' | 'end' | 'rule' | 'confidence' | 'cohort'> &
      Partial<Pick<Criterion, 'quote' | 'confidence' | 'cohort' | 'section'>>
  : never

/** A criterion with invented evidence around what it says. */
export function criterion(said: Said<CriterionKind>): Criterion {
  return {
    quote: 'invented sentence',
    section: 'inclusion',
    start: 0,
    end: 17,
    rule: 'test',
    confidence: 1,
    cohort: null,
    ...said,
  } as Criterion
}
