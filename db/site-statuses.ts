import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { SiteStatus } from '../domain/status.ts'
import { storable } from '../domain/storable.ts'
import type { MergeRecords, PartnerStatus } from '../domain/trial.ts'
import { lockTrials } from './changes.ts'
import type { Database, Handle, Transaction } from './database.ts'
import { exclusionsAmong, recordKey } from './exclusions.ts'
import { recordsOfTrials } from './related-records.ts'
import { siteStatusAudit, siteStatuses, sites } from './schema.ts'
import { getTrial, putTrials, type StoredTrial } from './trials.ts'

/** A partner's word on a site. `version` is 0 before the first; `at` is the ISO instant of writing. */
export interface StoredSiteStatus {
  siteId: string
  trialId: string
  status: SiteStatus
  /** The day the partner stated it. */
  statusDate: string
  note: string | null
  author: string
  version: number
  at: string
}

export interface SiteStatusWrite {
  siteId: string
  status: SiteStatus
  note: string | null
  /** Who says so: the partner's key, not a person. */
  author: string
  at: Date
  /** The version the author has seen; 0 for none. Null skips the check. */
  expectedVersion: number | null
}

/** There is no such site. */
export class UnknownSiteError extends Error {
  readonly siteId: string
  constructor(siteId: string) {
    super(`there is no site ${siteId}`)
    this.name = 'UnknownSiteError'
    this.siteId = siteId
  }
}

/** Somebody else has written since: `current` is what stands now, null when nothing does. */
export class StaleVersionError extends Error {
  readonly current: StoredSiteStatus | null
  constructor(siteId: string, current: StoredSiteStatus | null) {
    super(`site ${siteId} is at version ${current?.version ?? 0}`)
    this.name = 'StaleVersionError'
    this.current = current
  }
}

/**
 * Set the status of a site: status, audit, trial and change row in one transaction.
 * @param merge computes the trial anew; the database does not know how.
 * @throws UnknownSiteError, StaleVersionError
 */
export function setSiteStatus(
  db: Database,
  write: SiteStatusWrite,
  merge: MergeRecords,
): Promise<{ siteStatus: StoredSiteStatus; trial: StoredTrial }> {
  return db.transaction(async (tx) => {
    const [result] = await setSiteStatuses(tx, [write], merge)
    if (!result) throw new UnknownSiteError(write.siteId)
    return result
  })
}

/** Several at once in the caller's transaction: all of them, or none. Each trial is computed once. */
export async function setSiteStatuses(
  tx: Transaction,
  writes: readonly SiteStatusWrite[],
  merge: MergeRecords,
): Promise<{ siteStatus: StoredSiteStatus; trial: StoredTrial }[]> {
  await lockTrials(tx)
  const written: StoredSiteStatus[] = []
  for (const write of writes) written.push(await writeOne(tx, write))
  const trials = new Map<string, StoredTrial>()
  for (const trialId of new Set(written.map((item) => item.trialId))) {
    trials.set(trialId, await recompute(tx, trialId, merge, writes[0]?.at ?? new Date(0)))
  }
  return written.map((siteStatus) => ({ siteStatus, trial: trials.get(siteStatus.trialId) as StoredTrial }))
}

async function writeOne(tx: Transaction, write: SiteStatusWrite): Promise<StoredSiteStatus> {
  const site = await findSite(tx, write.siteId)
  if (!site) throw new UnknownSiteError(write.siteId)
  const before = await currentStatus(tx, site)
  if (write.expectedVersion !== null && write.expectedVersion !== (before?.version ?? 0)) {
    throw new StaleVersionError(write.siteId, before)
  }
  // A site can have got another id since it was first written of: its row keeps the id it has, and so its versions.
  const row = {
    siteId: before?.siteId ?? site.id,
    trialId: site.trialId,
    status: write.status,
    statusDate: dayInFrance(write.at),
    note: storable(write.note),
    author: write.author,
    version: (before?.version ?? 0) + 1,
    writtenAt: write.at,
  }
  const { siteId, ...values } = { ...row, sourceSiteIds: site.sourceSiteIds }
  await tx.orm
    .insert(siteStatuses)
    .values({ siteId, ...values })
    .onConflictDoUpdate({ target: siteStatuses.siteId, set: values })
  await tx.orm.insert(siteStatusAudit).values({ ...row, previousStatus: before?.status ?? null })
  return asStatus(row)
}

/** Registries give days, and so does a partner: the one on the calendar in France. */
const dayInFrance = (at: Date) => at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })

type SiteRow = typeof sites.$inferSelect

