import type { Finding } from '../evidence.ts'

/** Where a code was read: the first place counts as evidence. */
export interface Source {
  finding: Finding
  inCriteria: boolean
  statement: number | null
  /** Sentence and list of its words, where a list names it. */
  list?: string
  /** A whole family said to go beyond the cancers named beside it ("including but not limited to"). */
  open?: true
  /** Named only to say what holds of its people ("for oropharyngeal cancer, …"): narrows nothing. */
  conditional?: true
}
