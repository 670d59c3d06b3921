import { age } from './questions/age.ts'
import { createBiomarkers } from './questions/biomarkers.ts'
import { brainMetastases } from './questions/brain-metastases.ts'
import { cancer } from './questions/cancer.ts'
import { performance } from './questions/performance.ts'
import { priorLines } from './questions/prior-lines.ts'
import { priorTherapies } from './questions/prior-therapies.ts'
import { setting } from './questions/setting.ts'
import { sex } from './questions/sex.ts'
import { stage } from './questions/stage.ts'
import { createShelf, type Shelf } from './shelf.ts'
import type { Topic } from './topic.ts'

/** Every topic of a question, in the order in which verdicts are shown. Statements are numbered per set of topics. */
export function createTopics() {
  return {
    cancer,
    biomarkers: createBiomarkers(),
    stage,
    setting,
    priorLines,
    priorTherapies,
    brainMetastases,
    performance,
    age,
    sex,
  }
}

/** A shelf for every topic; that of the cancers gives the candidates. */
export function createShelves(): { cancer: Shelf; others: readonly Shelf[] } {
  const { cancer: first, ...others } = createTopics()
  return { cancer: createShelf(first), others: Object.values(others).map((topic) => createShelf(topic as AnyTopic)) }
}

/** A shelf takes facts from its topic and gives them back to it: their type is no concern of anybody else. */
type AnyTopic = Topic<unknown>