/** By its id, or by the id of a record site it is made of. */
async function findSite(db: Handle, siteId: string): Promise<SiteRow | null> {
  const [site] = await db.orm.select().from(sites).where(eq(sites.id, siteId))
  if (site) return site
  const [part] = await db.orm.select().from(sites).where(sql`${siteId} = any(${sites.sourceSiteIds})`).limit(1)
  return part ?? null
}

async function currentStatus(db: Handle, site: SiteRow): Promise<StoredSiteStatus | null> {
  const [row] = await db.orm
    .select()
    .from(siteStatuses)
    .where(and(eq(siteStatuses.trialId, site.trialId), inArray(siteStatuses.siteId, [site.id, ...site.sourceSiteIds])))
    .orderBy(desc(siteStatuses.writtenAt), desc(siteStatuses.version))
    .limit(1)
  return row ? asStatus(row) : null
}

/** What stands for a site now; null when no partner has spoken of it. @throws UnknownSiteError */
export async function siteStatusOf(db: Handle, siteId: string): Promise<StoredSiteStatus | null> {
  const site = await findSite(db, siteId)
  if (!site) throw new UnknownSiteError(siteId)
  return currentStatus(db, site)
}

/** What partners say of the sites of these trials, as `merge` takes it: once for every record site it was said of. */
export async function partnerStatuses(db: Handle, trialIds: readonly string[]): Promise<PartnerStatus[]> {
  if (trialIds.length === 0) return []
  const rows = await db.orm
    .select()
    .from(siteStatuses)
    .where(inArray(siteStatuses.trialId, [...trialIds]))
    .orderBy(asc(siteStatuses.writtenAt), asc(siteStatuses.siteId))
  return rows.flatMap(({ siteId, sourceSiteIds, status, statusDate }) =>
    [...new Set([siteId, ...sourceSiteIds])].map((id) => ({ siteId: id, status, date: statusDate })),
  )
}

/** Sites went from one trial to another, or a trial was joined into another: what partners said goes along. */
export async function moveSiteStatuses(
  tx: Transaction,
  trialIds: readonly string[],
  joined: readonly { id: string; into?: string }[],
): Promise<void> {
  const concerned = inArray(siteStatuses.trialId, [...trialIds])
  if (trialIds.length === 0 || (await tx.orm.$count(siteStatuses, concerned)) === 0) return
  await tx.orm.execute(sql`
    update ${siteStatuses} set trial_id = moved.trial_id from ${sites} as moved
    where ${concerned} and ${siteStatuses.siteId} = any(moved.source_site_ids)
      and moved.trial_id <> ${siteStatuses.trialId}`)
  for (const { id, into } of joined) {
    if (into) await tx.orm.update(siteStatuses).set({ trialId: into }).where(eq(siteStatuses.trialId, id))
  }
}

/** The audit, newest first. */
export async function siteStatusHistory(
  db: Handle,
  { siteId, limit = 100 }: { siteId?: string; limit?: number } = {},
): Promise<(StoredSiteStatus & { previousStatus: SiteStatus | null })[]> {
  const rows = await db.orm
    .select()
    .from(siteStatusAudit)
    .where(siteId ? eq(siteStatusAudit.siteId, siteId) : undefined)
    .orderBy(desc(siteStatusAudit.writtenAt), desc(siteStatusAudit.version))
    .limit(limit)
  return rows.map((row) => ({ ...asStatus(row), previousStatus: row.previousStatus }))
}

async function recompute(tx: Transaction, trialId: string, merge: MergeRecords, at: Date): Promise<StoredTrial> {
  const records = await recordsOfTrials(tx, [trialId])
  const unused = new Set(
    (await exclusionsAmong(tx, records.map(recordKey))).filter(({ b }) => b === null).map(({ a }) => a),
  )
  const used = records.filter((record) => !unused.has(recordKey(record)))
  const trial = merge(
    used.map(({ normalised }) => normalised),
    { id: trialId, partnerStatuses: await partnerStatuses(tx, [trialId]) },
  )
  await putTrials(tx, [{ trial, aliases: used.flatMap(({ normalised }) => normalised.aliases) }], at)
  const stored = await getTrial(tx, trialId)
  if (!stored) throw new Error(`trial ${trialId} was not stored`)
  return stored
}

function asStatus(row: Omit<typeof siteStatuses.$inferSelect, 'sourceSiteIds'>): StoredSiteStatus {
  const { siteId, trialId, status, statusDate, note, author, version, writtenAt } = row
  return { siteId, trialId, status, statusDate, note, author, version, at: writtenAt.toISOString() }
}
