import type { Database } from '../../db/database.ts'
import type { IngestDeps } from '../../ingest/ingest.ts'
import { mergeRecords } from '../../ingest/merge.ts'

/** What a run needs, without locating and without a log; every part can be given. */
export function quietDeps(db: Database, parts: Partial<IngestDeps> = {}): IngestDeps {
  return {
    db,
    locate: (site) => site,
    merge: mergeRecords,
    now: () => new Date(),
    log: { info() {}, warn() {} },
    ...parts,
  }
}
