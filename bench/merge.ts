/**
 * How well records of two registries are joined, with known truth: every recorded ClinicalTrials.gov study that
 * carries an EU CT number, and every one with a French site under an invented number, rendered in CTIS shape with its
 * sites spelt, shuffled and numbered otherwise, some missing, some replaced by another hospital of the same town.
 * `npm run bench:merge`, with `-v` for what went wrong.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readPlaceName } from '../domain/places/place-name.ts'
import { loadPlaces } from '../domain/places/places.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { normaliseStudy } from '../ingest/ctgov/normalise.ts'
import { normaliseCtisTrial } from '../ingest/ctis/normalise.ts'
import { groupRecords } from '../ingest/identity.ts'
import { createLocator } from '../ingest/locate.ts'
import { mergeRecords } from '../ingest/merge.ts'
import { likeness, profileOf } from '../ingest/site-profile.ts'
import { euCtNumberOf, renderCtis } from '../test/registries/render-ctis.ts'
import type { RenderedStudy } from '../test/registries/rendered-study.ts'
import { seededRandom } from '../test/support/random.ts'
import { RIVAL_HOSPITALS } from './places/rival-hospitals.ts'
import { record } from './record.ts'

/** A study in both registries, and which of its French sites is which. */
interface Twins {
  ctgov: NormalisedRecord
  ctis: NormalisedRecord
  /** Ids of record sites that are one house. */
  pairs: [ctgov: string, ctis: string][]
  /** Which of the two names the other's number. */
  linkedBy: 'both' | 'ctis' | 'ctgov' | 'code'
}

interface Score {
  found: number
  right: number
  expected: number
}

type Study = RenderedStudy & { protocolSection: { sponsorCollaboratorsModule?: unknown } }

const DATA = fileURLToPath(new URL('../../shared/data/ctgov/', import.meta.url))
/** Renderings of each study: other spellings, other rivals. */
const ROUNDS = 3
/** Share of the sites in a town with several hospitals that CTIS has at another one. */
const RIVALS = 0.2
const LINKS = ['both', 'ctis', 'ctgov', 'code'] as const
const verbose = process.argv.includes('-v')
const deps = { readCriteria: () => [] }
const locate = createLocator(loadPlaces())

const studies = ['studies-with-french-site.ndjson.gz', 'studies-other.ndjson.gz'].flatMap(readStudies)
const numbered = studies.filter((study) => euCtNumberOf(study) !== undefined)
const french = studies.filter((study) => normalised(study).sites.length > 0)

const rows = []
const total: Score = { found: 0, right: 0, expected: 0 }
for (let round = 0; round < ROUNDS; round++) {
  const twins = [...numbered, ...french].map((study, index) => render(study, round, index))
  const alone = studies.filter((study) => !numbered.includes(study) && !french.includes(study)).map(normalised)
  const started = performance.now()
  const grouping = groupRecords([...twins.flatMap(({ ctgov, ctis }) => [ctgov, ctis]), ...alone])
  const linkMs = performance.now() - started
  const links = scoreLinks(twins, grouping.groups)
  const sites = scoreSites(twins)
  add(total, sites.score)
  rows.push({
    round: round + 1,
    records: twins.length * 2 + alone.length,
    'link precision': ratio(links.right, links.found),
    'link recall': ratio(links.right, links.expected),
    refused: grouping.refused.length,
    'link ms': Math.round(linkMs),
    'site pairs': sites.score.expected,
    'site precision': ratio(sites.score.right, sites.score.found),
    'site recall': ratio(sites.score.right, sites.score.expected),
    'merge ms': Math.round(sites.ms),
  })
}
record('Merging records of two registries', rows, [
  `${numbered.length} recorded studies with an EU CT number and ${french.length} with a French site under an invented one, each rendered in CTIS shape ${ROUNDS} times, among all ${studies.length} recorded studies. A quarter each is linked by both numbers, by the NCT number in CTIS, by the EU CT number in ClinicalTrials.gov, by sponsor and protocol code alone.`,
  `${Math.round(100 * RIVALS)} % of the sites in towns with several hospitals stand at another hospital in CTIS, 10 % of all sites in one registry only. All rounds: precision ${ratio(total.right, total.found)}, recall ${ratio(total.right, total.expected)} of site matches (targets: 0.99, 0.95; of links: 0.999, 0.99).`,
])

function readStudies(file: string): Study[] {
  const lines = gunzipSync(readFileSync(`${DATA}${file}`))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line))
}

function normalised(study: Study): NormalisedRecord {
  const registryId = study.protocolSection.identificationModule.nctId
  const found = normaliseStudy({ registryId, payload: study }, deps)
  return { ...found, sites: found.sites.map(locate) }
}

