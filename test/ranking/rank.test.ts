import { describe, expect, it } from 'vitest'
import type { Question } from '../../domain/question.ts'
import type { Trial } from '../../domain/trial.ts'
import { corpusSize, putTrial, removeTrial } from '../../ranking/corpus.ts'
import { CursorError } from '../../ranking/cursor.ts'
import { type RankContext, rank } from '../../ranking/rank.ts'
import { CONTEXT, corpusOf } from './ask.ts'
import { LYON, MARSEILLE, PARIS, site, trial } from './trials.ts'

const answer = (trials: Trial[], question: Question = {}, context: Partial<RankContext> = {}) =>
  rank(corpusOf(trials), question, { ...CONTEXT, ...context })

const ids = (trials: Trial[], question: Question = {}, context: Partial<RankContext> = {}) =>
  answer(trials, question, context).results.map(({ id }) => id)

describe('the nearest open site', () => {
  it('is taken even when a closed one is nearer', () => {
    const { results } = answer([
      trial({
        sites: [
          site({ id: 'closed', status: 'COMPLETED', point: LYON }),
          site({ id: 'far', point: PARIS, city: 'Paris' }),
          site({ id: 'farther', point: { lat: 50.63, lon: 3.06 }, city: 'Lille' }),
        ],
      }),
    ])
    expect(results[0]?.site).toMatchObject({ id: 'far', distanceKm: 392.5 })
    expect(results[0]).toMatchObject({ openSiteCount: 2, siteCount: 3 })
  })

  it('gives way to a site of unknown status only when none is open, at half its worth', () => {
    const unknown = site({ id: 'unknown', status: 'UNKNOWN', point: LYON })
    const [first] = answer([trial({ sites: [unknown, site({ id: 'open', point: PARIS })] })]).results
    expect(first?.site?.id).toBe('open')
    const [second] = answer([trial({ sites: [unknown] })]).results
    expect(second?.site?.id).toBe('unknown')
    expect(second?.points.distance).toBe(31.2)
    expect(second?.cautions.map(({ code }) => code)).toContain('site_status_unknown')
  })

  it('is, without a place, the open site confirmed last', () => {
    const sites = [site({ id: 'old', statusDate: '2026-01-01' }), site({ id: 'new', statusDate: '2026-11-02' })]
    const [first] = answer([trial({ sites })], {}, { point: null }).results
    expect(first?.site).toMatchObject({ id: 'new', distanceKm: null })
    expect(first?.points.distance).toBeNull()
  })
})

describe('which trials are listed', () => {
  const closed = trial({ id: 'closed', overallStatus: 'COMPLETED', sites: [site({ status: 'COMPLETED' })] })
  const upcoming = trial({ id: 'upcoming', sites: [site({ status: 'NOT_YET_RECRUITING' })] })
  const country = trial({ id: 'country', franceStatus: 'RECRUITING', sites: [] })
  const silent = trial({ id: 'silent', sites: [site({ status: 'UNKNOWN' })] })
  const stopped = trial({ id: 'stopped', franceStatus: 'COMPLETED', sites: [site({ status: 'UNKNOWN' })] })
  const foreign = trial({ id: 'foreign', sites: [] })

  it('only those open at a site, in France, or as a whole where nothing else is said', () => {
    expect(ids([closed, upcoming, country, silent, stopped, foreign]).sort()).toEqual(['country', 'silent'])
  })
  it('with openOnly false also those announced or by invitation', () => {
    const announced = trial({ id: 'announced', franceStatus: 'NOT_YET_RECRUITING', sites: [] })
    expect(ids([closed, upcoming, country, announced], { openOnly: false }).sort()).toEqual([
      'announced',
      'country',
      'upcoming',
    ])
  })
  it('within the radius when one is given, counting those without a place apart', () => {
    const far = trial({ id: 'far', sites: [site({ point: MARSEILLE })] })
    const found = answer([trial(), far, country], { radiusKm: 100 })
    expect(found.results.map(({ id }) => id)).toEqual(['trial-1'])
    expect(found.warnings.map(({ code }) => code)).toEqual(['radius_unlocated'])
    expect(answer([trial(), far], { radiusKm: 100 }).warnings).toEqual([])
  })
  it('each with its own verdict, and none counted that the radius leaves out', () => {
    const far = trial({ id: 'far', maximumAgeYears: 17, sites: [site({ point: MARSEILLE })] })
    const near = trial({ id: 'near', minimumAgeYears: 18 })
    for (const part of [{}, { include: ['contradicted' as const] }]) {
      const found = answer([far, near], { age: 64, radiusKm: 100, ...part })
      expect(found.results.map(({ id, tier }) => [id, tier])).toEqual([['near', 'A']])
      expect(found.tiers).toEqual({ A: 1, B: 0, C: 0 })
    }
  })
  it('of the phases and study types asked for', () => {
    const both = trial({ id: 'both', phases: ['PHASE1', 'PHASE2'] })
    const observational = trial({ id: 'observational', phases: [], studyType: 'OBSERVATIONAL' })
    expect(ids([both, observational], { phases: ['PHASE1', 'PHASE3'] })).toEqual(['both'])
    expect(ids([both, observational], { studyTypes: ['OBSERVATIONAL'] })).toEqual(['observational'])
  })
})

