/** What matters of an invented ClinicalTrials.gov study in a test; the rest is filled in. */
export interface Invention {
  /** The last digits of `NCT9…`: a range that the registry is far from. */
  number: number
  status?: string
  title?: string
  aliases?: number[]
  /** `country/status`, as `France/RECRUITING`; `France` alone has no status. */
  sites?: string[]
  updated?: string
  secondaryIds?: string[]
  eligibility?: string
}

/** `NCT9` and seven digits. */
export function inventedNumber(number: number): string {
  return `NCT9${String(number).padStart(7, '0')}`
}

/** An invented study in the registry's own shape. */
export function inventStudy(invention: Invention) {
  const { number, status = 'RECRUITING', aliases, sites = ['France/RECRUITING'], updated = '2026-11-10' } = invention
  return {
    protocolSection: {
      identificationModule: {
        nctId: inventedNumber(number),
        ...(aliases && { nctIdAliases: aliases.map(inventedNumber) }),
        orgStudyIdInfo: { id: `INV-${number}` },
        ...(invention.secondaryIds && { secondaryIdInfos: invention.secondaryIds.map((id) => ({ id })) }),
        briefTitle: invention.title ?? `Invented study ${number}`,
      },
      statusModule: {
        overallStatus: status,
        statusVerifiedDate: updated.slice(0, 7),
        lastUpdateSubmitDate: updated,
        lastUpdatePostDateStruct: { date: updated, type: 'ACTUAL' },
      },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'Invented Sponsor', class: 'OTHER' } },
      conditionsModule: { conditions: ['Invented condition'] },
      designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE2'] },
      eligibilityModule: {
        eligibilityCriteria: invention.eligibility ?? 'Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria:\n\n* None',
        sex: 'ALL',
        minimumAge: '18 Years',
      },
      contactsLocationsModule: {
        locations: sites.map((site, index) => {
          const [country = '', siteStatus] = site.split('/')
          return {
            facility: `Invented hospital ${index + 1}`,
            ...(siteStatus && { status: siteStatus }),
            city: country === 'France' ? 'Lyon' : 'Invented city',
            ...(country === 'France' && { zip: '69008' }),
            country,
          }
        }),
      },
    },
    derivedSection: { miscInfoModule: { versionHolder: '2026-11-20' } },
    hasResults: false,
  }
}

/** So many invented studies with a recruiting site in France each; another `edition` has other titles. */
export function inventStudies(count: number, edition = 0): unknown[] {
  return Array.from({ length: count }, (_, at) =>
    inventStudy({
      number: at + 1,
      title: `Invented study ${at + 1}, edition ${edition}`,
      sites: ['France/RECRUITING', 'France'],
    }),
  )
}
