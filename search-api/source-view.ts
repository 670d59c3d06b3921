import type { SourceState } from '../db/sources.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'

/** A registry's state with its attribution, dated. */
export function sourceView(state: SourceState) {
  const { attribution, ...facts } = REGISTRY_FACTS[state.registry]
  const date = processedOn(state)
  return {
    ...state,
    ...facts,
    attribution: {
      fr: attribution.fr.replace('{date}', date ?? 'date inconnue'),
      en: attribution.en.replace('{date}', date ?? 'an unknown day'),
    },
  }
}

/** The day of the registry's data: its own version where that is a date, else the day it was read. */
function processedOn({ lastComplete }: SourceState): string | null {
  if (!lastComplete) return null
  const own = /^\d{4}-\d{2}-\d{2}/.exec(lastComplete.dataVersion ?? '')?.[0]
  return own ?? lastComplete.endedAt.slice(0, 10)
}
