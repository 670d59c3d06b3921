import type { Database } from '../../db/database.ts'
import { changesContract } from '../contract/db/changes.ts'
import { operationsContract } from '../contract/db/operations.ts'
import { recordsContract } from '../contract/db/records.ts'
import { siteStatusesContract } from '../contract/db/site-statuses.ts'
import { trialsContract } from '../contract/db/trials.ts'
import { describeEachDatabase, emptied } from '../support/databases.ts'

describeEachDatabase('the stores', (open) => {
  let db: Database | null = null
  const shared = async () => {
    db ??= await open()
    return emptied(db)
  }
  trialsContract(shared)
  changesContract(shared)
  recordsContract(shared)
  siteStatusesContract(shared)
  operationsContract(shared)
})
