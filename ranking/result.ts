import type { AnswerSite, Result } from '../domain/answer.ts'
import { TIERS } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import type { Point, Site } from '../domain/trial.ts'
import { type Card, isReachable } from './card.ts'
import { cautionsOf } from './cautions.ts'
import type { Corpus } from './corpus.ts'
import { kilometres } from './distance.ts'
import { explanationOf } from './explain.ts'
import { dayNumber, NO_DAY } from './freshness.ts'
import { NO_SITE } from './nearest.ts'
import type { Placed } from './order.ts'
import { shownPoints } from './points.ts'
import type { Scan } from './scan.ts'
import { linesOf, verdictOf } from './verdicts.ts'

/** How to reach a trial's sponsor through the service; null when it is not a partner. */
export type PartnerContact = (
  trialId: string,
) => { name: string | null; phone: string | null; email: string | null } | null

export interface ResultContext {
  today: string
  point: Point | null
  lang: Language
  question: Question
  rank: number
  partnerContact?: PartnerContact
}

/** A trial in its place as the answer shows it. Throws when it is not in the corpus: a fault of ours. */
export function resultOf(corpus: Corpus, scan: Scan, placed: Placed, context: ResultContext): Result {
  const card = corpus.cards[placed.slot]
  if (!card) throw new Error('a trial in order that is not in the corpus')
  const site = placed.site === NO_SITE ? null : (card.sites[placed.site] ?? null)
  const distanceKm = site?.point && context.point ? kilometres(context.point, site.point) : null
  const lines = linesOf(corpus, card, scan, placed.slot, context.question)
  const partner = context.partnerContact?.(card.id) ?? null
  const tier = TIERS[placed.tier] ?? 'C'
  const ageDays = placed.day === NO_DAY ? null : dayNumber(context.today) - placed.day
  return {
    id: card.id,
    rank: context.rank,
    registryIds: card.registryIds,
    briefTitle: card.briefTitle,
    title: card.titles,
    acronym: card.acronym,
    phases: card.phases,
    sponsor: card.sponsor && { ...card.sponsor, partner: partner !== null },
    overallStatus: card.overallStatus,
    urls: card.urls,
    tier,
    points: shownPoints(placed.parts, scan.shares),
    criteria: lines.map((line) => verdictOf(line, card, context.lang)),
    site: site && answerSite(card, site, distanceKm, partner && { kind: 'partner', ...partner }),
    openSiteCount: card.openSiteCount,
    siteCount: card.siteCount,
    cautions: cautionsOf(card, site, {
      ageDays,
      lang: context.lang,
      placeGiven: context.point !== null,
      question: context.question,
    }),
    explanation: explanationOf({ lines, site, distanceKm, ageDays, lang: context.lang }),
  }
}

/** The partner's contact; else the site's own; else the trial's central one. */
function answerSite(card: Card, site: Site, km: number | null, partner: AnswerSite['contact']): AnswerSite {
  const published = site.contacts[0] ?? card.centralContacts.find(isReachable)
  return {
    id: site.id,
    facility: site.facility,
    city: site.city,
    postalCode: site.postalCode,
    departement: site.departement,
    lat: site.point?.lat ?? null,
    lon: site.point?.lon ?? null,
    pointPrecision: site.pointPrecision,
    distanceKm: km === null ? null : Math.round(km * 10) / 10,
    status: site.status,
    statusLevel: site.statusLevel,
    statusSource: site.statusSource,
    statusDate: site.statusDate,
    contact:
      partner ??
      (published ? { kind: 'public', name: published.name, phone: published.phone, email: published.email } : null),
  }
}
