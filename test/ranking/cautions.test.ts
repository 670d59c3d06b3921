import { describe, expect, it } from 'vitest'
import type { Registry } from '../../domain/registry.ts'
import type { OverallStatus, SiteStatus } from '../../domain/status.ts'
import type { Site, Trial } from '../../domain/trial.ts'
import { ask } from './ask.ts'
import { site, trial } from './trials.ts'

const of = (part: Partial<Trial>) =>
  Object.fromEntries((ask({}, [], part)?.cautions ?? []).map(({ code, text }) => [code, text]))

const says = (registry: Registry, franceStatus: SiteStatus | null, overallStatus: OverallStatus = 'RECRUITING') =>
  trial().sources.map((source) => ({ ...source, registry, franceStatus, overallStatus }))
const ofSite = (...statuses: [Registry, SiteStatus][]): Site['sources'] =>
  statuses.map(([registry, status]) => ({
    siteId: `${registry}-site`,
    registry,
    registryId: `${registry}-1`,
    facility: null,
    status,
    statusDate: null,
  }))

describe('sources that disagree', () => {
  const text = (part: Partial<Trial>) => of(part).sources_disagree

  it('on whether a trial takes patients in France are told with what each says', () => {
    expect(text({ sources: [...says('ctgov', null, 'RECRUITING'), ...says('ctis', 'COMPLETED')] })).toBe(
      'Les sources ne sont pas d’accord (ClinicalTrials.gov : recrute, CTIS : terminé) : la plus prudente est retenue.',
    )
    expect(
      text({ sources: [...says('ctgov', null, 'COMPLETED'), ...says('ctis', 'RECRUITING', 'COMPLETED')] }),
    ).toContain('CTIS')
  })
  it('on a site are told rather than those on the trial', () => {
    const sites = [site({ sources: ofSite(['ctgov', 'RECRUITING'], ['ctis', 'SUSPENDED']) })]
    const sources = [...says('ctgov', null, 'RECRUITING'), ...says('ctis', 'COMPLETED')]
    expect(text({ sites, sources })).toContain('CTIS : suspendu')
  })
  it('in words only, or because one says nothing, do not disagree', () => {
    expect(text({ sources: [...says('ctgov', 'TERMINATED'), ...says('ctis', 'COMPLETED')] })).toBeUndefined()
    expect(text({ sources: [...says('ctgov', 'RECRUITING'), ...says('ctis', 'UNKNOWN')] })).toBeUndefined()
    expect(text({ sources: says('ctgov', 'RECRUITING') })).toBeUndefined()
    // What is said of France counts, not what is said of the whole.
    expect(
      text({ sources: [...says('ctgov', 'RECRUITING', 'COMPLETED'), ...says('ctis', 'RECRUITING')] }),
    ).toBeUndefined()
  })
})
