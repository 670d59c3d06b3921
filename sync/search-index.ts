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
  /** All trials that match, best first. Gene names, variants and registry numbers are never approximated. */
  search(text: string, options: { lang: Language; limit: number; signal?: AbortSignal }): Promise<TextHit[]>
  /** Add or replace. Resolves when the documents can be found. Throws IndexError. */
  put(documents: IndexDocument[]): Promise<void>
  remove(ids: string[]): Promise<void>
  /** Document id → hash, for comparison with the database. */
  hashes(): Promise<Map<string, string>>
  /** Build a second index from `documents`, then swap it in; searches see the old one until then. */
  rebuild(documents: AsyncIterable<IndexDocument[]>): Promise<{ documents: number }>
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
