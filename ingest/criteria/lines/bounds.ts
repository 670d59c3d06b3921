/** How many lines a sentence lets someone have had, inclusive, and where it says so. */
export interface Bounds {
  min: number | null
  max: number | null
  /** Offsets in the sentence, UTF-16. */
  from: number
  to: number
}
