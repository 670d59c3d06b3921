import type { Language } from '../domain/question.ts'

/** What the text index knows of one trial. It finds; `ranking` orders. */
export interface IndexDocument {
  id: string
  /** Registry numbers, matched exactly, never by approximation. */
  numbers: string[]
  titles: string[]
  acronym: string | null
  conditions: string[]
  keywords: string[]
  interventions: string[]
  sponsor: string | null
  summary: string | null
  eligibility: string | null
  /** Hash of all of the above: what `reindex --check` compares. */
  hash: string
}

export interface TextHit {
  id: string
  /** 0..1, comparable within one answer only. */
  score: number
}

/** The seam of every text index; one contract suite in test/contract runs on each adapter. */
export interface SearchIndex {
  /** Which index this is, among all that may hold the same trials: `minisearch`, `search-1:7700/trials-1f2e3d4c`. */
  readonly name: string
  /** Whether processes share it, so that one of them feeds it; otherwise it lives in this process only. */
  readonly shared: boolean
  /**
   * Trials that hold all words of the text, best first; when no trial does, those that hold at least half of them.
   * Gene names, variants, drug codes and registry numbers are never approximated nor left out.
   * A text without any word (`…`, `de la`) finds nothing.
   * Throws IndexError, also when the index was never filled: nothing found would be a wrong answer then.
   */
  search(text: string, options: { lang: Language; limit: number; signal?: AbortSignal }): Promise<TextHit[]>
  /**
   * Add or replace. Resolves when the documents can be found. Throws IndexError; DocumentsRefused when only some
   * documents were the trouble and all others are in.
   */
  put(documents: IndexDocument[]): Promise<void>
  remove(ids: string[]): Promise<void>
  /** Document id → hash, for comparison with the database. */
  hashes(): Promise<Map<string, string>>
  /**
   * The change sequence up to which this index holds the database. It is kept with the index itself, so that an index
   * that was lost, restored from an older copy or written by another version says so: null asks for a rebuild.
   */
  position(): Promise<number | null>
  /**
   * Call it after the puts and removals it speaks of. Null asks whoever feeds this index for a rebuild: the position
   * stays null until that is done, whatever the feeder was just writing. Throws IndexError.
   */
  setPosition(sequence: number | null): Promise<void>
  /**
   * Build a second index from `documents`, then swap it in with `position`; searches see the old one until then.
   * What is put meanwhile may be lost with the old one: the caller replays the changes after `position`.
   * `refused` lists the documents the engine does not take; all others are in.
   */
  rebuild(
    documents: AsyncIterable<IndexDocument[]>,
    options: { position: number; signal?: AbortSignal },
  ): Promise<{ documents: number; refused: string[] }>
  health(): Promise<{ ok: boolean; documents: number; detail: string | null }>
  close(): Promise<void>
}

/** The index could not do what was asked; `task` names the engine's task where there is one. */
export class IndexError extends Error {
  readonly task: string | null

  constructor(message: string, options?: ErrorOptions & { task?: string }) {
    super(message, options)
    this.name = 'IndexError'
    this.task = options?.task ?? null
  }
}

/** The engine looked at these documents and does not take them; the others of the batch are in. */
export class DocumentsRefused extends IndexError {
  readonly ids: string[]

  constructor(ids: string[], options?: ErrorOptions & { task?: string }) {
    super(`the search engine refuses ${ids.length} documents (${ids.slice(0, 5).join(', ')})`, options)
    this.name = 'DocumentsRefused'
    this.ids = ids
  }
}
