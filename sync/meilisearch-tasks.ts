import type { EnqueuedTask, Meilisearch, Task } from 'meilisearch'
import { errorCode } from './meilisearch-errors.ts'
import { IndexError } from './search-index.ts'

const POLL_MS = 20

/** What the engine was given to do and has not yet been seen to finish. */
export interface EngineTasks {
  /** Remember a task that is awaited later. */
  note(uid: number): void
  /** Resolves at its end, however it ended: look at `status`. */
  ended(uid: number): Promise<Task>
  /** Resolves when it succeeded. Throws IndexError with its number when it did not. */
  done(enqueued: Promise<EnqueuedTask>): Promise<void>
  /** Resolves when nothing is left over from earlier calls: more tasks would only make the queue longer. */
  settled(): Promise<void>
}

/** @param timeoutMs after this a task that is still worked on counts as trouble. */
export function createTasks(client: Meilisearch, timeoutMs: number): EngineTasks {
  const unfinished = new Set<number>()

  /** `waitForTask` returns failed tasks too. */
  async function ended(uid: number): Promise<Task> {
    unfinished.add(uid)
    const task = await client.tasks.waitForTask(uid, { timeout: timeoutMs, interval: POLL_MS })
    unfinished.delete(uid)
    return task
  }

  return {
    note: (uid) => void unfinished.add(uid),
    ended,
    async done(enqueued) {
      const task = await ended((await enqueued).taskUid)
      if (task.status !== 'succeeded') throw failedTask(task)
    },
    async settled() {
      for (const uid of unfinished) {
        try {
          await ended(uid)
        } catch (error) {
          // An engine that was emptied does not know the tasks of its former life.
          if (errorCode(error) !== 'task_not_found') throw error
          unfinished.delete(uid)
        }
      }
    },
  }
}

/** What a task that did not succeed is to the caller. */
export function failedTask(task: Task): IndexError {
  const said = task.error ? `${task.error.code}: ${task.error.message}` : task.status
  return new IndexError(`task ${task.uid} of Meilisearch (${task.type}) did not succeed: ${said}`, {
    task: String(task.uid),
    cause: task.error,
  })
}
