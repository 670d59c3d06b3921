import { age } from './questions/age.ts'
import { sex } from './questions/sex.ts'
import { createShelf, type Shelf } from './shelf.ts'

/** A shelf for every topic of a question, in the order in which verdicts are shown. */
export function createShelves() {
  return {
    age: createShelf(age),
    sex: createShelf(sex),
  } satisfies Record<string, Shelf>
}
