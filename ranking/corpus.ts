import { PHASES, STUDY_TYPES, type Trial } from '../domain/trial.ts'
import { type Card, cardOf } from './card.ts'
import { type Census, countTrial, createCensus } from './census.ts'
import { bytes, doubles, ints } from './columns.ts'
import { createConditionIndex, namesOf } from './condition.ts'
import { confirmedOn, dayNumber } from './freshness.ts'
import { createSitePool, type SitePool } from './site-pool.ts'
import { createShelves } from './topics.ts'

/** Values of the column `openness`; 0 where there is no trial. */
export const OPEN = 1
export const LATER = 2

/** Values of the column `shown`: what is known of the sites that may be shown. */
export const NO_SITES = 0
export const OF_UNKNOWN_STATUS = 1
export const OPEN_SITES = 2

/**
 * What a scan reads of one candidate stands side by side, in one line of the processor's cache: the fields of slot `s`
 * begin at `s × FIELDS`. What it reads of all trials in turn has columns of its own.
 */
export const FIELDS = 16
/** Where the sites that may be shown begin in the pool, and how many they are. */
export const FIRST_SITE = 0
export const SITE_COUNT = 1
/** The number of its facts in each topic, in the order of the shelves. */
export const FACTS = 2

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
  openness: ReturnType<typeof bytes>
  /** The bits of its phases, and of its study type. */
  phases: ReturnType<typeof bytes>
  studyType: ReturnType<typeof bytes>
  shown: ReturnType<typeof bytes>
  /** The most recent day on which a site that may be shown was confirmed; without any, the record's last update. */
  latestDay: ReturnType<typeof ints>
  sites: SitePool
  conditions: ReturnType<typeof createConditionIndex>
  shelves: ReturnType<typeof createShelves>
  /** What there is to count over all open trials: whoever asks for nothing in particular gets all of them. */
  open: Census & { trials: number }
  /** Room for the rows of a scan, used again for every question. */
  rows: ReturnType<typeof createRows>
}

export function createCorpus(): Corpus {
  return {
    cards: [],
    slotOf: new Map(),
    freeSlots: [],
    slots: 0,
    fields: ints(),
    openness: bytes(),
    phases: bytes(),
    studyType: bytes(),
    shown: bytes(),
    latestDay: ints(),
    sites: createSitePool(),
    conditions: createConditionIndex(),
    shelves: createShelves(),
    open: { ...createCensus(), trials: 0 },
    rows: createRows(),
  }
}

function createRows() {
  const [slot, worst, tier, weight, clinical] = [ints(), bytes(), bytes(), doubles(), doubles()]
  return {
    slot,
    worst,
    tier,
    weight,
    clinical,
    reserve(length: number): void {
      for (const column of [slot, worst, tier, weight, clinical]) column.reserve(length)
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
  const { openness, phases, studyType, shown, latestDay } = corpus
  for (const column of [openness, phases, studyType, shown, latestDay]) column.reserve(slot + 1)
  openness.data[slot] = card.openness === 'open' ? OPEN : LATER
  phases.data[slot] = maskOf(PHASES, card.phases)
  studyType.data[slot] = maskOf(STUDY_TYPES, card.studyType === null ? [] : [card.studyType])
  shown.data[slot] = card.sites.length === 0 ? NO_SITES : card.openSiteCount > 0 ? OPEN_SITES : OF_UNKNOWN_STATUS
  latestDay.data[slot] = dayNumber(confirmedOn(card.sites[0] ?? null, card))
  corpus.fields.reserve((slot + 1) * FIELDS)
  const fields = corpus.fields.data.subarray(slot * FIELDS, (slot + 1) * FIELDS)
  fields[FIRST_SITE] = corpus.sites.add(card)
  fields[SITE_COUNT] = card.sites.length
  fields.set(corpus.shelves.put(slot, card), FACTS)
  corpus.conditions.add(slot, namesOf(card))
  if (card.openness === 'open') countOpen(corpus, slot, 1)
}

/** Take a trial out; nothing happens when it is not there. */
export function removeTrial(corpus: Corpus, id: string): void {
  const slot = corpus.slotOf.get(id)
  const card = slot === undefined ? null : corpus.cards[slot]
  if (slot === undefined || !card) return
  if (card.openness === 'open') countOpen(corpus, slot, -1)
  corpus.slotOf.delete(id)
  corpus.cards[slot] = null
  corpus.conditions.remove(slot, namesOf(card))
  corpus.shelves.remove(slot, corpus.fields.data[slot * FIELDS + FACTS] as number)
  corpus.openness.data[slot] = 0
  corpus.freeSlots.push(slot)
  if (corpus.sites.drop(card.sites.length)) repack(corpus)
}

/** The bits of `members` in `all`. */
export function maskOf<T extends string>(all: readonly T[], members: readonly T[]): number {
  return members.reduce((mask, member) => mask | (1 << all.indexOf(member)), 0)
}

function countOpen({ open, sites, phases, fields }: Corpus, slot: number, by: number): void {
  open.trials += by
  open.byDepartement.reserve(sites.names.length)
  const own = slot * FIELDS
  const [first, count] = [fields.data[own + FIRST_SITE] as number, fields.data[own + SITE_COUNT] as number]
  countTrial(open, sites, phases.data[slot] as number, first, count, by)
}

/** Write the pool afresh without the sites of removed trials. */
function repack(corpus: Corpus): void {
  corpus.sites.clear()
  corpus.cards.forEach((card, slot) => {
    if (card) corpus.fields.data[slot * FIELDS + FIRST_SITE] = corpus.sites.add(card)
  })
}