describe('tiers', () => {
  it('hold back the contradicted, count them, and show them last when asked', () => {
    const adults = trial({ id: 'adults', minimumAgeYears: 18, sites: [site({ point: PARIS })] })
    const children = trial({ id: 'children', maximumAgeYears: 17 })
    expect(answer([adults, children], { age: 64 })).toMatchObject({ total: 1, tiers: { A: 1, B: 0, C: 1 } })
    const all = answer([adults, children], { age: 64, include: ['contradicted'] })
    expect(all.results.map(({ id, tier }) => [id, tier])).toEqual([
      ['adults', 'A'],
      ['children', 'C'],
    ])
    expect(all.results[1]?.explanation).toBe(
      'Écarté car : âge (64 ans). Classé ici car : site ouvert à moins d’un kilomètre, statut publié par ClinicalTrials.gov il y a 20 jours.',
    )
  })
})

describe('a condition by name', () => {
  const sclerosis = trial({ id: 'ms', conditions: ['Relapsing Multiple Sclerosis'] })
  const family = trial({
    id: 'family',
    conditions: ['Lupus'],
    meshAncestors: [{ id: 'D', term: 'Autoimmune Diseases' }],
  })

  it('is met by the name, with or without accents, plural and order', () => {
    expect(ids([sclerosis, family], { condition: 'Sclerosis, múltiple' })).toEqual(['ms'])
  })
  it('is to be checked when only the family of the disease is named', () => {
    expect(answer([family], { condition: 'autoimmune disease' }).results[0]?.tier).toBe('B')
  })
  it('is met broadly by a wider disease', () => {
    const { results } = answer([trial({ conditions: ['Multiple Sclerosis'] })], {
      condition: 'relapsing multiple sclerosis',
    })
    expect(results[0]?.criteria[0]).toMatchObject({ verdict: 'met', broad: true })
  })
})

