import { setTimeout as sleep } from 'node:timers/promises'
import { latestSequence } from '../db/changes.ts'
import { writeCheckpoint } from '../db/checkpoints.ts'
import type { Database } from '../db/database.ts'
import { withLease } from '../db/leases.ts'
import { streamTrials, trialsByIds } from '../db/trials.ts'
import { toIndexDocument } from './document.ts'
import { DocumentsRefused, type IndexDocument, type SearchIndex } from './search-index.ts'

/** How an index and the database differ, by trial id. */
export interface IndexCheck {
  /** In the database, not in the index. */
  missing: string[]
  /** In both, with another content. */
  outdated: string[]
  /** In the index, not in the database. */
  extra: string[]
  /** Documents compared. */
  documents: number
}

export interface RebuildOptions {
  signal?: AbortSignal
  /** Called after each batch with the number of documents so far. */
  onProgress?: (documents: number) => void
}

/**
 * Fill a new index from the database beside the live one, and swap it in. Its position is the last change before the
 * first trial was read: what happened meanwhile comes again with the changes after it. Only who feeds the index may do
 * this; others ask for it with `setPosition(null)`.
 */
export async function rebuildIndex(
  db: Database,
  index: SearchIndex,
  { signal, onProgress = () => {} }: RebuildOptions = {},
): Promise<{ documents: number; refused: string[]; position: number }> {
  const position = await latestSequence(db)
  async function* documents(): AsyncGenerator<IndexDocument[]> {
    let read = 0
    for await (const trials of streamTrials(db)) {
      signal?.throwIfAborted()
      yield trials.map(({ trial }) => toIndexDocument(trial))
      read += trials.length
      onProgress(read)
    }
  }
  const built = await index.rebuild(documents(), { position, ...(signal && { signal }) })
  if (keepsCheckpoint(db, index)) {
    const detail = { phase: 'following', lastError: null, refused: built.refused }
    await writeCheckpoint(db, { target: index.name, sequence: position, detail }, new Date())
  }
  return { ...built, position }
}

/**
 * Rebuild from a process that may not be the one that feeds the index: by itself when nobody does, else by asking the
 * feeder and waiting until it is done (`refused` is then null: the feeder reports it).
 */
export async function requestRebuild(
  db: Database,
  index: SearchIndex,
  { owner, signal, pollMs = 500 }: { owner: string; signal?: AbortSignal; pollMs?: number },
): Promise<{ documents: number; position: number; refused: string[] | null }> {
  const options = signal ? { signal } : {}
  if (isAlone(db, index)) return rebuildIndex(db, index, options)
  const outcome = await withLease(db, { name: leaseOf(index), owner }, (lost) =>
    rebuildIndex(db, index, { signal: signal ? AbortSignal.any([signal, lost]) : lost }),
  )
  if (outcome.held) return outcome.result
  await index.setPosition(null)
  for (;;) {
    await sleep(pollMs, undefined, options)
    const position = await index.position()
    if (position !== null) return { documents: (await index.health()).documents, position, refused: null }
  }
}

/** Nobody else can feed this index: it lives in this process, or the database allows one process only. */
export function isAlone(db: Database, index: SearchIndex): boolean {
  return db.kind === 'pglite' || !index.shared
}

/**
 * Whether the database notes how far this index is; not for an index that lives and dies with one of many processes.
 * An index without such a note was not filled from this database: it is of the one before a restore.
 */
export function keepsCheckpoint(db: Database, index: SearchIndex): boolean {
  return db.kind === 'pglite' || index.shared
}

/** The lease of the one process that feeds a shared index. */
export function leaseOf(index: SearchIndex): string {
  return `index:${index.name}`
}

/**
 * Compare index and database document by document, by hash. Trials that changed while this ran are looked at again,
 * so that a busy index in good order shows no difference.
 */
export async function checkIndex(db: Database, index: SearchIndex): Promise<IndexCheck> {
  const first = await compareAll(db, index)
  return compareThese(db, index, first, suspects(first))
}

/**
 * Put right what `checkIndex` found, from the database as it is now. Returns what still differs afterwards: nothing,
 * unless the engine refuses documents (`refused`).
 */
export async function repairIndex(
  db: Database,
  index: SearchIndex,
  found: IndexCheck,
): Promise<IndexCheck & { refused: string[] }> {
  const refused = new Set<string>()
  let left = found
  for (let round = 0; round < REPAIR_ROUNDS && suspects(left).some((id) => !refused.has(id)); round++) {
    const ids = suspects(left)
    const documents = await documentsOf(db, ids)
    const present = new Set(documents.map(({ id }) => id))
    await index.put(documents).catch((error) => {
      if (!(error instanceof DocumentsRefused)) throw error
      for (const id of error.ids) refused.add(id)
    })
    await index.remove(ids.filter((id) => !present.has(id)))
    left = await compareThese(db, index, left, ids)
  }
  return { ...left, refused: [...refused] }
}

/** A trial can change between being read and being put: then it is done again. */
const REPAIR_ROUNDS = 5

function suspects({ missing, outdated, extra }: IndexCheck): string[] {
  return [...missing, ...outdated, ...extra]
}

async function compareAll(db: Database, index: SearchIndex): Promise<IndexCheck> {
  const hashes = await index.hashes()
  const check: IndexCheck = { missing: [], outdated: [], extra: [], documents: 0 }
  for await (const trials of streamTrials(db)) {
    for (const { trial } of trials) {
      compare(check, trial.id, toIndexDocument(trial).hash, hashes.get(trial.id))
      hashes.delete(trial.id)
    }
    check.documents += trials.length
  }
  for (const [id, hash] of hashes) compare(check, id, undefined, hash)
  return check
}

async function compareThese(db: Database, index: SearchIndex, of: IndexCheck, ids: string[]): Promise<IndexCheck> {
  const check: IndexCheck = { missing: [], outdated: [], extra: [], documents: of.documents }
  if (ids.length === 0) return check
  const hashes = await index.hashes()
  const inDatabase = new Map((await documentsOf(db, ids)).map(({ id, hash }) => [id, hash]))
  for (const id of ids) compare(check, id, inDatabase.get(id), hashes.get(id))
  return check
}

async function documentsOf(db: Database, ids: string[]): Promise<IndexDocument[]> {
  return (await trialsByIds(db, ids)).map(({ trial }) => toIndexDocument(trial))
}

function compare(check: IndexCheck, id: string, inDatabase: string | undefined, inIndex: string | undefined): void {
  if (inDatabase === inIndex) return
  if (inIndex === undefined) check.missing.push(id)
  else if (inDatabase === undefined) check.extra.push(id)
  else check.outdated.push(id)
}
