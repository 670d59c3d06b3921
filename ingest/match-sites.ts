import distance from '@turf/distance'
import { readPlaceName } from '../domain/places/place-name.ts'
import type { NormalisedRecord, Point } from '../domain/trial.ts'
import { likeness, profileOf, type SiteProfile } from './site-profile.ts'
import type { SourceSite } from './site-status.ts'

/** How sure it is that two sites are one house. */
const SAME_ESTABLISHMENT = 3
const SAME_NAME = 2
/** Nothing contradicts, the postal code is the same, and neither record has another site in the town. */
const ONLY_ONES = 1
const APART = 0

/** Of the words of the shorter name the other one must have this share. */
const ENOUGH_LIKE = 0.6
/** Points of one town, however it was located, lie nearer than that. */
const SAME_TOWN_KM = 12

interface Member extends SourceSite {
  profile: SiteProfile
  /** Sites of the same record in the same town, itself included. */
  neighbours: number
}

interface Pair {
  group: Member[]
  member: Member
  certainty: number
  /** Orders pairs of equal certainty: by all their words and the postal code. */
  likeness: number
}

/**
 * The sites of several records of one trial, grouped by establishment: the first of a group is of the first record
 * that has it. A site is matched with one site of another record at most, never with one of its own record, and never
 * with another hospital of the town: what is not certain stays apart. Pure and deterministic.
 * @param records in order of preference.
 */
export function matchSites(records: NormalisedRecord[]): SourceSite[][] {
  const listing = records.filter(({ sites }) => sites.length > 0)
  const [only] = listing
  if (only && listing.length === 1) return only.sites.map((site) => [{ record: only, site }])
  const groups: Member[][] = []
  for (const record of listing) {
    const members = membersOf(record)
    const matched = assign(pairsOf(groups, members))
    for (const member of members) {
      const group = matched.get(member)
      if (group) group.push(member)
      else groups.push([member])
    }
  }
  return groups.map((group) => group.map(({ record, site }) => ({ record, site })))
}

function membersOf(record: NormalisedRecord): Member[] {
  const profiles = record.sites.map(profileOf)
  return profiles.map((profile) => ({
    record,
    site: profile.site,
    profile,
    neighbours: profiles.filter((other) => other === profile || sameTown(profile, other)).length,
  }))
}

function pairsOf(groups: Member[][], members: Member[]): Pair[] {
  return groups.flatMap((group) =>
    members.flatMap((member) => {
      const certainties = group.map((other) => certaintyOf(other, member))
      // One word against it in the group is enough.
      if (group.some((other) => contradict(other.profile, member.profile))) return []
      const certainty = Math.max(...certainties)
      return certainty === APART ? [] : [{ group, member, certainty, likeness: closeness(group, member) }]
    }),
  )
}

/** The surest pairs first; each side once. */
function assign(pairs: Pair[]): Map<Member, Member[]> {
  const matched = new Map<Member, Member[]>()
  const taken = new Set<Member[]>()
  const order = (pair: Pair) => `${pair.group[0]?.site.id} ${pair.member.site.id}`
  const surest = pairs.toSorted(
    (a, b) => b.certainty - a.certainty || b.likeness - a.likeness || (order(a) < order(b) ? -1 : 1),
  )
  for (const { group, member } of surest) {
    if (taken.has(group) || matched.has(member)) continue
    taken.add(group)
    matched.set(member, group)
  }
  return matched
}

function certaintyOf(a: Member, b: Member): number {
  const [one, two] = [a.profile, b.profile]
  if (one.establishment && one.establishment === two.establishment) return SAME_ESTABLISHMENT
  if (contradict(one, two) || !sameTown(one, two)) return APART
  // Neither contradicts the other: where both have a name of their own, the names are alike.
  const isSaidAlike = one.words !== null && one.words.join(' ') === two.words?.join(' ')
  if (isSaidAlike || (one.distinctive.size && two.distinctive.size)) return SAME_NAME
  const alone = a.neighbours === 1 && b.neighbours === 1
  if (one.words === null || two.words === null || one.distinctive.size || two.distinctive.size) {
    return alone && samePostalCode(one, two) && mayStandFor(one, two) && mayStandFor(two, one) ? ONLY_ONES : APART
  }
  // "CHU de Tours" and "CHRU de Tours": the same kind of hospital of one town.
  const sameKind = one.kinds.size === two.kinds.size && [...one.kinds].every((kind) => two.kinds.has(kind))
  return sameKind && (alone || samePostalCode(one, two)) ? SAME_NAME : APART
}

/** A placeholder may be any house; the name of a trust one of its own sites; a name of its own only itself. */
function mayStandFor(general: SiteProfile, { establishment, distinctive }: SiteProfile): boolean {
  if (general.words === null || general.distinctive.size > 0) return true
  if (distinctive.size === 0) return true
  const trust = establishment?.group?.split(' ') ?? []
  const said = [...general.words, ...(general.town ? readPlaceName(general.site.city ?? '').words : [])]
  return trust.length > 0 && trust.every((word) => said.includes(word))
}

/** True when something said of the two cannot be said of one house. */
function contradict(a: SiteProfile, b: SiteProfile): boolean {
  if (a.establishment && b.establishment) return a.establishment !== b.establishment
  if (a.owner && b.owner && a.owner !== b.owner) return true
  return a.distinctive.size > 0 && b.distinctive.size > 0 && likeness(a.distinctive, b.distinctive) < ENOUGH_LIKE
}

function sameTown(a: SiteProfile, b: SiteProfile): boolean {
  if (a.site.departement && b.site.departement && a.site.departement !== b.site.departement) return false
  if (a.town && a.town === b.town) return true
  if (a.site.postalCode && a.site.postalCode === b.site.postalCode) return true
  return a.site.point !== null && b.site.point !== null && km(a.site.point, b.site.point) <= SAME_TOWN_KM
}

function samePostalCode(a: SiteProfile, b: SiteProfile): boolean {
  return a.site.postalCode !== null && a.site.postalCode === b.site.postalCode
}

function closeness(group: Member[], { profile }: Member): number {
  return Math.max(
    ...group.map(({ profile: other }) => overlap(profile, other) + Number(samePostalCode(profile, other)) / 2),
  )
}

/** Share of all words of both that both have, departments included. */
function overlap({ words: a }: SiteProfile, { words: b }: SiteProfile): number {
  const all = new Set([...(a ?? []), ...(b ?? [])])
  return all.size === 0 ? 0 : [...all].filter((word) => a?.includes(word) && b?.includes(word)).length / all.size
}

function km(a: Point, b: Point): number {
  return distance([a.lon, a.lat], [b.lon, b.lat])
}
