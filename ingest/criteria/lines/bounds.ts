import type { Sentence } from '../sentences.ts'

/** How many lines someone may have had, inclusive; null where nothing bounds them. */
export interface Range {
  min: number | null
  max: number | null
}

/** What a sentence says of them, and where. */
export interface Bounds extends Range {
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
