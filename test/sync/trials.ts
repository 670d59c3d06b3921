import type { Database } from '../../db/database.ts'
import { putTrials, removeTrials } from '../../db/trials.ts'
import type { Trial } from '../../domain/trial.ts'
import { bareTrial } from '../support/bare-trial.ts'

/** An invented trial about one subject. */
export function inventedTrial(id: string, given: Partial<Trial> = {}): Trial {
  return bareTrial({ id, briefTitle: `Invented trial ${id}`, ...given })
}

/** Write these trials, as an ingest would. */
export async function writeTrials(db: Database, trials: Trial[]): Promise<void> {
  const at = new Date()
  await db.transaction((tx) =>
    putTrials(
      tx,
      trials.map((trial) => ({ trial })),
      at,
    ),
  )
}

/** Take these trials away. */
export async function deleteTrials(db: Database, ids: string[]): Promise<void> {
  const at = new Date()
  await db.transaction((tx) =>
    removeTrials(
      tx,
      ids.map((id) => ({ id })),
      at,
    ),
  )
}