describe('free text', () => {
  it('keeps what the index found and counts its relevance', () => {
    const textScores = new Map([
      ['b', 1],
      ['a', 0.2],
      ['gone', 0.9],
    ])
    expect(ids([trial({ id: 'a' }), trial({ id: 'b' }), trial({ id: 'c' })], { text: 'x' }, { textScores })).toEqual([
      'b',
      'a',
    ])
  })
  it('and a condition by name must both be found', () => {
    const trials = ['lupus', 'asthma', 'other'].map((name) => trial({ id: name, conditions: [name] }))
    const textScores = new Map([
      ['lupus', 1],
      ['asthma', 1],
    ])
    const found = answer(
      [...trials, trial({ id: 'untold', conditions: ['lupus'] })],
      { condition: 'lupus', text: 'x' },
      { textScores },
    )
    expect(found.total).toBe(1)
    expect(found.results.map(({ id, tier }) => [id, tier])).toEqual([['lupus', 'A']])
    expect(found.results[0]?.criteria.map(({ question }) => question)).toEqual(['condition:lupus', 'text'])
  })
  it('is said to be ignored when the index does not answer', () => {
    const found = answer([trial()], { text: 'x' })
    expect(found.total).toBe(1)
    expect(found.warnings.map(({ code }) => code)).toEqual(['text_ignored'])
  })
})

describe('a short page', () => {
  const day = (days: number) => new Date(Date.UTC(2026, 10, 20) - days * 86_400_000).toISOString().slice(0, 10)
  // A third next door, the rest up to 280 km away, confirmed on different days: many scores are close.
  const many = Array.from({ length: 100 }, (_, n) => {
    const point = { lat: LYON.lat - (n % 3) * (((n * 37) % 100) / 80), lon: LYON.lon }
    return trial({ id: `trial-${n}`, sites: [site({ id: `site-${n}`, point, statusDate: day((n * 61) % 300) })] })
  })

  it.each([1, 2, 3, 5, 8, 13, 40])('of %i is the beginning of the whole list', (size) => {
    const whole = ids(many, { size: 100 })
    expect(whole).toHaveLength(100)
    expect(ids(many, { size })).toEqual(whole.slice(0, size))
    expect(ids(many, { size, age: 64 })).toEqual(ids(many, { size: 100, age: 64 }).slice(0, size))
  })
})

describe('cursors', () => {
  const many = Array.from({ length: 25 }, (_, n) => trial({ id: `trial-${n}` }))

  it('walk through everything once, in the order of one long page', () => {
    const corpus = corpusOf(many)
    const whole = rank(corpus, { size: 100 }, CONTEXT).results.map(({ id }) => id)
    const walked: string[] = []
    let cursor: string | null = null
    do {
      const page: ReturnType<typeof rank> = rank(corpus, { size: 7, ...(cursor && { cursor }) }, CONTEXT)
      walked.push(...page.results.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(walked).toEqual(whole)
    expect(new Set(walked).size).toBe(25)
  })
  it('are refused for another question, other data, or when made up', () => {
    const corpus = corpusOf(many)
    const cursor = rank(corpus, { age: 64, size: 5 }, CONTEXT).nextCursor ?? ''
    expect(() => rank(corpus, { age: 65, size: 5, cursor }, CONTEXT)).toThrow(CursorError)
    expect(() => rank(corpus, { age: 64, size: 5, cursor }, { ...CONTEXT, dataVersion: '8' })).toThrow(CursorError)
    expect(() => rank(corpus, { age: 64, size: 5, cursor: 'made-up' }, CONTEXT)).toThrow(CursorError)
    expect(rank(corpus, { age: 64, size: 9, cursor, lang: 'en' }, CONTEXT).results[0]?.rank).toBe(6)
  })
})

describe('a corpus', () => {
  it('follows changes: replaced, closed and removed trials', () => {
    const corpus = corpusOf([trial({ id: 'a' }), trial({ id: 'b' })])
    putTrial(corpus, trial({ id: 'a', briefTitle: 'new' }))
    expect(corpusSize(corpus)).toBe(2)
    putTrial(corpus, trial({ id: 'b', overallStatus: 'COMPLETED', sites: [site({ status: 'COMPLETED' })] }))
    expect(rank(corpus, {}, CONTEXT).results.map(({ briefTitle }) => briefTitle)).toEqual(['new'])
    removeTrial(corpus, 'a')
    removeTrial(corpus, 'never there')
    expect(rank(corpus, {}, CONTEXT)).toMatchObject({ total: 0, results: [], nextCursor: null })
  })
})