/** The study in both registries. A study that stands in both lists gets a number of its own in each. */
function render(study: Study, round: number, index: number): Twins {
  const linkedBy = LINKS[(index + round) % LINKS.length] ?? 'both'
  const number = `2098-5${String(index).padStart(5, '0')}-${10 + round}-00`
  const nctId = `NCT9${String(index).padStart(7, '0')}`
  const random = seededRandom(round * 10_007 + index)
  const own = numberedAs(study, nctId, linkedBy === 'both' || linkedBy === 'ctgov' ? number : null)
  const ctgov = normalised(own)
  const { changed, replaced } = withRivals(numberedAs(study, nctId, number), ctgov, random)
  const rendered = renderCtis(changed, {
    seed: round * 7919 + index,
    withNct: linkedBy === 'both' || linkedBy === 'ctis',
    daysLater: round === 0 ? 30 : -200,
  })
  if (!rendered) throw new Error(`${nctId} was not rendered`)
  const found = normaliseCtisTrial({ registryId: rendered.ctNumber, payload: rendered.payload }, deps)
  const ctis = { ...found, sites: found.sites.map(locate) }
  const pairs = rendered.pairs
    .filter(({ location }) => !replaced.has(location))
    .flatMap(({ location, site }): [string, string][] => {
      const [a, b] = [ctgov.sites[location], ctis.sites[site]]
      return a && b ? [[a.id, b.id]] : []
    })
  return { ctgov, ctis, pairs, linkedBy }
}

/** The study with other registry numbers of its own and none of those it shares with other studies. */
function numberedAs(study: Study, nctId: string, number: string | null): Study {
  const { identificationModule: identification, ...protocol } = study.protocolSection
  const secondaryIdInfos = number === null ? [] : [{ id: number, type: 'CTIS' }]
  const { acronym: _, ...rest } = identification
  const orgStudyIdInfo = { id: `${identification.orgStudyIdInfo?.id ?? ''} ${nctId.slice(4)}` }
  return {
    ...study,
    protocolSection: {
      ...protocol,
      identificationModule: { ...rest, nctId, nctIdAliases: [], secondaryIdInfos, orgStudyIdInfo },
    },
  } as Study
}

/** Some French locations moved to another hospital of their town: the index of each. */
function withRivals(study: Study, ctgov: NormalisedRecord, random: () => number) {
  const replaced = new Set<number>()
  let index = -1
  const locations = study.protocolSection.contactsLocationsModule?.locations?.map((location) => {
    const site = ctgov.sites[index + 1]
    if (location.country !== 'France') return location
    index++
    const rivals = site ? rivalsOf(site, ctgov) : []
    const rival = rivals[Math.floor(random() * rivals.length)]
    if (!rival || random() >= RIVALS) return location
    replaced.add(index)
    return { ...location, facility: rival }
  })
  const changed = {
    ...study,
    protocolSection: { ...study.protocolSection, contactsLocationsModule: { locations } },
  } as Study
  return { changed, replaced }
}

/** Hospitals of the town that the study has nowhere; none where the site itself is not named clearly. */
function rivalsOf(site: NormalisedRecord['sites'][number], ctgov: NormalisedRecord): string[] {
  const profile = profileOf(site)
  if (profile.distinctive.size === 0) return []
  const others = ctgov.sites.map(profileOf)
  return (RIVAL_HOSPITALS[readPlaceName(site.city ?? '').key] ?? []).filter((facility) => {
    const rival = profileOf({ ...site, facility })
    return others.every(
      (other) =>
        likeness(other.distinctive, rival.distinctive) === 0 &&
        (other.establishment === null || other.establishment !== rival.establishment),
    )
  })
}

function scoreLinks(twins: Twins[], groups: NormalisedRecord[][]): Score {
  const score = { found: 0, right: 0, expected: twins.length }
  const partner = new Map(twins.map(({ ctgov, ctis }) => [ctgov.registryId, ctis.registryId]))
  const linked = new Set<string>()
  for (const group of groups) {
    const [first, ...rest] = group
    for (const other of rest) {
      if (!first) continue
      score.found++
      if (partner.get(first.registryId) === other.registryId) {
        score.right++
        linked.add(first.registryId)
      } else if (verbose) console.log('wrong link', first.registryId, other.registryId)
    }
  }
  if (verbose) {
    for (const { ctgov, linkedBy } of twins)
      if (!linked.has(ctgov.registryId)) console.log('no link', linkedBy, ctgov.registryId, ctgov.sponsor?.name)
  }
  return score
}

function scoreSites(twins: Twins[]) {
  const score = { found: 0, right: 0, expected: 0 }
  const started = performance.now()
  for (const { ctgov, ctis, pairs } of twins) {
    const truth = new Set(pairs.map((pair) => pair.join(' ')))
    score.expected += truth.size
    const trial = mergeRecords([ctgov, ctis], { id: 'trial', partnerStatuses: [] })
    for (const [a, b] of trial.sites.map(({ sources }) => sources.map(({ siteId }) => siteId))) {
      if (!a || !b) continue
      score.found++
      const isRight = truth.delete(`${a} ${b}`)
      if (isRight) score.right++
      else if (verbose) console.log('WRONG', wordsOf(ctgov, a), '|', wordsOf(ctis, b))
    }
    if (verbose)
      for (const pair of truth)
        console.log('missed', wordsOf(ctgov, pair.split(' ')[0]), '|', wordsOf(ctis, pair.split(' ')[1]))
  }
  return { score, ms: performance.now() - started }
}

function wordsOf({ sites }: NormalisedRecord, siteId: string | undefined): string {
  const site = sites.find(({ id }) => id === siteId)
  return `${site?.facility}, ${site?.city} ${site?.postalCode}`
}

function add(sum: Score, score: Score): void {
  sum.found += score.found
  sum.right += score.right
  sum.expected += score.expected
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '' : (part / whole).toFixed(4)
}
