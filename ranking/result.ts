import type { AnswerSite, Points, Remark, Result, Tier } from '../domain/answer.ts'
import { TIERS } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { cautionsOf, type untoldLimits } from './cautions.ts'
import type { Corpus } from './corpus.ts'
import { explanationOf } from './explain.ts'
import type { Face, ShownSite, SiteFace } from './face.ts'
import { NO_DAY } from './freshness.ts'
import type { Line } from './lines.ts'
import { NO_SITE } from './nearest.ts'
import type { Placed } from './order.ts'
import { shownPoints } from './points.ts'
import type { Scan } from './scan.ts'
import { linesOf, verdictOf } from './verdicts.ts'

/** How to reach a trial's sponsor through the service; null when it is not a partner. */
export type PartnerContact = (
  trialId: string,
) => { name: string | null; phone: string | null; email: string | null } | null

/** What the question brings to every result. */
export interface Asker {
  question: Question
  /** Today as `dayNumber` counts. */
  day: number
  placeGiven: boolean
  /** What trials may limit that the question does not tell. */
  untold: ReturnType<typeof untoldLimits>
  lang: Language
  partnerContact?: PartnerContact | undefined
}

/** Everything said of a trial in its place, worked out and not yet given a form. */
export interface Told {
  card: Card
  rank: number
  tier: Tier
  points: Points
  lines: readonly Line[]
  site: ShownSite | null
  distanceKm: number | null
  cautions: readonly Remark[]
  explanation: string
  partner: ReturnType<PartnerContact>
  lang: Language
}

/** What an answer says of the trial in place `rank`, from 1. Throws when it is not in the corpus: a fault of ours. */
export function tell(corpus: Corpus, scan: Scan, placed: Placed, rank: number, asker: Asker): Told {
  const { question, lang, placeGiven } = asker
  const card = corpus.cards[placed.slot]
  if (!card) throw new Error('a trial in order that is not in the corpus')
  const site = placed.site === NO_SITE ? null : (card.sites[placed.site] ?? null)
  const km = placed.km === Infinity ? null : placed.km
  const lines = linesOf(corpus, card, scan, placed.slot, question)
  const ageDays = placed.day === NO_DAY ? null : asker.day - placed.day
  return {
    card,
    rank,
    tier: TIERS[placed.tier] ?? 'C',
    points: shownPoints(placed.parts, scan.shares),
    lines,
    site,
    distanceKm: km === null ? null : Math.round(km * 10) / 10,
    cautions: cautionsOf(card, site, { ageDays, lang, placeGiven, untold: asker.untold }),
    explanation: explanationOf({ lines, site, distanceKm: km, ageDays, lang }),
    partner: asker.partnerContact?.(card.id) ?? null,
    lang,
  }
}

/** The same as an object. */
export function resultOf({ card, partner, ...told }: Told): Result {
  const { sponsor, ...face } = JSON.parse(card.face) as Face
  return {
    ...face,
    sponsor: sponsor && { ...sponsor, partner: partner !== null },
    rank: told.rank,
    tier: told.tier,
    points: told.points,
    criteria: told.lines.map((line) => verdictOf(line, card, told.lang)),
    site: told.site && answerSite(told.site, told.distanceKm, partner),
    cautions: [...told.cautions],
    explanation: told.explanation,
  }
}

/** With the partner's contact when there is one, else the one that registries publish. */
function answerSite(site: ShownSite, distanceKm: number | null, partner: Told['partner']): AnswerSite {
  const face = JSON.parse(site.face) as SiteFace
  return { ...face, distanceKm, contact: partner ? { kind: 'partner', ...partner } : face.contact }
}
