import { excludedCancers } from './cancers/excluded.ts'
import { narrowed } from './cancers/narrowed.ts'
import { withOrigins } from './cancers/origins.ts'
import { registryCancers } from './cancers/registry.ts'
import { criteriaCancers } from './cancers/stated.ts'
import type { Finding } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document } from './sentences.ts'

/**
 * Cancers a person may have to enter (alternatives) and histologies that keep out. Conditions, titles and coded terms
 * say what the trial is about; the diagnosis sentences of the criteria narrow it.
 */
export function readCancers(document: Document, input: CriteriaInput): Finding[] {
  const registry = registryCancers(input)
  const criteria = criteriaCancers(document, [...registry.keys()])
  const required = withOrigins(narrowed(registry, criteria), criteria, document)
  return [
    ...[...required.values()].map(({ finding }) => finding),
    ...excludedCancers(document, input, [...required.keys()]),
  ]
}
