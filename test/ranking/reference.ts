import { distance } from '@turf/distance'
import type { Question } from '../../domain/question.ts'
import { OPENNESS } from '../../domain/status.ts'
import type { Site, Trial } from '../../domain/trial.ts'
import { cardOf } from '../../ranking/card.ts'
import type { RankContext } from '../../ranking/rank.ts'
import type { Topic } from '../../ranking/topic.ts'
import { createTopics } from '../../ranking/topics.ts'
import { CONTRADICTED, ELSEWHERE, NOTHING_ASKED, UNKNOWN, valuesByCode } from '../../ranking/verdict.ts'
import { WEIGHTS } from '../../ranking/weights.ts'

/** One trial as the plain words of ranking.md have it. */
export interface Reference {
  id: string
  tier: 'A' | 'B' | 'C'
  score: number
  /** Infinity when not known. */
  km: number
  siteId: string | null
  confirmed: string
}

/**
 * Rank trials one by one, in the plainest way, without index, pool, memo or heap. Conditions and texts are not covered.
 */
export function rankPlainly(trials: readonly Trial[], question: Question, context: RankContext): Reference[] {
  const found = trials.flatMap((trial) => judge(trial, question, context) ?? [])
  return found.sort(
    (a, b) =>
      a.tier.localeCompare(b.tier) ||
      b.score - a.score ||
      (a.km === b.km ? 0 : a.km - b.km) ||
      b.confirmed.localeCompare(a.confirmed) ||
      (a.id < b.id ? -1 : 1),
  )
}

function judge(trial: Trial, question: Question, { today, point }: RankContext): Reference | null {
  const openness = opennessOf(trial)
  if (openness === 'closed' || ((question.openOnly ?? true) && openness === 'later')) return null
  if (question.phases?.length && !trial.phases.some((phase) => question.phases?.includes(phase))) return null
  if (question.studyTypes?.length && !(trial.studyType && question.studyTypes.includes(trial.studyType))) return null

  const values = valuesByCode(WEIGHTS)
  let [weight, value, worst, asked] = [0, 0, 0, false]
  for (const topic of Object.values(createTopics()) as Topic<unknown>[]) {
    const inquiry = topic.inquire(question, WEIGHTS)
    if (inquiry === null) continue
    asked ||= inquiry.columns.length > 0
    for (const [at, { code }] of inquiry.judge(topic.facts(cardOf(trial))).entries()) {
      if (code === ELSEWHERE) return null
      if (code === NOTHING_ASKED) continue
      if (code === UNKNOWN || code === CONTRADICTED) worst = Math.max(worst, code)
      weight += inquiry.columns[at]?.weight ?? 0
      value += (inquiry.columns[at]?.weight ?? 0) * (values[code] ?? 0)
    }
  }
  const tier = worst === CONTRADICTED ? 'C' : worst === UNKNOWN ? 'B' : 'A'
  if (tier === 'C' && !question.include?.includes('contradicted')) return null

  const site = shownSite(trial, point)
  const km = site?.point && point ? kilometres(point, site.point) : Infinity
  if (point && question.radiusKm !== undefined && km > question.radiusKm) return null
  const confirmed = site?.statusDate ?? trial.lastUpdateDate
  const age = confirmed === null ? Infinity : Math.max(0, (Date.parse(today) - Date.parse(confirmed)) / 86_400_000)
  const half = site && OPENNESS[site.status] === 'unknown' ? 0.5 : 1
  const parts = [
    { points: asked ? 60 : 0, worth: weight === 0 ? 0 : value / weight },
    { points: point ? 25 : 0, worth: half * 2 ** (-Math.max(0, km - 10) / 50) },
    { points: 15, worth: 2 ** (-age / 141) },
  ]
  const whole = parts.reduce((sum, { points }) => sum + points, 0)
  const score = parts.reduce((sum, { points, worth }) => sum + (points / whole) * 100 * worth, 0)
  return { id: trial.id, tier, score, km, siteId: site?.id ?? null, confirmed: confirmed ?? '' }
}

function opennessOf({ sites, franceStatus, overallStatus }: Trial): 'open' | 'later' | 'closed' {
  const of = sites.map(({ status }) => OPENNESS[status])
  const france = OPENNESS[franceStatus ?? 'UNKNOWN']
  if (of.includes('open') || france === 'open') return 'open'
  const silent = france === 'unknown' && of.includes('unknown')
  if (silent && OPENNESS[overallStatus] === 'open') return 'open'
  const coming = ['upcoming', 'invitation']
  if (of.some((one) => coming.includes(one)) || coming.includes(france)) return 'later'
  return silent && coming.includes(OPENNESS[overallStatus]) ? 'later' : 'closed'
}

/** The nearest open site; without one the nearest of unknown status; without distances the one confirmed last. */
function shownSite(trial: Trial, point: RankContext['point']): Site | null {
  for (const openness of ['open', 'unknown']) {
    const sites = trial.sites.filter(({ status }) => OPENNESS[status] === openness)
    const km = (site: Site) => (point && site.point ? kilometres(point, site.point) : Infinity)
    const date = (site: Site) => site.statusDate ?? trial.lastUpdateDate ?? ''
    sites.sort(
      (a, b) => (km(a) === km(b) ? 0 : km(a) - km(b)) || date(b).localeCompare(date(a)) || (a.id < b.id ? -1 : 1),
    )
    if (sites[0]) return sites[0]
  }
  return null
}

const kilometres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  distance([a.lon, a.lat], [b.lon, b.lat])
