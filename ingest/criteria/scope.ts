import type { Heading } from './headings.ts'

/** A side of the text; `population` where no heading of a side stands. */
export type StatementSection = 'inclusion' | 'exclusion' | 'population'

/** What the headings so far say of the statements to come. */
export interface Scope {
  section: StatementSection
  /** The cohort the statements are limited to; null for the whole trial. */
  cohort: string | null
  /** A cohort was named, and no statement has come since. */
  entered: boolean
  /** The cohort's name stood above the heading of its inclusions, and holds for its exclusions too. */
  block: boolean
}

/** Before any heading. */
export const wholeTrial: Scope = { section: 'population', cohort: null, entered: false, block: false }

/**
 * The scope after a heading. "Cohort B" keeps the side; "Exclusion criteria" opens its own for the whole trial, but
 * inside a block ("CONTROLS / Inclusion criteria / … / Exclusion criteria") for the cohort that heads the block.
 */
export function scopeAfter(scope: Scope, { side, cohort }: Heading): Scope {
  if (side === 'neutral') {
    return cohort === undefined ? scope : { section: scope.section, cohort, entered: cohort !== null, block: false }
  }
  if (cohort !== undefined) return { section: side, cohort, entered: false, block: false }
  const block = side === 'inclusion' ? scope.entered : scope.entered || scope.block
  return { section: side, cohort: block ? scope.cohort : null, entered: false, block }
}
