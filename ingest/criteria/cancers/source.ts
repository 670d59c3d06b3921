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
  /** One of a list that goes on to others without a name of ours ("… or undifferentiated"): narrows nothing. */
  amongOthers?: true
  /** Said to be taken too ("mucosal melanomas are included"): says nothing against others of its organ. */
  also?: true
  /** The statement whose items are alternatives ("one of the following:"), where it is named in one of them. */
  oneOf?: number
  /** The brief title names it; a whole family, as what a basket takes. */
  titled?: true
  /** Named only to say what holds of its people ("for oropharyngeal cancer, …"): narrows nothing. */
  conditional?: true
}
