import { age } from './questions/age.ts'
import { biomarkers } from './questions/biomarkers.ts'
import { brainMetastases } from './questions/brain-metastases.ts'
import { cancer } from './questions/cancer.ts'
import { performance } from './questions/performance.ts'
import { priorLines } from './questions/prior-lines.ts'
import { priorTherapies } from './questions/prior-therapies.ts'
import { setting } from './questions/setting.ts'
import { sex } from './questions/sex.ts'
import { stage } from './questions/stage.ts'
import { createShelf } from './shelf.ts'

/** Every topic of a question, in the order in which verdicts are shown. */
export const TOPICS = {
  cancer,
  biomarkers,
  stage,
  setting,
  priorLines,
  priorTherapies,
  brainMetastases,
  performance,
  age,
  sex,
}

/** A shelf for every topic. */
export function createShelves() {
  return {
    cancer: createShelf(cancer),
    biomarkers: createShelf(biomarkers),
    stage: createShelf(stage),
    setting: createShelf(setting),
    priorLines: createShelf(priorLines),
    priorTherapies: createShelf(priorTherapies),
    brainMetastases: createShelf(brainMetastases),
    performance: createShelf(performance),
    age: createShelf(age),
    sex: createShelf(sex),
  }
}
