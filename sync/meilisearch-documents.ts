import type { Index, Task } from 'meilisearch'
import { createPace } from '../db/batches.ts'
import type { Concepts } from './concepts.ts'
import { errorCode } from './meilisearch-errors.ts'
import { type EngineTasks, failedTask } from './meilisearch-tasks.ts'
import { type IndexDocument, IndexError } from './search-index.ts'
import { documentTerms, type TermField } from './terms.ts'

/** A trial as the engine keeps it: terms, not texts. */
type EngineDocument = { id: string; kind: 'trial'; hash: string; numbers: string[] } & Record<TermField, string>
/**
 * The two documents that are no trials: how far the index follows the database, and that a rebuild was asked for.
 * They have no terms, so no search finds them, and they change places with the index they speak of.
 */
export interface StateDocument {
  id: typeof POSITION_ID | typeof REBUILD_ID
  kind: 'state'
  position: number | null
}
export type Stored = EngineDocument | StateDocument

export const POSITION_ID = '_position'
export const REBUILD_ID = '_rebuild'

/** An id of Meilisearch: letters, digits, `-`, `_`. */
const ID = /^[\w-]{1,511}$/
const DOCUMENTS_PER_TASK = 500
/** Tasks given at a time: the engine's queue stays short. */
const TASKS_AT_ONCE = 4

/** Whether the engine can hold a document of this id. */
export function isEngineId(id: string): boolean {
  return ID.test(id)
}

/** Everything is in when this resolves, except the ids it returns: the engine does not take those. */
export async function addDocuments(
  { index, tasks, concepts }: { index: Index<Stored>; tasks: EngineTasks; concepts: Concepts },
  documents: IndexDocument[],
): Promise<string[]> {
  const refused = documents.filter(({ id }) => !isEngineId(id)).map(({ id }) => id)
  const unique = [...new Map(documents.map((document) => [document.id, document])).values()]
  const prepared = await engineDocuments(
    unique.filter(({ id }) => isEngineId(id)),
    concepts,
  )
  for (const group of slicesOf(prepared, DOCUMENTS_PER_TASK * TASKS_AT_ONCE)) {
    const given = slicesOf(group, DOCUMENTS_PER_TASK).map(async (slice) => ({ slice, outcome: await give(slice) }))
    for (const { slice, outcome } of await Promise.all(given)) {
      const task = typeof outcome === 'number' ? await tasks.ended(outcome) : outcome
      if (task.status !== 'succeeded') refused.push(...(await addHalves(slice, task)))
    }
  }
  return refused

  /** The number of the task, or what the engine said when it did not take the documents at all. */
  async function give(slice: EngineDocument[]): Promise<number | Refusal> {
    try {
      const { taskUid } = await index.addDocuments(slice, { primaryKey: 'id' })
      tasks.note(taskUid)
      return taskUid
    } catch (error) {
      const code = errorCode(error)
      if (code === 'payload_too_large' || code === 'malformed_payload') return { status: 'failed', code, cause: error }
      throw error
    }
  }

  /** One bad document fails all that share its task: halve until it is alone. */
  async function addHalves(slice: EngineDocument[], task: Task | Refusal): Promise<string[]> {
    if (!isAboutDocuments(task)) throw failure(task)
    if (slice.length === 1) return slice.map(({ id }) => id)
    const refusedHere: string[] = []
    for (const half of slicesOf(slice, Math.ceil(slice.length / 2))) {
      const outcome = await give(half)
      const ending = typeof outcome === 'number' ? await tasks.ended(outcome) : outcome
      if (ending.status !== 'succeeded') refusedHere.push(...(await addHalves(half, ending)))
    }
    return refusedHere
  }
}

interface Refusal {
  status: 'failed'
  code: string
  cause: unknown
}

/** The engine faults the documents, not itself (disk full, broken index). */
function isAboutDocuments(task: Task | Refusal): boolean {
  return 'code' in task || task.error?.type === 'invalid_request'
}

function failure(task: Task | Refusal): IndexError {
  if (!('code' in task)) return failedTask(task)
  return new IndexError(`Meilisearch refuses the documents (${task.code})`, { cause: task.cause })
}

async function engineDocuments(documents: IndexDocument[], concepts: Concepts): Promise<EngineDocument[]> {
  const pace = createPace()
  const prepared: EngineDocument[] = []
  for (const document of documents) {
    const { id, hash, numbers } = document
    prepared.push({ id, kind: 'trial', hash, numbers, ...documentTerms(document, concepts) })
    await pace()
  }
  return prepared
}

function slicesOf<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
