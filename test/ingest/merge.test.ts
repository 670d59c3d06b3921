import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { OPENNESS } from '../../domain/status.ts'
import { Trial } from '../../domain/trial.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { anyPartnerStatuses, anyRecords, ctisRecordWith, recordWith, siteWith } from './record-factory.ts'

const alone = { id: 'trial-1', partnerStatuses: [] }

describe('one record', () => {
  test('makes a trial that says the same', () => {
    const record = recordWith({ sites: [siteWith()] })
    const trial = mergeRecords([record], alone)
    expect(Value.Check(Trial, trial)).toBe(true)
    expect(trial).toMatchObject({ id: 'trial-1', briefTitle: 'An invented trial', overallStatus: 'RECRUITING' })
    expect(trial.sites).toMatchObject([
      { id: 'site-1', status: 'RECRUITING', statusLevel: 'site', statusSource: 'ctgov', statusDate: '2026-10-01' },
    ])
    expect(trial.sites[0]?.sources).toMatchObject([{ siteId: 'site-1', registryId: 'NCT00000001' }])
  })

  test('of CTIS gives its sites the status of France', () => {
    const site = siteWith({ status: 'UNKNOWN', statusDate: null })
    const trial = mergeRecords([ctisRecordWith({ sites: [site] })], alone)
    expect(trial.sites[0]).toMatchObject({ status: 'RECRUITING', statusLevel: 'country', statusDate: '2026-09-15' })
  })

  test.each([
    ['UNKNOWN', 'UNKNOWN'],
    ['SUSPENDED', 'SUSPENDED'],
    ['COMPLETED', 'COMPLETED'],
    ['NOT_YET_RECRUITING', 'NOT_YET_RECRUITING'],
    ['TEMPORARILY_NOT_AVAILABLE', 'SUSPENDED'],
    ['WITHHELD', 'UNKNOWN'],
  ] as const)('whose study is %s has no open site, whatever its site rows say', (overallStatus, status) => {
    const trial = mergeRecords([recordWith({ overallStatus, sites: [siteWith({ status: 'RECRUITING' })] })], alone)
    expect(trial.sites[0]?.status).toBe(status)
  })

  test('leaves a site without status unknown', () => {
    const trial = mergeRecords([recordWith({ sites: [siteWith({ status: 'UNKNOWN', statusDate: null })] })], alone)
    expect(trial.sites[0]).toMatchObject({ status: 'UNKNOWN', statusDate: null })
  })

  test('is not merged with nothing', () => {
    expect(() => mergeRecords([], alone)).toThrow(RangeError)
  })
})

