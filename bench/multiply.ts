import type { Criterion } from '../domain/criterion.ts'
import type { Place } from '../domain/places/place.ts'
import type { Site, Trial } from '../domain/trial.ts'
import { createRandom, type Random } from './random.ts'

const DAY_MS = 86_400_000
const STATUSES: readonly Site['status'][] = [
  ...Array<Site['status']>(6).fill('RECRUITING'),
  'UNKNOWN',
  'NOT_YET_RECRUITING',
  'ACTIVE_NOT_RECRUITING',
  'COMPLETED',
]
const MARKERS = ['EGFR', 'KRAS', 'ALK', 'ROS1', 'BRAF', 'ERBB2', 'PIK3CA', 'BRCA1', 'FLT3', 'NPM1', 'MET', 'RET']

interface Towns {
  places: readonly Place[]
  upTo: Float64Array
  inhabitants: number
}

/**
 * Any number of open trials out of recorded ones: each copy keeps its text, its sites are new (one to eleven, six in
 * the middle, in towns drawn by population, with statuses and dates of their own), and its criteria are varied: other
 * markers, bounds of lines, ECOG and age. The first site is always open. The same seed gives the same trials.
 */
export function* multiply(
  trials: readonly Trial[],
  places: readonly Place[],
  count: number,
  seed = 1,
): Generator<Trial> {
  const random = createRandom(seed)
  const towns = townsOf(places)
  for (let n = 0; n < count; n++) {
    const trial = trials[n % trials.length] as Trial
    const id = `${trial.id}-${Math.floor(n / trials.length)}`
    const sites = Array.from({ length: 1 + random.below(11) }, (_, at) =>
      siteOf(`${id}-${at}`, at === 0, random, towns),
    )
    yield {
      ...trial,
      id,
      overallStatus: 'RECRUITING',
      franceStatus: null,
      lastUpdateDate: dayBefore(random.below(700)),
      criteria: n < trials.length ? trial.criteria : trial.criteria.map((one) => varied(one, random)),
      minimumAgeYears: trial.minimumAgeYears,
      sites,
    }
  }
}

function townsOf(places: readonly Place[]): Towns {
  const communes = places.filter(({ kind }) => kind !== 'former')
  const upTo = new Float64Array(communes.length)
  let inhabitants = 0
  communes.forEach(({ population }, at) => {
    inhabitants += population
    upTo[at] = inhabitants
  })
  return { places: communes, upTo, inhabitants }
}

/** A town, each inhabitant with the same chance. */
export function drawTown({ places, upTo, inhabitants }: Towns, random: Random): Place {
  const wanted = random.next() * inhabitants
  let [low, high] = [0, places.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] as number) > wanted) high = middle
    else low = middle + 1
  }
  return places[low] as Place
}

function siteOf(id: string, open: boolean, random: Random, towns: Towns): Site {
  const town = drawTown(towns, random)
  return {
    id,
    facility: `Hôpital ${town.name}`,
    city: town.name,
    postalCode: town.postalCodes[0] ?? null,
    country: 'FR',
    departement: town.departement,
    point: town.point,
    pointPrecision: town.precision,
    status: open ? 'RECRUITING' : random.pick(STATUSES),
    statusLevel: 'site',
    statusSource: 'ctgov',
    statusDate: dayBefore(random.below(900)),
    contacts: [],
    sources: [],
  }
}

/** An ISO day that many days before 21 November 2026. */
export const dayBefore = (days: number): string =>
  new Date(Date.UTC(2026, 10, 21) - days * DAY_MS).toISOString().slice(0, 10)

function varied(criterion: Criterion, random: Random): Criterion {
  switch (criterion.kind) {
    case 'biomarker':
      return random.chance(0.3) ? { ...criterion, gene: random.pick(MARKERS) } : criterion
    case 'prior_lines':
      return { ...criterion, max: random.chance(0.5) ? random.below(5) + (criterion.min ?? 0) : criterion.max }
    case 'performance':
      return criterion.scale === 'ECOG' ? { ...criterion, max: random.below(4) } : criterion
    case 'age':
      return { ...criterion, maxYears: random.chance(0.3) ? 60 + random.below(30) : criterion.maxYears }
    default:
      return criterion
  }
}
