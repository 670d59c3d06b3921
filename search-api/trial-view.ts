import { type Static, Type } from 'typebox'
import { AnswerContact } from '../domain/answer.ts'
import { Criterion } from '../domain/criterion.ts'
import { OPENNESS } from '../domain/status.ts'
import { type Point, Site, Trial } from '../domain/trial.ts'
import { describeCriterion } from '../domain/vocabulary/describe.ts'
import { kilometres } from '../ranking/distance.ts'

const strict = { additionalProperties: false } as const
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const { point: _point, contacts: _contacts, ...siteFields } = Site.properties

export const SiteView = Type.Object(
  {
    ...siteFields,
    lat: nullable(Type.Number()),
    lon: nullable(Type.Number()),
    /** What the status means for somebody who looks for a place. */
    openness: Type.Enum(['open', 'upcoming', 'invitation', 'unknown', 'closed'] as const),
    /** Great circle from the point asked; null without one, or where the site has no point. */
    distanceKm: nullable(Type.Number({ minimum: 0 })),
    contacts: Type.Array(AnswerContact),
  },
  { ...strict, title: 'Site' },
)
export type SiteView = Static<typeof SiteView>

const OPENNESS_ORDER = ['open', 'unknown', 'upcoming', 'invitation', 'closed']

/** The French sites of a trial: open ones first, then by distance from `from`, then by id. */
export function sitesView(trial: Trial, from: Point | null): SiteView[] {
  return trial.sites
    .map((site) => siteView(site, from))
    .sort(
      (a, b) =>
        OPENNESS_ORDER.indexOf(a.openness) - OPENNESS_ORDER.indexOf(b.openness) ||
        (a.distanceKm ?? Infinity) - (b.distanceKm ?? Infinity) ||
        (a.id < b.id ? -1 : 1),
    )
}

function siteView({ point, contacts, ...site }: Site, from: Point | null): SiteView {
  return {
    ...site,
    lat: point?.lat ?? null,
    lon: point?.lon ?? null,
    openness: OPENNESS[site.status],
    distanceKm: point && from ? Math.round(kilometres(from, point) * 10) / 10 : null,
    contacts: contacts.map(({ name, phone, email }) => ({ kind: 'public', name, phone, email })),
  }
}

/** A criterion with its words in French and English beside its verbatim quote. */
export const CriterionView = Type.Union(
  Criterion.anyOf.map(({ properties }) =>
    Type.Object({ ...properties, text: Type.Object({ fr: Type.String(), en: Type.String() }, strict) }, strict),
  ),
  { title: 'Criterion' },
)
type CriterionView = Criterion & { text: { fr: string; en: string } }

const { sites: _sites, criteria: _criteria, ...trialFields } = Trial.properties

/** A whole trial: what the registries say together, its structured criteria in words, its French sites. */
export const TrialView = Type.Object(
  { ...trialFields, criteria: Type.Array(Type.Unsafe<CriterionView>(CriterionView)), sites: Type.Array(SiteView) },
  { ...strict, title: 'Trial' },
)
export type TrialView = Static<typeof TrialView>

/** A trial as the API shows it. */
export function trialView(trial: Trial): TrialView {
  const criteria = trial.criteria.map((criterion) => ({
    ...criterion,
    text: { fr: describeCriterion(criterion, 'fr'), en: describeCriterion(criterion, 'en') },
  }))
  return { ...trial, criteria, sites: sitesView(trial, null) }
}
