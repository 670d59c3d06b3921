import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Result } from '../../domain/answer.ts'
import type { Question } from '../../domain/question.ts'
import { OPENNESS } from '../../domain/status.ts'
import type { Trial } from '../../domain/trial.ts'
import { putTrial, removeTrial } from '../../ranking/corpus.ts'
import { type RankContext, rank } from '../../ranking/rank.ts'
import * as any from './arbitrary.ts'
import { CONTEXT, corpusOf } from './ask.ts'
import { rankPlainly } from './reference.ts'
import { site } from './trials.ts'

const RUNS = { numRuns: 300 }
// Seconds on a machine of its own, ten times as many on a busy one.
vi.setConfig({ testTimeout: 180_000 })
const context = fc.option(any.point, { freq: 5 }).map((point): RankContext => ({ ...CONTEXT, point }))
const answer = (trials: readonly Trial[], question: Question, where: RankContext) =>
  rank(corpusOf(trials), { ...question, size: 100 }, where)
const tenths = (points: number | null) => Math.round((points ?? 0) * 10)

/** For every corpus, question and place. */
function always(check: (trials: Trial[], question: Question, where: RankContext) => void): void {
  fc.assert(fc.property(any.trials, any.question, context, check), RUNS)
}

describe('whatever the trials and the question', () => {
  it('the fast answer is the plain one: same trials, tiers, sites and scores, in order', () => {
    always((trials, question, where) => {
      const fast = answer(trials, question, where).results
      const plain = new Map(rankPlainly(trials, question, where).map((one) => [one.id, one]))
      expect(new Set(fast.map(({ id }) => id))).toEqual(new Set(plain.keys()))
      fast.forEach((result, at) => {
        const same = plain.get(result.id)
        const next = plain.get(fast[at + 1]?.id ?? '')
        expect(result.tier).toBe(same?.tier)
        expect(result.site?.id ?? null).toBe(same?.siteId)
        expect(Math.abs(result.points.total - (same?.score ?? 0))).toBeLessThan(0.0501)
        if (same && next && same.tier === next.tier) expect(next.score - same.score).toBeLessThan(1e-9)
      })
      expect(fast.length).toBe(plain.size)
    })
  })

  it('1. a closed site never counts as nearest, and adding one changes nothing', () => {
    const closed = fc.constantFrom('COMPLETED' as const, 'TERMINATED' as const, 'SUSPENDED' as const)
    fc.assert(
      fc.property(any.trials, any.question, context, closed, (trials, question, where, status) => {
        const before = answer(trials, question, where)
        for (const { site: shown } of before.results)
          expect(shown === null || ['open', 'unknown'].includes(OPENNESS[shown.status])).toBe(true)
        const more = trials.map((trial) => ({
          ...trial,
          sites: [site({ id: '0', status, point: where.point, statusDate: '2026-11-21' }), ...trial.sites],
        }))
        const after = answer(more, question, where)
        const withoutCount = (result: Result) => ({ ...result, siteCount: 0 })
        expect(after.results.map(withoutCount)).toEqual(before.results.map(withoutCount))
      }),
      RUNS,
    )
  })

  it('2. distance and freshness never lift a trial over a clinical tier', () => {
    fc.assert(
      fc.property(any.trials, any.question, context, fc.nat(), (trials, question, where, which) => {
        const near = { point: where.point, status: 'RECRUITING' as const, statusDate: '2026-11-21' }
        const lifted = trials.map((trial, at) =>
          at === which % Math.max(1, trials.length) ? { ...trial, sites: [site({ id: 'lift', ...near })] } : trial,
        )
        const tiers = answer(lifted, question, where).results.map(({ tier }) => tier)
        expect(tiers).toEqual([...tiers].sort())
      }),
      RUNS,
    )
  })

  it('3. unknown never excludes: a trial that states less is found by whoever found it', () => {
    always((trials, question, where) => {
      const { include: _, ...asked } = question
      const found = new Set(answer(trials, asked, where).results.map(({ id }) => id))
      const unsure = trials.map((trial) => ({
        ...trial,
        criteria: trial.criteria.map((one) => ({ ...one, confidence: 0.3 })),
        minimumAgeYears: null,
        maximumAgeYears: null,
        sex: null,
      }))
      const foundUnsure = new Set(answer(unsure, asked, where).results.map(({ id }) => id))
      for (const id of found) expect(foundUnsure.has(id)).toBe(true)
      const told = answer(unsure, { ...asked, include: ['contradicted'] }, where).results
      expect(told.every(({ tier }) => tier !== 'C')).toBe(true)
    })
  })

  it('4. the same trials in any order of arrival, with changes undone, give the same answer', () => {
    fc.assert(
      fc.property(any.trials, any.question, context, fc.infiniteStream(fc.nat()), (drawn, question, where, random) => {
        // Twins differ in their id alone: only the last rule of the order tells them apart.
        const trials = drawn.flatMap((trial) => [trial, { ...trial, id: `${trial.id}-twin` }])
        const expected = answer(trials, question, where)
        const shuffled = trials
          .map((trial) => ({ trial, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ trial }) => trial)
        const corpus = corpusOf(
          trials.map((trial) => ({ ...trial, sites: [], criteria: [], franceStatus: 'RECRUITING' })),
        )
        for (const { id } of trials) if ((random.next().value as number) % 2) removeTrial(corpus, id)
        for (const trial of shuffled) putTrial(corpus, trial)
        expect(rank(corpus, { ...question, size: 100 }, where)).toEqual(expected)
      }),
      RUNS,
    )
  })

  it('4. a short page is the beginning of a long one', () => {
    fc.assert(
      fc.property(
        any.trials,
        any.question,
        context,
        fc.integer({ min: 1, max: 4 }),
        (trials, question, where, size) => {
          const whole = answer(trials, question, where).results
          const page = rank(corpusOf(trials), { ...question, size }, where).results
          expect(page).toEqual(whole.slice(0, size))
        },
      ),
      RUNS,
    )
  })

  it('5. the points shown add up to the total shown, which never rises down a tier', () => {
    always((trials, question, where) => {
      const { results } = answer(trials, question, where)
      results.forEach(({ points, tier }, at) => {
        expect(tenths(points.clinical) + tenths(points.distance) + tenths(points.freshness)).toBe(tenths(points.total))
        expect(points.total).toBeLessThanOrEqual(100)
        const next = results[at + 1]
        if (next?.tier === tier) expect(next.points.total).toBeLessThanOrEqual(points.total)
      })
    })
  })

  it('an open site that opens nearer never lowers a trial’s points', () => {
    fc.assert(
      fc.property(any.trialOf('one'), any.question, any.point, any.point, (one, question, here, there) => {
        const where = { ...CONTEXT, point: here }
        const open = (point: typeof here) => ({
          ...one,
          sites: [site({ id: 'open', point, statusDate: '2026-11-01' })],
        })
        const { radiusKm: _, ...asked } = question
        const far = answer([open(there)], asked, where).results[0]
        const near = answer([open(here)], asked, where).results[0]
        expect(near?.points.total ?? 0).toBeGreaterThanOrEqual(far?.points.total ?? 0)
      }),
      RUNS,
    )
  })

  it('what is kept counted over all open trials is what counting them one by one gives', () => {
    fc.assert(
      fc.property(any.trials, fc.array(fc.nat({ max: 13 })), (trials, removed) => {
        const corpus = corpusOf(trials)
        for (const at of removed) removeTrial(corpus, `trial-${at}`)
        const open = rank(corpus, { size: 100 }, CONTEXT)
        const listed = new Set(open.results.map(({ id }) => id))
        const alone = corpusOf(trials.filter(({ id }) => listed.has(id)))
        expect(open.facets).toEqual(rank(alone, { openOnly: false }, CONTEXT).facets)
      }),
      RUNS,
    )
  })

  it('the tiers counted are the tiers there are', () => {
    always((trials, question, where) => {
      const { results, tiers, total } = answer(trials, { ...question, include: ['contradicted'] }, where)
      for (const tier of ['A', 'B', 'C'] as const)
        expect(results.filter((result) => result.tier === tier).length).toBe(tiers[tier])
      expect(total).toBe(results.length)
    })
  })
})