describe('two records', () => {
  const ctgov = recordWith({ acronym: null, sites: [siteWith({ id: 'a' })] })
  const ctis = ctisRecordWith({
    acronym: 'INVENTED',
    sites: [siteWith({ id: 'b', status: 'UNKNOWN', statusDate: null })],
  })

  test('become one trial with the site of both once, and say where each field comes from', () => {
    const trial = mergeRecords([ctis, ctgov], alone)
    expect(trial.acronym).toBe('INVENTED')
    expect(trial.titles).toEqual({ fr: 'Un essai inventé', en: 'An invented trial' })
    expect(trial.provenance).toMatchObject({
      acronym: 'ctis:2023-500001-10-00',
      conditions: 'ctgov:NCT00000001',
      'titles.fr': 'ctis:2023-500001-10-00',
      franceStatus: 'ctis:2023-500001-10-00',
    })
    expect(trial.identifiers).toHaveLength(2)
    expect(trial.sites).toHaveLength(1)
    expect(trial.sites[0]).toMatchObject({ id: 'a', status: 'RECRUITING', statusLevel: 'site', statusSource: 'ctgov' })
    expect(trial.sites[0]?.sources.map(({ siteId }) => siteId)).toEqual(['a', 'b'])
  })

  test('take criteria and age limits whole from one of them', () => {
    const text = {
      eligibilityCriteria: 'Inclusion Criteria:\n\n* invented',
      minimumAgeYears: 18,
      maximumAgeYears: null,
    }
    const trial = mergeRecords(
      [recordWith(text), ctisRecordWith({ eligibilityCriteria: 'Other', minimumAgeYears: 12, maximumAgeYears: 64 })],
      alone,
    )
    expect(trial).toMatchObject(text)
  })

  test('of one CTIS trial: only the highest resubmission counts', () => {
    const first = ctisRecordWith({ franceStatus: 'TERMINATED', sites: [siteWith({ id: 'old' })] })
    const second = ctisRecordWith({ registryId: '2023-500001-10-01', sites: [siteWith({ id: 'new' })] })
    const trial = mergeRecords([second, first], alone)
    expect(trial.franceStatus).toBe('RECRUITING')
    expect(trial.sites.map(({ id }) => id)).toEqual(['new'])
  })

  test.each([
    // site on ClinicalTrials.gov, France on CTIS, shown, by whom
    ['RECRUITING', 'RECRUITING', 'RECRUITING', 'ctgov'],
    ['RECRUITING', 'COMPLETED', 'COMPLETED', 'ctis'],
    ['RECRUITING', 'NOT_YET_RECRUITING', 'NOT_YET_RECRUITING', 'ctis'],
    ['COMPLETED', 'RECRUITING', 'COMPLETED', 'ctgov'],
    ['NOT_YET_RECRUITING', 'RECRUITING', 'NOT_YET_RECRUITING', 'ctgov'],
    ['UNKNOWN', 'RECRUITING', 'RECRUITING', 'ctis'],
    ['RECRUITING', 'UNKNOWN', 'RECRUITING', 'ctgov'],
    ['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'ctgov'],
  ] as const)('that say %s of the site and %s of France: %s, after %s', (status, franceStatus, shown, source) => {
    const trial = mergeRecords(
      [
        recordWith({ sites: [siteWith({ id: 'a', status })] }),
        ctisRecordWith({ franceStatus, sites: [siteWith({ id: 'b', status: 'UNKNOWN' })] }),
      ],
      alone,
    )
    expect(trial.sites[0]).toMatchObject({ status: shown, statusSource: source })
    expect(trial.sites[0]?.sources.map((said) => said.status)).toEqual([status, franceStatus])
    expect(trial.sources.map(({ franceStatus: said }) => said)).toContain(franceStatus)
  })

  test('France closed on CTIS closes a site that CTIS does not list; France open does not open it', () => {
    const site = siteWith({ id: 'a', facility: 'Elsewhere' })
    const closed = mergeRecords([recordWith({ sites: [site] }), ctisRecordWith({ franceStatus: 'COMPLETED' })], alone)
    expect(closed.sites[0]).toMatchObject({ status: 'COMPLETED', statusLevel: 'country', statusSource: 'ctis' })
    const silent = mergeRecords([recordWith({ sites: [{ ...site, status: 'UNKNOWN' }] }), ctisRecordWith()], alone)
    expect(silent.sites[0]?.status).toBe('UNKNOWN')
  })

  test('UNKNOWN for years yields to what CTIS said since, not to what it said before', () => {
    const stale = { overallStatus: 'UNKNOWN', lastUpdateDate: '2022-01-01' } as const
    expect(mergeRecords([recordWith(stale), ctisRecordWith()], alone).overallStatus).toBe('RECRUITING')
    const older = ctisRecordWith({ lastUpdateDate: '2021-01-01' })
    expect(mergeRecords([recordWith(stale), older], alone).overallStatus).toBe('UNKNOWN')
  })
})

describe('a partner', () => {
  const closedThere = recordWith({ sites: [siteWith({ id: 'a', status: 'ACTIVE_NOT_RECRUITING' })] })
  const said = (date: string, status = 'RECRUITING' as const) => ({
    id: 't',
    partnerStatuses: [{ siteId: 'a', status, date }],
  })

  test('who spoke after the registry decides', () => {
    const [site] = mergeRecords([closedThere], said('2026-10-02')).sites
    expect(site).toMatchObject({
      status: 'RECRUITING',
      statusLevel: 'site',
      statusSource: 'partner',
      statusDate: '2026-10-02',
    })
  })

  test('who spoke before it, or the same day more boldly, does not', () => {
    expect(mergeRecords([closedThere], said('2026-09-30')).sites[0]?.statusSource).toBe('ctgov')
    expect(mergeRecords([closedThere], said('2026-10-01')).sites[0]?.statusSource).toBe('ctgov')
  })

  test('is heard by any id of the site', () => {
    const ctis = ctisRecordWith({ sites: [siteWith({ id: 'b' })] })
    const options = { id: 't', partnerStatuses: [{ siteId: 'b', status: 'SUSPENDED' as const, date: '2026-12-01' }] }
    const trial = mergeRecords([recordWith({ sites: [siteWith({ id: 'a' })] }), ctis], options)
    expect(trial.sites).toMatchObject([{ id: 'a', status: 'SUSPENDED', statusSource: 'partner' }])
  })

  test('reopens no site of a closed study', () => {
    const terminated = recordWith({ overallStatus: 'TERMINATED', sites: [siteWith({ id: 'a' })] })
    expect(mergeRecords([terminated], said('2026-12-01')).sites[0]?.status).toBe('TERMINATED')
  })
})

describe('whatever the records', () => {
  const merged = anyRecords.chain((records) =>
    fc.tuple(
      fc.constant(records),
      anyPartnerStatuses(records),
      fc.shuffledSubarray(records, { minLength: records.length }),
    ),
  )

  test('their order does not matter', () => {
    fc.assert(
      fc.property(merged, ([records, partnerStatuses, shuffled]) => {
        const options = { id: 't', partnerStatuses }
        expect(mergeRecords(shuffled, options)).toEqual(mergeRecords(records, options))
      }),
    )
  })

  test('a record twice, or merging again, changes nothing', () => {
    fc.assert(
      fc.property(merged, ([records, partnerStatuses]) => {
        const options = { id: 't', partnerStatuses }
        const trial = mergeRecords(records, options)
        expect(mergeRecords(records, options)).toEqual(trial)
        expect(mergeRecords([...records, ...records], options)).toEqual(trial)
      }),
    )
  })

  test('the trial is well formed, every record site is in it once, and provenance names a record of it', () => {
    fc.assert(
      fc.property(merged, ([records, partnerStatuses]) => {
        const trial = mergeRecords(records, { id: 't', partnerStatuses })
        expect(Value.Errors(Trial, trial)).toEqual([])
        const sourceIds = trial.sites.flatMap(({ sources }) => sources.map(({ siteId }) => siteId))
        expect(sourceIds.toSorted()).toEqual(records.flatMap(({ sites }) => sites.map(({ id }) => id)).sort())
        for (const { id, sources } of trial.sites) {
          expect(sources.map(({ siteId }) => siteId)).toContain(id)
          expect(new Set(sources.map(({ registryId }) => registryId)).size).toBe(sources.length)
        }
        const keys = trial.sources.map(({ registry, registryId }) => `${registry}:${registryId}`)
        for (const key of Object.values(trial.provenance)) expect(keys).toContain(key)
      }),
    )
  })

  test('no closed site becomes open but by a partner who spoke later, and none is more open than its study', () => {
    fc.assert(
      fc.property(merged, ([records, partnerStatuses]) => {
        const trial = mergeRecords(records, { id: 't', partnerStatuses })
        const said = new Map(
          records.flatMap((record) => record.sites.map((site) => [site.id, { record, site }] as const)),
        )
        for (const site of trial.sites.filter(({ status }) => OPENNESS[status] === 'open')) {
          expect(OPENNESS[trial.overallStatus]).not.toBe('closed')
          if (site.statusSource === 'partner') continue
          expect(OPENNESS[trial.overallStatus]).toBe('open')
          for (const { siteId } of site.sources) {
            const source = said.get(siteId)
            if (source?.record.registry === 'ctgov') expect(['open', 'unknown']).toContain(OPENNESS[source.site.status])
          }
          for (const { franceStatus } of records)
            expect(['open', 'unknown']).toContain(OPENNESS[franceStatus ?? 'UNKNOWN'])
        }
      }),
      { numRuns: 500 },
    )
  })

  test('leaving a record out again restores the trial without it', () => {
    fc.assert(
      fc.property(merged, ([records]) => {
        const [first, ...rest] = records
        if (!first) return
        const before = mergeRecords([first], alone)
        const together = mergeRecords(records, alone)
        const after = mergeRecords(
          records.filter((record) => !rest.includes(record)),
          alone,
        )
        expect(after).toEqual(before)
        const ids = together.sites.flatMap(({ sources }) => sources.map(({ siteId }) => siteId))
        for (const { id } of before.sites) expect(ids).toContain(id)
      }),
    )
  })
})
