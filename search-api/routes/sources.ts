import { Type } from 'typebox'
import { Registry } from '../../domain/registry.ts'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'
import { sourceView } from '../source-view.ts'

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
    pausedUntil: nullable(Type.String({ format: 'date-time', description: 'end of a maintenance of the registry' })),
  },
  { ...strict, title: 'Source' },
)

/** `GET /v1/sources`: where the data comes from, how fresh it is, and the attribution that goes with it. */
export function sourceRoutes(app: App, { store }: Deps): void {
  app.get(
    '/v1/sources',
    {
      schema: {
        tags: ['reading'],
        summary: 'Per registry: last complete run, date of its data, counts, attribution and licence',
        response: { 200: Type.Object({ sources: Type.Array(SourceView) }, strict), ...problems(429, 503) },
      },
    },
    async () => ({ sources: (await store.sources()).map(sourceView) }),
  )
}
