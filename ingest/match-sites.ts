import { wordsOf } from '../domain/places/place-name.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import type { SourceSite } from './site-status.ts'

/**
 * The sites of several records of one trial, grouped by establishment: the first of a group is of the first record
 * that has it. A site is matched with one site of another record at most, and never with one of its own record.
 * Pure and deterministic; records in order of preference.
 */
export function matchSites(records: NormalisedRecord[]): SourceSite[][] {
  const groups: SourceSite[][] = []
  for (const record of records) {
    const free = [...groups]
    for (const site of record.sites) {
      const at = free.findIndex((group) => group.some((other) => sameEstablishment(other, { record, site })))
      if (at < 0) groups.push([{ record, site }])
      else free.splice(at, 1)[0]?.push({ record, site })
    }
  }
  return groups
}

function sameEstablishment({ record: a, site }: SourceSite, { record: b, site: other }: SourceSite): boolean {
  if (a.registryId === b.registryId || site.facility === null || other.facility === null) return false
  return site.departement === other.departement && keyOf(site.facility) === keyOf(other.facility)
}

function keyOf(facility: string): string {
  return wordsOf(facility).join(' ')
}
