import { setImmediate } from 'node:timers/promises'
import type { CriterionKind } from '../domain/criterion.ts'
import type { Question } from '../domain/question.ts'
import type { Trial } from '../domain/trial.ts'
import { corpusSize, createCorpus, putTrial, removeTrial } from '../ranking/corpus.ts'
import { type AnswerIn, type RankContext, rankIn } from '../ranking/rank.ts'
import type { Told } from '../ranking/result.ts'
import type { Store } from './store.ts'

/** Work done on trials before other requests get their turn. */
const SLICE_MS = 8
/** As many trials are in memory twice while they are taken in. */
const CHANGES_PER_READ = 100
const POLL_MS = 1_000

export interface CatalogueState {
  /** True once every trial of the database has been read at least once. */
  loaded: boolean
  trials: number
  sequence: number
  /** When the change log was last read successfully; null before the first time. Milliseconds since 1970. */
  checkedAt: number | null
}

export interface Catalogue {
  /** The trials that answer a question, in order, each in the form that `form` gives it. */
  rank<Form>(form: (told: Told) => Form, question: Question, context: Omit<RankContext, 'dataVersion'>): AnswerIn<Form>
  state(): CatalogueState
  /** How many trials carry at least one structured criterion of each kind. */
  criteriaCounts(): ReadonlyMap<CriterionKind, number>
  /** Resolves when everything has been read and the change log is followed. */
  start(): Promise<void>
  /** Read the change log now. Concurrent calls share one reading. */
  refresh(): Promise<void>
  close(): void
}

export interface CatalogueOptions {
  store: Store
  /** Milliseconds since 1970. */
  now: () => number
  onError: (error: unknown) => void
  pollMs?: number
}

/**
 * All trials that may still take somebody, in memory, kept current from the change log. The log's position is taken
 * before the trials are streamed and everything after it is read again, so that no change falls between the two.
 */
export function createCatalogue({ store, now, onError, pollMs = POLL_MS }: CatalogueOptions): Catalogue {
  const corpus = createCorpus()
  const kinds = new Map<string, CriterionKind[]>()
  const counts = new Map<CriterionKind, number>()
  let sequence = 0
  let loaded = false
  let checkedAt: number | null = null
  let refreshing: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined
  let stopListening: (() => void) | undefined
  let sliceStart = 0

  function forget(id: string): void {
    const known = kinds.get(id)
    if (!known) return
    for (const kind of known) counts.set(kind, (counts.get(kind) ?? 1) - 1)
    kinds.delete(id)
    removeTrial(corpus, id)
  }

  function hold(trial: Trial): void {
    forget(trial.id)
    const own = [...new Set(trial.criteria.map(({ kind }) => kind))]
    for (const kind of own) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    kinds.set(trial.id, own)
    putTrial(corpus, trial)
  }

  async function holdAll(trials: Trial[]): Promise<void> {
    for (const trial of trials) {
      hold(trial)
      if (performance.now() - sliceStart > SLICE_MS) {
        await setImmediate()
        sliceStart = performance.now()
      }
    }
  }

  async function load(): Promise<void> {
    const from = await store.latestSequence()
    const seen = new Set<string>()
    for await (const trials of store.streamTrials()) {
      sliceStart = performance.now()
      for (const { id } of trials) seen.add(id)
      await holdAll(trials)
    }
    for (const id of [...kinds.keys()]) if (!seen.has(id)) forget(id)
    sequence = from
    loaded = true
  }

  async function follow(): Promise<void> {
    if (!loaded) await load()
    for (;;) {
      const rows = await store.changes({ since: sequence, limit: CHANGES_PER_READ })
      const last = rows.at(-1)
      if (!last) {
        if ((await store.latestSequence()) >= sequence) break
        // A log that went back was restored from a backup or belongs to another database: start over.
        await load()
        continue
      }
      const ids = [...new Set(rows.map(({ trialId }) => trialId))]
      const trials = await store.trialsByIds(ids)
      const present = new Set(trials.map(({ id }) => id))
      sliceStart = performance.now()
      for (const id of ids) if (!present.has(id)) forget(id)
      await holdAll(trials)
      sequence = last.sequence
      if (rows.length < CHANGES_PER_READ) break
    }
    checkedAt = now()
  }

  /** A change that is announced while the log is being read makes it be read once more. */
  function refresh(): Promise<void> {
    again = true
    refreshing ??= (async () => {
      try {
        while (again) {
          again = false
          await follow()
        }
      } finally {
        refreshing = null
      }
    })()
    return refreshing
  }

  const refreshQuietly = () => void refresh().catch(onError)

  return {
    rank: (form, question, context) =>
      rankIn(form, corpus, question, { ...context, dataVersion: `${sequence}.${context.today}` }),
    state: () => ({ loaded, trials: corpusSize(corpus), sequence, checkedAt }),
    criteriaCounts: () => counts,
    refresh,
    async start() {
      stopListening = store.onChange(refreshQuietly)
      timer = setInterval(refreshQuietly, pollMs)
      timer.unref()
      await refresh()
    },
    close() {
      clearInterval(timer)
      stopListening?.()
    },
  }
}
