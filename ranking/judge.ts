import { type Corpus, FACTS, FIELDS, OPEN } from './corpus.ts'
import { kilometresOfChord, type Measure } from './distance.ts'
import { findSite, NO_SITE } from './nearest.ts'
import type { AskedTopic } from './topics.ts'
import { CONTRADICTED, ELSEWHERE, NOT_RESTRICTED, UNKNOWN } from './verdict.ts'

export const TIER_A = 0
export const TIER_B = 1
export const TIER_C = 2

/** What is counted beside the trials listed. */
export interface Counts {
  /** How many trials are in each tier; the contradicted are counted also when they are not listed. */
  tiers: [number, number, number]
  /** Trials left out of a radius because no place of theirs is known. */
  unlocated: number
}

/** What every candidate is judged by. */
export interface Standard {
  openOnly: boolean
  /** Bits of those wanted; 0 for any. */
  phases: number
  types: number
  topics: readonly AskedTopic[]
  /** Slot → verdict on the condition, 0 where it is not named. */
  conditions: Uint8Array | null
  texts: ReadonlyMap<number, number> | null
  measure: Measure | null
  radius: number
  withContradicted: boolean
  /** What the condition and the text count; see `Weights`. */
  conditionWeight: number
  textWeight: number
  /** Worth of each verdict. */
  values: readonly number[]
}

/**
 * Judge the candidates listed in the rows, and write those that are listed over them; returns how many there are. One
 * topic after the other over all rows, in short loops of their own: each reads few things side by side, a contradicted
 * trial that is only counted costs the next topics nothing, and a compiler that replaces a running loop knows little of
 * what comes after it.
 */
export function judgeCandidates(corpus: Corpus, candidates: number, standard: Standard, counts: Counts): number {
  const { topics, radius, withContradicted } = standard
  // Whether a contradicted trial counts is known at once where no radius may yet leave it out.
  const drop = !withContradicted && radius === Infinity
  let length = keepWanted(corpus, candidates, standard)
  for (const topic of quickestFirst(topics)) length = judgeBy(topic, corpus, length, drop, counts)
  if (radius < Infinity) length = keepNear(corpus, length, standard, counts)
  if (!withContradicted) length = dropContradicted(corpus, length, counts)
  if (topics.length === 0 && standard.conditions === null && standard.texts === null) {
    listAlike(corpus, length, counts)
    return length
  }
  beginSums(corpus, length, standard)
  for (const topic of topics) addUp(topic, corpus, length)
  finish(corpus, length, counts)
  return length
}

/** Keep the trials that filters and condition leave. */
function keepWanted(corpus: Corpus, candidates: number, { openOnly, phases, types, conditions }: Standard): number {
  const [openness, ofPhases, ofType] = [corpus.openness.data, corpus.phases.data, corpus.studyType.data]
  const [slots, worst] = [corpus.rows.slot.data, corpus.rows.worst.data]
  const latest = openOnly ? OPEN : Infinity
  let length = 0
  for (let row = 0; row < candidates; row++) {
    const slot = slots[row] as number
    const open = openness[slot] as number
    if (open === 0 || open > latest) continue
    if (phases !== 0 && ((ofPhases[slot] as number) & phases) === 0) continue
    if (types !== 0 && ((ofType[slot] as number) & types) === 0) continue
    const verdict = conditions === null ? NOT_RESTRICTED : (conditions[slot] as number)
    if (verdict === 0) continue
    slots[length] = slot
    worst[length] = verdict
    length++
  }
  return length
}

/**
 * Topics whose verdicts are known beforehand come before those to be judged, cancers before all: only they rule a trial
 * out as a candidate, and that comes before any contradiction.
 */
function quickestFirst(topics: readonly AskedTopic[]): AskedTopic[] {
  return [...topics].sort((a, b) => Number(b.tally.byVerdict) - Number(a.tally.byVerdict))
}

/**
 * Keep the worst verdict of each trial; where contradicted ones are to be dropped, count them and go on without them.
 */
