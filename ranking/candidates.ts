import type { Corpus } from './corpus.ts'
import type { Tally } from './shelf.ts'
import { ELSEWHERE } from './verdict.ts'

/** What a question may name its candidates by. */
interface Named {
  /** Verdicts on cancers. */
  cancers: Tally | null
  /** Trials that name a disease, and those that a text was found in. */
  conditions: readonly number[] | null
  texts: readonly number[] | null
}

/** Write the slots that a question has to look at into the rows of the corpus; returns how many there are. */
export function listCandidates(corpus: Corpus, { cancers, conditions, texts }: Named): number {
  const first = texts ?? conditions
  if (first !== null) {
    corpus.rows.reserve(first.length)
    corpus.rows.slot.data.set(first)
    return first.length
  }
  corpus.rows.reserve(corpus.slots)
  const slots = corpus.rows.slot.data
  if (cancers !== null) return listTrialsOfCancer(corpus, cancers, slots)
  for (let slot = 0; slot < corpus.slots; slot++) slots[slot] = slot
  return corpus.slots
}

/** The trials of a cancer: those whose distinct statements on cancers are about it. */
function listTrialsOfCancer({ shelves: { candidates } }: Corpus, { worst, judge }: Tally, slots: Int32Array): number {
  let length = 0
  for (let facts = 0; facts < candidates.length; facts++) {
    if (worst[facts] === 0) judge(facts)
    if (worst[facts] === ELSEWHERE) continue
    const own = candidates[facts] as readonly number[]
    for (let at = 0; at < own.length; at++) slots[length++] = own[at] as number
  }
  return length
}
