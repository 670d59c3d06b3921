import type { Finding } from '../evidence.ts'

/** Where a code was read: the first place counts as evidence. */
export interface Source {
  finding: Finding
  inCriteria: boolean
  statement: number | null
  /** Sentence and list of its words, where a list names it. */
  list?: string
}
