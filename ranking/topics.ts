import type { Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { ints } from './columns.ts'
import { createAge } from './questions/age.ts'
import { createBiomarkers } from './questions/biomarkers.ts'
import { createBrainMetastases } from './questions/brain-metastases.ts'
import { createCancer } from './questions/cancer.ts'
import { createPerformance } from './questions/performance.ts'
import { createPriorLines } from './questions/prior-lines.ts'
import { priorTherapies } from './questions/prior-therapies.ts'
import { createSetting } from './questions/setting.ts'
import { createSex } from './questions/sex.ts'
import { createStage } from './questions/stage.ts'
import { createShelf, type Shelf, type Tally } from './shelf.ts'
import type { Topic } from './topic.ts'
import type { Weights } from './weights.ts'

/**
 * Every topic of a question, in the order in which verdicts are shown. Each set of topics writes down its own facts.
 */
export function createTopics() {
  return {
    cancer: createCancer(),
    biomarkers: createBiomarkers(),
    stage: createStage(),
    setting: createSetting(),
    priorLines: createPriorLines(),
    priorTherapies,
    brainMetastases: createBrainMetastases(),
    performance: createPerformance(),
    age: createAge(),
    sex: createSex(),
  }
}

/** A topic that the question touches, and which of the shelves it is. */
export interface AskedTopic {
  shelf: number
  tally: Tally
}

/** A shelf for every topic, that of the cancers first: its facts give the candidates. */
export interface Shelves {
  /** The numbers of a trial's facts, shelf by shelf. */
  put(slot: number, card: Card): number[]
  /** Take a trial with these facts on cancers out of the candidates. */
  remove(slot: number, cancers: number): void
  /** The trials with each set of facts on cancers. */
  candidates: readonly (readonly number[])[]
  inquire(question: Question, weights: Weights): AskedTopic[]
}

export function createShelves(): Shelves {
  const shelves: Shelf[] = Object.values(createTopics()).map((topic) => createShelf(topic as AnyTopic))
  const candidates: number[][] = []
  const positionOf = ints(-1)

  return {
    candidates,
    put(slot, card) {
      const numbers = shelves.map((shelf) => shelf.numberOf(card))
      const cancers = numbers[CANCERS] as number
      while (candidates.length <= cancers) candidates.push([])
      positionOf.reserve(slot + 1)
      positionOf.data[slot] = (candidates[cancers] as number[]).push(slot) - 1
      return numbers
    },
    remove(slot, cancers) {
      const position = positionOf.data[slot] as number
      const slots = candidates[cancers] as number[]
      const last = slots.pop() as number
      if (last === slot) return
      slots[position] = last
      positionOf.data[last] = position
    },
    inquire: (question, weights) =>
      shelves.flatMap((shelf, number) => {
        const tally = shelf.inquire(question, weights)
        return tally === null ? [] : { shelf: number, tally }
      }),
  }
}

/** The shelf of the cancers. */
export const CANCERS = 0

/** A shelf takes facts from its topic and gives them back to it: their type is no concern of anybody else. */
type AnyTopic = Topic<unknown>