function judgeBy({ shelf, tally }: AskedTopic, corpus: Corpus, before: number, drop: boolean, counts: Counts): number {
  const [slots, worst, fields] = [corpus.rows.slot.data, corpus.rows.worst.data, corpus.fields.data]
  const verdicts = tally.worst
  const own = FACTS + shelf
  const against = CONTRADICTED
  let length = 0
  for (let row = 0; row < before; row++) {
    const slot = slots[row] as number
    const facts = fields[slot * FIELDS + own] as number
    if (verdicts[facts] === 0) tally.judge(facts)
    const verdict = Math.max(worst[row] as number, verdicts[facts] as number)
    if (verdict >= against) {
      if (verdict === ELSEWHERE) continue
      if (drop) {
        counts.tiers[TIER_C]++
        continue
      }
    }
    slots[length] = slot
    worst[length] = verdict
    length++
  }
  return length
}

/** Keep the trials with a site within the radius. */
function keepNear(corpus: Corpus, before: number, { measure, radius }: Standard, counts: Counts): number {
  const [slots, worst] = [corpus.rows.slot.data, corpus.rows.worst.data]
  const site = { chordSquared: Infinity, site: NO_SITE }
  let length = 0
  for (let row = 0; row < before; row++) {
    const slot = slots[row] as number
    findSite(corpus, slot, measure, site)
    if (kilometresOfChord(site.chordSquared) > radius) {
      if (site.chordSquared === Infinity) counts.unlocated++
      continue
    }
    slots[length] = slot
    worst[length] = worst[row] as number
    length++
  }
  return length
}

/** Count the contradicted and go on without them. */
function dropContradicted(corpus: Corpus, before: number, counts: Counts): number {
  const [slots, worst] = [corpus.rows.slot.data, corpus.rows.worst.data]
  let length = 0
  for (let row = 0; row < before; row++) {
    const verdict = worst[row] as number
    if (verdict === CONTRADICTED) {
      counts.tiers[TIER_C]++
      continue
    }
    slots[length] = slots[row] as number
    worst[length] = verdict
    length++
  }
  return length
}

/** Nothing was asked that tells trials apart. */
function listAlike({ rows: { tier, clinical } }: Corpus, length: number, counts: Counts): void {
  tier.data.fill(TIER_A, 0, length)
  clinical.data.fill(0, 0, length)
  counts.tiers[TIER_A] = length
}

/** What condition and text are worth to each trial. `clinical` holds Σ weights × values until `finish`. */
function beginSums(corpus: Corpus, length: number, standard: Standard): void {
  const { conditions, texts, conditionWeight, textWeight, values } = standard
  const { slot: slots, weight, clinical } = corpus.rows
  weight.data.fill((conditions ? conditionWeight : 0) + (texts ? textWeight : 0), 0, length)
  clinical.data.fill(0, 0, length)
  if (conditions === null && texts === null) return
  for (let row = 0; row < length; row++) {
    const slot = slots.data[row] as number
    const ofCondition = conditions === null ? 0 : conditionWeight * (values[conditions[slot] as number] as number)
    clinical.data[row] = ofCondition + (texts === null ? 0 : textWeight * (texts.get(slot) as number))
  }
}

/** Add what one topic is worth to each trial. */
function addUp({ shelf, tally }: AskedTopic, corpus: Corpus, length: number): void {
  const [slots, fields] = [corpus.rows.slot.data, corpus.fields.data]
  const [weights, values] = [corpus.rows.weight.data, corpus.rows.clinical.data]
  const { byVerdict, worst, weight, value } = tally
  const own = FACTS + shelf
  for (let row = 0; row < length; row++) {
    const facts = fields[(slots[row] as number) * FIELDS + own] as number
    const sum = byVerdict ? (worst[facts] as number) : facts
    weights[row] = (weights[row] as number) + (weight[sum] as number)
    values[row] = (values[row] as number) + (value[sum] as number)
  }
}

/** The tier of each trial, and the clinical part of its score. */
function finish(corpus: Corpus, length: number, counts: Counts): void {
  const { worst, tier, weight, clinical } = corpus.rows
  for (let row = 0; row < length; row++) {
    const verdict = worst.data[row] as number
    const own = verdict === CONTRADICTED ? TIER_C : verdict === UNKNOWN ? TIER_B : TIER_A
    tier.data[row] = own
    counts.tiers[own]++
    const sum = weight.data[row] as number
    clinical.data[row] = sum === 0 ? 0 : (clinical.data[row] as number) / sum
  }
}
