import { createHash } from 'node:crypto'
import type { Trial } from '../domain/trial.ts'
import type { IndexDocument } from './search-index.ts'

/** Raised when the same trial gives another document: every index then differs by its hashes and is filled anew. */
export const DOCUMENT_VERSION = 1

/** What the text index needs of a trial. Pure: the same trial gives the same document and hash. */
export function toIndexDocument(trial: Trial): IndexDocument {
  const content = {
    id: trial.id,
    numbers: unique(trial.identifiers.map(({ value }) => value.toUpperCase())).sort(),
    titles: unique([trial.briefTitle, trial.officialTitle, trial.titles.fr, trial.titles.en]),
    acronym: trial.acronym,
    conditions: unique([...trial.conditions, ...trial.meshTerms.map(({ term }) => term)]),
    keywords: unique([...trial.keywords, ...trial.meshAncestors.map(({ term }) => term)]),
    interventions: unique(trial.interventions.flatMap(({ name, otherNames }) => [name, ...otherNames])),
    sponsor: trial.sponsor?.name ?? null,
    summary: trial.briefSummary,
    eligibility: unique([trial.eligibilityCriteria, trial.eligibilityCriteriaFr]).join('\n') || null,
  }
  return { ...content, hash: hashOf(content) }
}

function hashOf(content: Omit<IndexDocument, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([DOCUMENT_VERSION, content]))
    .digest('base64url')
    .slice(0, 22)
}

function unique(texts: (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null && text.trim() !== ''))] as string[]
}
