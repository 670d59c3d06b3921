import { Type } from 'typebox'
import { REGISTRY_FACTS, Registry } from '../../domain/registry.ts'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'
import type { SourceState } from '../store.ts'

const strict = { additionalProperties: false } as const
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const BothLanguages = Type.Object({ fr: Type.String(), en: Type.String() }, strict)

const SourceView = Type.Object(
  {
    registry: Registry,
    name: Type.String(),
    publisher: Type.String(),
    attribution: BothLanguages,
    licenceUrl: Type.String(),
    records: Type.Integer({ description: 'records held' }),
    lastComplete: nullable(
      Type.Object(
        {
          endedAt: Instant,
          dataVersion: nullable(Type.String({ description: 'the version or date the registry gives its data' })),
          fetched: Type.Integer(),
          quarantined: Type.Integer({ description: 'records that could not be used' }),
        },
        strict,
      ),
    ),
    running: nullable(
      Type.Object({ startedAt: Instant, fetched: Type.Integer(), announced: nullable(Type.Integer()) }, strict),
    ),
  },
  strict,
)

/** `GET /v1/sources`: where the data comes from, how fresh it is, and the attribution that goes with it. */
export function sourceRoutes(app: App, { store }: Deps): void {
  app.get(
    '/v1/sources',
    {
      schema: {
        tags: ['reading'],
        summary: 'Per registry: last complete run, date of its data, counts, attribution and licence',
        response: { 200: Type.Object({ sources: Type.Array(SourceView) }, strict), ...problems(405, 429, 503) },
      },
    },
    async () => ({ sources: (await store.sources()).map(sourceView) }),
  )
}

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
