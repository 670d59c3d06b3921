import { ALTERATIONS, DENYING_ALTERATIONS } from './word-table/alterations.ts'
import { CONNECTORS } from './word-table/connectors.ts'
import { fillers } from './word-table/fillers.ts'
import type { WordRow } from './word-table/row.ts'
import { TESTS, TREATMENTS } from './word-table/treatments.ts'

/**
 * Folded words, English and French, as pieces of expressions that begin with a letter of their own; longest first where
 * one begins like another. The first meaning that fits wins, so the order of the parts matters.
 */
export const WORDS: readonly WordRow[] = [
  ...DENYING_ALTERATIONS,
  ...CONNECTORS,
  ...ALTERATIONS,
  ...TREATMENTS,
  ...TESTS,
  ['filler', fillers()],
]
