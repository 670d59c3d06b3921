import type { Database } from '../db/database.ts'
import { lastCompleteRun, type Run } from '../db/runs.ts'
import type { Registry } from '../domain/registry.ts'
import type { Sweep } from './source.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How a registry has to be read. */
export interface RegistryRules {
  /** A full sweep is due when the last complete one began this long ago; in between what changed is enough. */
  fullAfterMs: number
  /** A full sweep lists closed trials too: what it does not list is gone. Otherwise it may just have closed. */
  listsClosed: boolean
  /** How long a record must have been missing before the second look that may confirm that it is gone. */
  secondLookAfterMs: number
}

/**
 * ClinicalTrials.gov: the full sweep asks for open French sites, so a trial that is not in it is read again by number
 * in the same run; it has "changed since". CTIS: every sweep lists all French trials, closed ones too, and there is no
 * "changed since"; the second look is on another day (its answers are known to be wrong for hours).
 */
export const REGISTRY_RULES: Record<Registry, RegistryRules> = {
  ctgov: { fullAfterMs: 20 * HOUR_MS, listsClosed: false, secondLookAfterMs: 0 },
  ctis: { fullAfterMs: 0, listsClosed: true, secondLookAfterMs: 20 * HOUR_MS },
}

/** A change can be dated up to two days before it appears. */
const SINCE_MARGIN_MS = 2 * DAY_MS

export interface Plan {
  sweep: Sweep
  lastComplete: Run | null
  lastFull: Run | null
}

/** What the next run reads: what is due, unless a kind is asked for. Without a complete run before, everything. */
export async function planSweep(
  db: Database,
  registry: Registry,
  asked: 'full' | 'delta' | { ids: string[] } | undefined,
  now: Date,
): Promise<Plan> {
  const lastComplete = await lastCompleteRun(db, registry)
  const lastFull = await lastCompleteRun(db, registry, ['full'])
  const found = { lastComplete, lastFull }
  if (typeof asked === 'object') return { sweep: { kind: 'ids', ids: asked.ids }, ...found }
  const isDue = !lastFull || now.getTime() - Date.parse(lastFull.startedAt) >= REGISTRY_RULES[registry].fullAfterMs
  if (!lastComplete || !lastFull || asked === 'full' || (asked === undefined && isDue)) {
    return { sweep: { kind: 'full' }, ...found }
  }
  const since = new Date(Date.parse(lastComplete.startedAt) - SINCE_MARGIN_MS).toISOString().slice(0, 10)
  return { sweep: { kind: 'delta', since }, ...found }
}
