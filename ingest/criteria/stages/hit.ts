/** A stage or setting that words of a text name. Offsets of these words, in that text. */
export interface Hit {
  code: string
  from: number
  to: number
  /** Newly diagnosed, told by the absence of treatment alone: a recurrence too may be "previously untreated". */
  untreated?: true
}
