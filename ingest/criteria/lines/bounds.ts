import type { Sentence } from '../sentences.ts'

/** How many lines a sentence lets someone have had, inclusive, and where it says so. */
export interface Bounds {
  min: number | null
  max: number | null
  /** Offsets in the sentence, UTF-16. */
  from: number
  to: number
}

/** How a sentence speaks of lines: by number, of none, of a treatment that came before, of any number. */
export type StatedKind = 'counted' | 'none' | 'treated' | 'open'

/** What one sentence states. */
export interface Stated {
  kind: StatedKind
  bounds: Bounds
  sentence: Sentence
}
