import { and, inArray, notInArray, sql } from 'drizzle-orm'
import { findIdentifiers } from '../domain/identifiers.ts'
import { mayRecruit } from '../domain/open.ts'
import { storable } from '../domain/storable.ts'
import type { Trial } from '../domain/trial.ts'
import { inBatches } from './batches.ts'
import { contentHash } from './content.ts'
import type { Transaction } from './database.ts'
import { sites, trialAliases, trialIdentifiers, trials } from './schema.ts'

/** A trial as the rows of its tables. */
export interface RowToWrite {
  row: typeof trials.$inferInsert
  identifiers: (typeof trialIdentifiers.$inferInsert)[]
  sites: (typeof sites.$inferInsert)[]
}

const HASHES_AT_ONCE = 1000
const SITE_ROWS = 200

/** The rows of a trial; `aliases`: older numbers of its records that lead to it. Its own are those of its records. */
export function rowOf(
  { trial: given, aliases = [] }: { trial: Trial; aliases?: readonly string[] },
  at: Date,
): RowToWrite {
  const trial = storable(given)
  const own = findIdentifiers([...trial.sources.map((source) => source.registryId), ...aliases].join(' '))
  const isOwn = new Set(own.map(({ value }) => value))
  const numbers = new Map([...trial.identifiers, ...own].map((number) => [`${number.kind}:${number.value}`, number]))
  const open = mayRecruit(trial)
  return {
    row: { id: trial.id, trial, hash: contentHash({ trial, own }), open, createdAt: at, updatedAt: at },
    identifiers: [...numbers.values()].map(({ kind, value }) => ({
      kind,
      value,
      trialId: trial.id,
      own: isOwn.has(value),
    })),
    sites: trial.sites.map((site) => ({
      id: site.id,
      trialId: trial.id,
      sourceSiteIds: site.sources.map((source) => source.siteId),
      status: site.status,
      departement: site.departement,
    })),
  }
}

/** Hashes of what is stored of these trials, by id; those that do not exist are left out. */
export async function hashesOf(tx: Transaction, ids: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const some of inBatches(ids, HASHES_AT_ONCE)) {
    const rows = await tx.orm.select({ id: trials.id, hash: trials.hash }).from(trials).where(inArray(trials.id, some))
    for (const { id, hash } of rows) found.set(id, hash)
  }
  return found
}

/** Write these rows over what is stored of their trials. */
export async function writeRows(tx: Transaction, rows: RowToWrite[]): Promise<void> {
  const ids = rows.map(({ row }) => row.id)
  await tx.orm
    .insert(trials)
    .values(rows.map(({ row }) => row))
    .onConflictDoUpdate({
      target: trials.id,
      set: {
        trial: excluded('trial'),
        hash: excluded('hash'),
        open: excluded('open'),
        updatedAt: excluded('updated_at'),
      },
    })
  await tx.orm.delete(trialAliases).where(inArray(trialAliases.alias, ids))
  await writeIdentifiers(tx, ids, rows)
  await writeSites(tx, ids, rows)
}

async function writeIdentifiers(tx: Transaction, ids: string[], rows: RowToWrite[]): Promise<void> {
  await tx.orm.delete(trialIdentifiers).where(inArray(trialIdentifiers.trialId, ids))
  const all = rows.flatMap((item) => item.identifiers)
  for await (const some of inBatches(all, SITE_ROWS)) await tx.orm.insert(trialIdentifiers).values(some)
}

/** A site can have come over from a trial written in the same batch: insert over it, then drop what is left behind. */
async function writeSites(tx: Transaction, ids: string[], rows: RowToWrite[]): Promise<void> {
  const siteRows = [...new Map(rows.flatMap((item) => item.sites).map((site) => [site.id, site])).values()]
  for await (const some of inBatches(siteRows, SITE_ROWS)) {
    await tx.orm
      .insert(sites)
      .values(some)
      .onConflictDoUpdate({
        target: sites.id,
        set: {
          trialId: excluded('trial_id'),
          sourceSiteIds: excluded('source_site_ids'),
          status: excluded('status'),
          departement: excluded('departement'),
        },
      })
  }
  const kept = siteRows.map((site) => site.id)
  await tx.orm
    .delete(sites)
    .where(and(inArray(sites.trialId, ids), kept.length > 0 ? notInArray(sites.id, kept) : undefined))
}

const excluded = (column: string) => sql.raw(`excluded.${column}`)
