import { PHASES, STUDY_TYPES, type Trial } from '../domain/trial.ts'
import { type Card, cardOf } from './card.ts'
import { bytes, doubles, ints } from './columns.ts'
import { createConditionIndex, namesOf } from './condition.ts'
import { createPointTable } from './distance.ts'
import { confirmedOn, dayNumber } from './freshness.ts'
import { createSitePool, type SitePool } from './site-pool.ts'
import { createShelves } from './topics.ts'

/** Values of the field `OPENNESS`. */
export const OPEN = 1
export const LATER = 2

/**
 * What a scan reads of one trial stands side by side, in one line of the processor's cache: the fields of slot `s` begin
 * at `s × FIELDS`.
 */
export const FIELDS = 16
export const OPENNESS = 0
/** The bits of its phases. */
export const PHASE_MASK = 1
/** The most recent day on which a site that may be shown was confirmed; without any, the record's last update. */
export const LATEST_DAY = 2
/** Where the sites that may be shown begin in the pool, how many they are, and 1 where they are open, 0 where nothing is said of them. */
export const FIRST_SITE = 3
export const SITE_COUNT = 4
export const SITES_OPEN = 5
/** The number of its facts in each topic, in the order of the shelves. */
export const FACTS = 6

/**
 * All trials, laid out for a scan: one slot per trial, sites in one pool. Closed sites are not in it at all. Slots of
 * removed trials are used again.
 */
export interface Corpus {
  cards: (Card | null)[]
  slotOf: Map<string, number>
  freeSlots: number[]
  /** One past the highest slot ever used. */
  slots: number
  fields: ReturnType<typeof ints>
  studyType: ReturnType<typeof bytes>
  sites: SitePool
  points: ReturnType<typeof createPointTable>
  conditions: ReturnType<typeof createConditionIndex>
  shelves: ReturnType<typeof createShelves>
  /** Room for the rows of a scan, used again for every question. */
  rows: ReturnType<typeof createRows>
}

export function createCorpus(): Corpus {
  const points = createPointTable()
  return {
    cards: [],
    slotOf: new Map(),
    freeSlots: [],
    slots: 0,
    fields: ints(),
    studyType: bytes(),
    sites: createSitePool(points),
    points,
    conditions: createConditionIndex(),
    shelves: createShelves(),
    rows: createRows(),
  }
}

function createRows() {
  const [slot, tier, clinical] = [ints(), bytes(), doubles()]
  return {
    slot,
    tier,
    clinical,
    reserve(length: number): void {
      for (const column of [slot, tier, clinical]) column.reserve(length)
    },
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
  corpus.fields.reserve((slot + 1) * FIELDS)
  corpus.studyType.reserve(slot + 1)
  corpus.studyType.data[slot] = maskOf(STUDY_TYPES, card.studyType === null ? [] : [card.studyType])
  const fields = corpus.fields.data.subarray(slot * FIELDS, (slot + 1) * FIELDS)
  fields[OPENNESS] = card.openness === 'open' ? OPEN : LATER
  fields[PHASE_MASK] = maskOf(PHASES, card.phases)
  fields[LATEST_DAY] = dayNumber(confirmedOn(card.sites[0] ?? null, card))
  fields[FIRST_SITE] = corpus.sites.add(card)
  fields[SITE_COUNT] = card.sites.length
  fields[SITES_OPEN] = Number(card.openSiteCount > 0)
  fields.set(corpus.shelves.put(slot, card), FACTS)
  corpus.conditions.add(slot, namesOf(card))
}

/** Take a trial out; nothing happens when it is not there. */
export function removeTrial(corpus: Corpus, id: string): void {
  const slot = corpus.slotOf.get(id)
  const card = slot === undefined ? null : corpus.cards[slot]
  if (slot === undefined || !card) return
  corpus.slotOf.delete(id)
  corpus.cards[slot] = null
  corpus.conditions.remove(slot, namesOf(card))
  corpus.shelves.remove(slot, corpus.fields.data[slot * FIELDS + FACTS] as number)
  corpus.fields.data.fill(0, slot * FIELDS, (slot + 1) * FIELDS)
  corpus.freeSlots.push(slot)
  if (corpus.sites.drop(card.sites.length)) repack(corpus)
}

/** The bits of `members` in `all`. */
export function maskOf<T extends string>(all: readonly T[], members: readonly T[]): number {
  return members.reduce((mask, member) => mask | (1 << all.indexOf(member)), 0)
}

/** Write the pool afresh without the sites of removed trials. */
function repack(corpus: Corpus): void {
  corpus.sites.clear()
  corpus.cards.forEach((card, slot) => {
    if (card) corpus.fields.data[slot * FIELDS + FIRST_SITE] = corpus.sites.add(card)
  })
}
