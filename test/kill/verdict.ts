import { and, asc, eq, ne } from 'drizzle-orm'
import { latestSequence } from '../../db/changes.ts'
import type { Database } from '../../db/database.ts'
import { changes, records, siteStatusAudit } from '../../db/schema.ts'
import { countTrials } from '../../db/trials.ts'

export interface Acknowledged {
  note: string
  siteId: string
  version: number
}

/** What was lost or done twice, one sentence each; nothing when all held. */
export async function faultsOf(
  db: Database,
  said: { acknowledged: Acknowledged[]; asked: Set<string> },
): Promise<string[]> {
  return [...(await writeFaults(db, said)), ...(await feedFaults(db))]
}

async function writeFaults(
  db: Database,
  { acknowledged, asked }: { acknowledged: Acknowledged[]; asked: Set<string> },
): Promise<string[]> {
  const rows = await db.orm
    .select()
    .from(siteStatusAudit)
    .orderBy(asc(siteStatusAudit.siteId), asc(siteStatusAudit.version))
  const faults: string[] = []
  const byNote = new Map<string | null, typeof rows>()
  for (const row of rows) byNote.set(row.note, [...(byNote.get(row.note) ?? []), row])
  for (const { note, siteId, version } of acknowledged) {
    const [row, ...others] = byNote.get(note) ?? []
    if (!row) faults.push(`acknowledged write ${note} is lost`)
    else if (others.length > 0) faults.push(`write ${note} was applied ${others.length + 1} times`)
    else if (row.siteId !== siteId || row.version !== version) faults.push(`write ${note} stands elsewhere than said`)
  }
  for (const [note, found] of byNote) {
    if (note !== null && !asked.has(note)) faults.push(`write ${note} was never asked for`)
    if (found.length > 1) faults.push(`write ${note} was applied ${found.length} times`)
  }
  const versions = new Map<string, number>()
  for (const { siteId, version } of rows) {
    if (version !== (versions.get(siteId) ?? 0) + 1) faults.push(`site ${siteId} skips to version ${version}`)
    versions.set(siteId, version)
  }
  return faults
}

async function feedFaults(db: Database): Promise<string[]> {
  const rows = await db.orm.select({ sequence: changes.sequence }).from(changes).orderBy(asc(changes.sequence))
  const gap = rows.findIndex(({ sequence }, at) => sequence !== at + 1)
  if (gap >= 0) return [`the change feed has a gap at ${gap + 1}`]
  const last = await latestSequence(db)
  return last === rows.length ? [] : [`the change feed ends at ${rows.length}, its counter at ${last}`]
}

/** How a database that was disturbed differs from one that was not, after both read the same registry. */
export async function differences(disturbed: Database, undisturbed: Database): Promise<string[]> {
  const [one, other] = [await recordStates(disturbed), await recordStates(undisturbed)]
  const faults = [...other].filter(([id, state]) => one.get(id) !== state).map(([id]) => `record ${id} differs`)
  faults.push(...[...one.keys()].filter((id) => !other.has(id)).map((id) => `record ${id} is one too many`))
  const [all, expected] = [(await countTrials(disturbed)).all, (await countTrials(undisturbed)).all]
  return all === expected ? faults : [...faults, `${all} trials instead of ${expected}`]
}

async function recordStates(db: Database): Promise<Map<string, string>> {
  const rows = await db.orm
    .select({ id: records.registryId, normalised: records.normalised, trialId: records.trialId })
    .from(records)
    .where(and(eq(records.registry, 'ctgov'), ne(records.state, 'departed')))
  return new Map(rows.map(({ id, normalised, trialId }) => [id, `${JSON.stringify(normalised)} ${trialId !== null}`]))
}
