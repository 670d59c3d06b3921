import { PHASES, STUDY_TYPES, type Trial } from '../domain/trial.ts'
import { type Card, cardOf } from './card.ts'
import { bytes, ints, shorts } from './columns.ts'
import { createConditionIndex, namesOf } from './condition.ts'
import { createPointTable } from './distance.ts'
import { confirmedOn, dayNumber } from './freshness.ts'
import { createShelves } from './topics.ts'

/** Values of the `openness` column. */
export const OPEN = 1
export const LATER = 2

/**
 * All trials, laid out for a scan: one slot per trial, one column per thing that a scan looks at, sites in one pool.
 * Closed sites are not in it at all. Slots of removed trials are used again.
 */
export interface Corpus {
  cards: (Card | null)[]
  slotOf: Map<string, number>
  freeSlots: number[]
  /** One past the highest slot ever used. */
  slots: number
  openness: ReturnType<typeof bytes>
  phases: ReturnType<typeof bytes>
  studyType: ReturnType<typeof bytes>
  /** The day the trial's record was last updated, for trials without a site to show. */
  updatedDay: ReturnType<typeof ints>
  /** Where a trial's sites begin in the pool: the open ones, then those of unknown status. */
  firstSite: ReturnType<typeof ints>
  openSites: ReturnType<typeof shorts>
  unknownSites: ReturnType<typeof shorts>
  pool: { point: ReturnType<typeof ints>; day: ReturnType<typeof ints>; used: number; wasted: number }
  points: ReturnType<typeof createPointTable>
  conditions: ReturnType<typeof createConditionIndex>
  shelves: ReturnType<typeof createShelves>
  departements: { names: string[]; numbers: Map<string, number>; of: (Uint16Array | null)[] }
}

/** A site without coordinates. */
export const NO_POINT = -1

export function createCorpus(): Corpus {
  return {
    cards: [],
    slotOf: new Map(),
    freeSlots: [],
    slots: 0,
    openness: bytes(),
    phases: bytes(),
    studyType: bytes(),
    updatedDay: ints(),
    firstSite: ints(),
    openSites: shorts(),
    unknownSites: shorts(),
    pool: { point: ints(), day: ints(), used: 0, wasted: 0 },
    points: createPointTable(),
    conditions: createConditionIndex(),
    shelves: createShelves(),
    departements: { names: [], numbers: new Map(), of: [] },
  }
}

/** How many trials the corpus holds. */
export const corpusSize = (corpus: Corpus): number => corpus.slotOf.size

/** Add a trial, or replace the one with the same id. A trial that takes nobody is left out: no question finds it. */
export function putTrial(corpus: Corpus, trial: Trial): void {
  removeTrial(corpus, trial.id)
  const card = cardOf(trial)
  if (card.openness === 'closed') return
  const slot = corpus.freeSlots.pop() ?? corpus.slots++
  corpus.slotOf.set(card.id, slot)
  corpus.cards[slot] = card
  for (const name of [
    'openness',
    'phases',
    'studyType',
    'updatedDay',
    'firstSite',
    'openSites',
    'unknownSites',
  ] as const)
    corpus[name].reserve(slot + 1)
  corpus.openness.data[slot] = card.openness === 'open' ? OPEN : LATER
  corpus.phases.data[slot] = maskOf(PHASES, card.phases)
  corpus.studyType.data[slot] = maskOf(STUDY_TYPES, card.studyType === null ? [] : [card.studyType])
  corpus.updatedDay.data[slot] = dayNumber(card.lastUpdateDate)
  placeSites(corpus, slot, card)
  corpus.conditions.add(slot, namesOf(card))
  for (const shelf of [corpus.shelves.cancer, ...corpus.shelves.others]) shelf.put(slot, card)
}

/** Take a trial out; nothing happens when it is not there. */
export function removeTrial(corpus: Corpus, id: string): void {
  const slot = corpus.slotOf.get(id)
  const card = slot === undefined ? null : corpus.cards[slot]
  if (slot === undefined || !card) return
  corpus.slotOf.delete(id)
  corpus.cards[slot] = null
  corpus.openness.data[slot] = 0
  corpus.pool.wasted += card.openSites.length + card.unknownSites.length
  corpus.conditions.remove(slot, namesOf(card))
  for (const shelf of [corpus.shelves.cancer, ...corpus.shelves.others]) shelf.remove(slot)
  corpus.freeSlots.push(slot)
  if (corpus.pool.wasted > 1000 && corpus.pool.wasted > corpus.pool.used / 2) repack(corpus)
}

/** The bits of `members` in `all`. */
export function maskOf<T extends string>(all: readonly T[], members: readonly T[]): number {
  return members.reduce((mask, member) => mask | (1 << all.indexOf(member)), 0)
}

function placeSites(corpus: Corpus, slot: number, card: Card): void {
  const { pool } = corpus
  const sites = [...card.openSites, ...card.unknownSites]
  corpus.firstSite.data[slot] = pool.used
  corpus.openSites.data[slot] = card.openSites.length
  corpus.unknownSites.data[slot] = card.unknownSites.length
  pool.point.reserve(pool.used + sites.length)
  pool.day.reserve(pool.used + sites.length)
  for (const site of sites) {
    pool.point.data[pool.used] = site.point === null ? NO_POINT : corpus.points.number(site.point)
    pool.day.data[pool.used] = dayNumber(confirmedOn(site, card))
    pool.used++
  }
  const shown = card.openSites.length > 0 ? card.openSites : card.unknownSites
  const names = new Set(shown.flatMap(({ departement }) => departement ?? []))
  corpus.departements.of[slot] = Uint16Array.from(names, (name) => departementNumber(corpus, name))
}

function departementNumber({ departements: { names, numbers } }: Corpus, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, names.length)
  return names.push(name) - 1
}

/** Write the pool afresh without the sites of removed trials. */
function repack(corpus: Corpus): void {
  corpus.pool.used = 0
  corpus.pool.wasted = 0
  corpus.cards.forEach((card, slot) => {
    if (card) placeSites(corpus, slot, card)
  })
}
